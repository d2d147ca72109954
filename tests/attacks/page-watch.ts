import type { BrowserContextOptions, Page } from 'playwright-core';
import type { Stage } from '../e2e/support.ts';

/** What must never come of a text that somebody wrote. */
export interface Watched {
  page: Page;
  /** Executions, refusals of the page’s policy, foreign requests, other windows: with the address that it happened at. */
  findings: string[];
  /** Goes there and looks at everything that stands there. */
  visit(path: string): Promise<void>;
  /** Looks at everything that stands in the open page. */
  inspect(): Promise<void>;
}

/** Every way in which the payloads say that they run, and what the policy has had to stop. Stands before any script. */
function hooks(): void {
  const told: string[] = [];
  const tell = (what: string) => (): undefined => void told.push(what);
  Object.assign(window, {
    told,
    alert: tell('alert'),
    confirm: tell('confirm'),
    prompt: tell('prompt'),
    print: tell('print'),
    open: tell('window.open'),
    canary: tell('canary'),
  });
  document.write = tell('document.write');
  document.writeln = tell('document.writeln');
  addEventListener('securitypolicyviolation', (event) => {
    told.push(`policy: ${event.effectiveDirective} ${event.blockedURI} ${event.sample}`);
  });
}

/** What stands in a document and must not: elements, attributes and addresses that do more than show a text. */
function dangers(root: ParentNode): string[] {
  const known = new Set(
    'html head meta link title style script body header main footer nav section article aside ol ul li a p h1 h2 h3 h4 time b i strong em u s del ins sub sup code pre abbr span bdi br hr blockquote table thead tbody tr th td div button small dl dt dd details summary search input label form svg path use circle rect g text noscript figure figcaption picture source img select option textarea'.split(
      ' ',
    ),
  );
  const found: string[] = [];
  for (const element of root.querySelectorAll('*')) {
    const name = element.localName;
    const written = element.closest('.body') !== null && !element.matches('.body');
    if (!known.has(name)) found.push(`element <${name}>`);
    if (written && /^(script|style|link|meta|button|form|input|svg|section|article|nav|div|noscript)$/.test(name))
      found.push(`element <${name}> in a body`);
    for (const { name: attribute, value } of element.attributes) {
      const leads = /^(href|src|action|formaction|data|xlink:href|poster|background|cite|ping|srcset)$/.test(attribute);
      if (/^on|^style$|^srcdoc$/.test(attribute) && name !== 'html') found.push(`attribute ${attribute} of <${name}>`);
      const leadsTo = URL.canParse(value, location.href) ? new URL(value, location.href).protocol : 'nowhere:';
      if (leads && !/^(https?|mailto|nowhere):$/.test(leadsTo)) found.push(`${attribute}=${value}`);
      if (written && !/^(lang|dir|href|title|scope|rel)$/.test(attribute))
        found.push(`attribute ${attribute} of <${name}> in a body`);
    }
    if (name === 'script' && !isOurs(element)) found.push('a script that is not ours');
  }
  return found;

  /** A file of ours, or a block of data that is nothing but JSON. */
  function isOurs(script: Element): boolean {
    if (script.getAttribute('type') !== 'application/ld+json')
      return /^\/assets\//.test(script.getAttribute('src') ?? '');
    return !script.hasAttribute('src') && typeof JSON.parse(script.textContent ?? '') === 'object';
  }
}

/** Opens a browser of its own that watches what happens. */
export async function watch({ open, site, complaints }: Stage, options: BrowserContextOptions = {}): Promise<Watched> {
  const page = await open('/healthz', options);
  const findings: string[] = [];
  const at = (what: string) => findings.push(`${page.url().slice(0, 200)}: ${what}`);
  await page.addInitScript(hooks);
  page.on('dialog', (dialog) => {
    at(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('popup', () => at('another window'));
  page.on('download', () => at('a download'));
  const inspect = async (): Promise<void> => {
    const told = await page.evaluate(
      `(() => { const dangers = ${dangers}; return [...(window.told ?? []).splice(0), ...dangers(document)]; })()`,
    );
    for (const what of new Set(told as string[])) at(what);
    for (const complaint of complaints.splice(0)) if (!isExpected(complaint)) at(complaint);
    if (!page.url().startsWith(site.url)) at('it was led away');
  };
  const visit = async (path: string): Promise<void> => {
    await page.goto(site.url + path);
    await inspect();
  };
  complaints.length = 0;
  return { page, findings, visit, inspect };
}

/** A page that is not there says so in the console. */
const isExpected = (complaint: string): boolean => /^Failed to load resource: .*\b(404|410|422)\b/.test(complaint);

/** `dangers` of documents that are fetched and not shown: hundreds of pages with a payload each in a moment. */
export async function inspectFetched({ page, findings }: Watched, paths: readonly string[]): Promise<void> {
  const ours = paths.filter((path) => new URL(path, page.url()).origin === new URL(page.url()).origin);
  const found = (await page.evaluate(`(async () => {
    const dangers = ${dangers};
    const found = [];
    const paths = ${JSON.stringify(ours)};
    const look = async (path) => {
      const answer = await fetch(path, { headers: { Accept: 'text/html' } }).catch((error) => error);
      if (answer instanceof Error) {
        found.push(path + ': ' + answer);
        return;
      }
      const type = answer.headers.get('content-type') ?? '';
      if (answer.headers.get('x-content-type-options') !== 'nosniff') found.push(path + ': may be sniffed');
      const text = await answer.text();
      if (!type.startsWith('text/html')) return;
      const shown = new DOMParser().parseFromString(text, 'text/html');
      found.push(...dangers(shown).map((what) => path + ': ' + what));
    };
    while (paths.length > 0) await Promise.all(paths.splice(0, 6).map(look));
    return found;
  })()`)) as string[];
  findings.push(...found);
}
