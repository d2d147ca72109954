import { papers } from '../colour.ts';
import { languages } from '../i18n/catalogue.ts';
import { directionOf } from '../i18n/direction.ts';
import type { Messages } from '../i18n/messages.ts';
import { type Html, html, trustedHtml } from './html.ts';
import type { Masthead } from './masthead.ts';

/** Styles that some kinds of pages need beside the common one: each page carries its own and no other’s. */
export const sheetNames = ['lists', 'article', 'forms', 'map'] as const;
export type SheetName = (typeof sheetNames)[number];

/**
 * Built once per server: what every document refers to. `css` and `sheets` go into the document, so that nothing blocks its
 * first paint.
 */
export interface Assets {
  css: string;
  sheets: Readonly<Record<SheetName, string>>;
  script: string;
  /** Script of the page on which readers ask for notifications. */
  notifications: string;
  icon: string;
}

export interface Alternate {
  type: string;
  title: string;
  href: string;
}

/** The size that those who show such pictures ask for; px. */
export const cardSize = { width: 1200, height: 630 } as const;

/** The picture that other sites show beside a link to the page; `href` is absolute. */
export interface ShareCard {
  href: string;
  alt: string;
}

export interface Document {
  language: string;
  title: string;
  description: string;
  /** Absolute. Null where the address is nothing to find again (errors). */
  canonical: string | null;
  /** The same as JSON. */
  json?: string;
  /** The same as bare text. */
  lite?: string;
  /** The same in other forms: feeds, oEmbed. Addresses are absolute. */
  alternates?: readonly Alternate[];
  /** When what the page shows was last changed; RFC 3339. */
  modified?: string | null;
  /** What the page says to programs: JSON-LD. A block of data, not a script. */
  structured?: object;
  card?: ShareCard | null;
  kind: 'article' | 'website';
  /** `data-…` of the root element. */
  root: Readonly<Record<string, string | number | null>>;
  /** Whether the page follows the log: then `root` says what and from where. */
  live: boolean;
  /** A script of its own, for a page that is not live. */
  script?: 'notifications';
  sheets?: readonly SheetName[];
  /** Address of what makes it an app on a device. */
  app?: string;
  /** The name above the page, and a style of its own; absent: Daymark’s. */
  masthead?: Masthead;
  messages: Messages;
  /** The reader may have the page’s words in another language; `asked`: the beginning of a query that asks for this one. */
  languages?: { asked: string };
  /** Ways to the other parts of the timeline. */
  parts?: Html;
  main: Html;
  /** What stands below `main`, and stays when the open page puts a new `main` in its place. */
  aside?: Html;
  foot?: Html | null;
}

/** The shell around every page. No inline script, no third party; the style is inline and named in the policy by its hash. */
export function documentShell(page: Document, assets: Assets): string {
  const { messages, live, root } = page;
  return html`<!doctype html>
    <html lang="${page.language}" dir="${directionOf(page.language)}"${dataAttributes(root)}>
    ${head(page, assets)}
    <body>
      ${live && html`<a class="skip" href="#updates">${messages.skipToUpdates}</a>`}
      <header class="site">
        <a href="/">${nameOrLogo(page.masthead)}</a>
        ${live && html`<p class="connection" data-connection="catching-up"></p>`}
      </header>
      ${page.parts}
      ${page.main}
      ${page.aside}
      <footer class="site">
        ${page.foot}
        ${page.languages && languageLinks(page, page.languages.asked)}
        <p>${messages.noCookies}${page.json && html` · <a href="${page.json}">${messages.data}</a>`}${page.lite && html` · <a href="${page.lite}">${messages.textOnly}</a>`}</p>
        ${live && html`<noscript><p>${messages.noScript}</p></noscript>`}
      </footer>
      ${live && notices}
    </body>
    </html>`.text;
}

export const siteName = 'Daymark';

/** A logo takes the place of the name, as high as a line or two: the smallest of its sizes is enough. */
function nameOrLogo(masthead: Masthead | undefined): Html | string {
  const { siteName: own = null, logo = null } = masthead ?? {};
  const variant = logo?.variants[0];
  if (!logo || !variant) return own ?? siteName;
  const image = html`<img class="logo" src="${variant.url}" alt="${logo.alt}" width="${logo.width}" height="${logo.height}">`;
  const { dark } = logo;
  const source = dark?.variants[0];
  if (!dark || !source) return image;
  return html`<picture><source media="(prefers-color-scheme: dark)" srcset="${source.url}" width="${dark.width}" height="${dark.height}">${image}</picture>`;
}

