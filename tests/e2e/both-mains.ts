import type { Page } from 'playwright-core';

/** The page’s main part as the browser holds it, and as the server would write it now; what is no content left out. */
export const bothMains = (page: Page): Promise<{ open: string; served: string }> =>
  page.evaluate(async () => {
    const textOf = (main: Element | null): string => {
      const copy = main?.cloneNode(true) as Element;
      for (const nav of copy.querySelectorAll('nav')) nav.remove();
      // What a reader can do about times, and how long ago something changed, is told by the open page alone.
      for (const times of copy.querySelectorAll('.times')) times.remove();
      for (const fresh of copy.querySelectorAll('.fresh')) {
        fresh.classList.remove('fresh');
        if (fresh.classList.length === 0) fresh.removeAttribute('class');
      }
      return copy.outerHTML.replace(/<(article|section|li)/g, '\n<$1');
    };
    const served = await (await fetch(location.href, { cache: 'no-cache' })).text();
    const parsed = new DOMParser().parseFromString(served, 'text/html');
    return { open: textOf(document.querySelector('main')), served: textOf(parsed.querySelector('main')) };
  });
