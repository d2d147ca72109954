/**
 * Tells the page around this frame how high the content is, and tells it to nobody else: the message names that page’s
 * origin. Where no browser says who that is, nothing is told and the frame scrolls.
 */
export function tellHeight(): void {
  const host = hostOrigin();
  if (parent === window || host === null) return;
  // WordPress shows the frames of sites it does not know in its own way: it gives them a secret and waits for it.
  const secret = /^#\?secret=([a-zA-Z0-9]{1,64})$/.exec(location.hash)?.[1];
  let told = 0;
  const tell = (): void => {
    const height = document.documentElement.offsetHeight;
    if (height === told) return;
    told = height;
    parent.postMessage({ daymarkHeight: height, ...(secret && { message: 'height', value: height, secret }) }, host);
  };
  // At once: a frame that is out of sight is not laid out by itself, and would tell too late, when the reader is there.
  tell();
  new ResizeObserver(tell).observe(document.documentElement);
  // The script of the page around may come later than this one, and asks.
  addEventListener('message', ({ source, data }) => {
    if (source !== parent || data?.daymarkAsksHeight !== true) return;
    told = 0;
    tell();
  });
}

function hostOrigin(): string | null {
  const ancestors = (location as unknown as { ancestorOrigins?: DOMStringList }).ancestorOrigins;
  const named = ancestors?.[0] ?? (URL.canParse(document.referrer) ? new URL(document.referrer).origin : 'null');
  return named === 'null' ? null : named;
}