let ownNames: (readonly [tag: string, name: string])[] | undefined;

/** Every language by its own name: whoever looks for his can read it. Node reads a table for each: not at every start. */
function inOwnNames(): (readonly [tag: string, name: string])[] {
  ownNames ??= languages.map((tag) => [tag, new Intl.DisplayNames(tag, { type: 'language' }).of(tag) ?? tag]);
  return ownNames;
}

function languageLinks({ language, messages }: Document, asked: string): Html {
  const present = new Intl.Locale(language).language;
  return html`
    <nav class="languages" aria-label="${messages.languages}">${inOwnNames().map(
      ([tag, name]) =>
        html`<a href="?${asked}lang=${tag}" lang="${tag}" hreflang="${tag}"${tag === present && html` aria-current="true"`}>${name}</a> `,
    )}</nav>`;
}

/** Regions that speak when their content changes have to be there, empty, from the start. */
const notices = html`
  <div class="notices"><div data-new-updates role="status"></div><div data-elsewhere role="status"></div><div data-missed role="status"></div></div>
  <p class="unseen" data-announcement role="status"></p>`;

function head(page: Document, assets: Assets): Html {
  const { css, sheets, icon } = assets;
  const script = page.live ? assets.script : page.script && assets[page.script];
  return html`
    <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>${page.title}</title>
      <meta name="description" content="${page.description}">
      ${page.canonical ? html`<link rel="canonical" href="${page.canonical}">` : html`<meta name="robots" content="noindex">`}
      ${page.json && html`<link rel="alternate" type="application/json" href="${page.json}">`}
      ${page.alternates?.map(({ type, title, href }) => html`<link rel="alternate" type="${type}" title="${title}" href="${href}">`)}
      <meta property="og:type" content="${page.kind}">
      <meta property="og:site_name" content="${page.masthead?.siteName ?? siteName}">
      <meta property="og:title" content="${page.title}">
      <meta property="og:description" content="${page.description}">
      ${page.canonical && html`<meta property="og:url" content="${page.canonical}">`}
      ${page.modified && html`<meta property="article:modified_time" content="${page.modified}">`}
      ${page.card && cardTags(page.card)}
      <meta name="twitter:card" content="${page.card ? 'summary_large_image' : 'summary'}">
      <link rel="icon" href="${icon}">
      ${page.app && html`<link rel="manifest" href="${page.app}">`}
      ${themeColours}
      <style>${trustedHtml(css)}</style>
      ${page.sheets?.map((name) => html`<style>${trustedHtml(sheets[name])}</style>`)}
      ${page.masthead?.style && html`<style>${trustedHtml(page.masthead.style)}</style>`}
      ${script && html`<script type="module" src="${script}"></script>`}
      ${page.structured && html`<script type="application/ld+json">${jsonText(page.structured)}</script>`}
    </head>`;
}

/** The bars of the browser around the page have the colour of its paper. */
const themeColours = (['light', 'dark'] as const).map(
  (scheme) => html`<meta name="theme-color" media="(prefers-color-scheme:${scheme})" content="${papers[scheme][0]}">`,
);

const cardTags = ({ href, alt }: ShareCard): Html => html`
  <meta property="og:image" content="${href}">
  <meta property="og:image:type" content="image/png">
  <meta property="og:image:width" content="${cardSize.width}">
  <meta property="og:image:height" content="${cardSize.height}">
  <meta property="og:image:alt" content="${alt}">`;

/** JSON that can’t end the element it stands in, nor a line of a script that it is copied into. */
const jsonText = (value: object): Html =>
  trustedHtml(
    JSON.stringify(value).replace(
      /[<\u2028\u2029]/g,
      (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    ),
  );

function dataAttributes(values: Readonly<Record<string, string | number | null>>): Html[] {
  return Object.entries(values).flatMap(([name, value]) => (value === null ? [] : [html` data-${name}="${value}"`]));
}
