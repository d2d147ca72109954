import { find } from './dom.ts';

/** Brings the button that shares the page’s address to life: with what the device has for it, else by copying the address. */
export function offerShare(): void {
  const button = find('[data-share]');
  if (!button || !('share' in navigator || 'clipboard' in navigator)) return;
  button.classList.add('alive');
  button.addEventListener('click', () => void share(button).catch(console.warn));
}

async function share(button: HTMLElement): Promise<void> {
  const url = document.querySelector<HTMLLinkElement>('link[rel=canonical]')?.href ?? location.href;
  if ('share' in navigator) {
    await navigator.share({ url, title: document.title }).catch((error: unknown) => {
      if (!(error instanceof DOMException && error.name === 'AbortError')) throw error;
    });
    return;
  }
  await (navigator as Navigator).clipboard.writeText(url);
  button.textContent = button.dataset['share'] ?? '';
}
