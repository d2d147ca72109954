import { escapeHtml } from '../../shared/view/html.ts';
import { fileFor, relativeTo } from './site-paths.ts';

export interface Archived {
  slug: string;
  /** The file that the page becomes. */
  file: string;
  /** Where the archive will be found; null: nobody said, and absolute addresses are left out. */
  publicUrl: string | null;
  /** That it is a copy, in the page’s language. */
  note: string;
  /** Told of every file that the page refers to. */
  refersTo: (address: string) => void;
}

/** Begins addresses while pages are made; nobody’s, so that each is found again and replaced. */
export const placeholderOrigin = 'https://archive.invalid';

/** What only a page that follows the log, or a server, has a use for. */
const alive = [
  /<link rel="manifest"[^>]*>/g,
  /<a href="\/[^"/]+\/notifications[^"]*">[^<]*<\/a>/g,
  /<script type="module"[^>]*><\/script>/g,
  / · <a href="[^"]*\?lite[^"]*">[^<]*<\/a>/g,
  /<form class="[\s\S]*?<\/form>/g,
  // Replies, reports of errors, what is read most.
  /<aside class="part"[\s\S]*?<\/aside>/g,
  /<a href="\/[^"]*\/popular"[^>]*>[^<]*<\/a> ?/g,
  /<nav class="languages"[\s\S]*?<\/nav>/g,
  /<p class="connection"[^>]*><\/p>/g,
  /<div class="notices">.*?<\/div><\/div>/g,
  /<p class="unseen" data-announcement[^>]*><\/p>/g,
  /<noscript>(?![\s\S]*id="archive)[\s\S]*?<\/noscript>(?=<\/footer>)/g,
];

/**
 * A page of the server as a page of the archive: nothing in it is live, and every address in it leads to a file of the archive, from
 * wherever that is opened, or out of it, or nowhere. The page is our own, so tags are where `<` is: texts have it escaped.
 */
export function archivedPage(html: string, page: Archived): string {
  const still = alive.reduce((text, part) => text.replace(part, ''), html);
  const { slug, publicUrl } = page;
  return still
    .replace(/<script type="application\/ld\+json">[\s\S]*?<\/script>/g, (data) =>
      publicUrl === null ? '' : archivedFeed(data, slug, publicUrl),
    )
    .replace(/<html([^>]*)>/, (_, attributes: string) => `<html${attributes.replace(/ data-[\w-]+="[^"]*"/g, '')}>`)
    .replace(/<(?!style|script|html)[a-z][^>]*>/g, (tag) => archivedTag(tag, page))
    .replace('<footer class="site">', `<footer class="site"><p>${escapeHtml(page.note)}</p>`);
}

function archivedTag(tag: string, page: Archived): string {
  if (/^<meta property="og:url"/.test(tag)) return page.publicUrl === null ? '' : absolute(tag, page);
  if (/^<link rel="(?:canonical|alternate)"/.test(tag)) return headLink(tag, page);
  return tag.replace(/ (href|src|srcset)="([^"]*)"/g, (whole, name: string, value: string) => {
    if (name === 'srcset')
      return ` srcset="${value
        .split(/,\s*/)
        .map((part) => here(part, page) ?? part)
        .join(', ')}"`;
    if (!value.startsWith('/') && !value.startsWith(placeholderOrigin)) return whole;
    const found = here(value, page);
    return found === null ? '' : ` ${name}="${found}"`;
  });
}

/** The address as the page’s file sees it; null where the archive has no such file. */
function here(value: string, page: Archived): string | null {
  const [address = '', hash] = value.replace(placeholderOrigin, '').replaceAll('&amp;', '&').split('#');
  const [path = '', width] = address.split(' ');
  const file = fileFor(path, page.slug);
  if (file === null) return null;
  page.refersTo(path);
  return `${relativeTo(page.file, file)}${hash === undefined ? '' : `#${hash}`}${width ? ` ${width}` : ''}`;
}

/** Canonical addresses and feeds are absolute: without an address of the archive only what lies beside the page can be named. */
function headLink(tag: string, page: Archived): string {
  const isJson = tag.includes('type="application/json"');
  const address = /href="([^"]*)"/.exec(tag)?.[1]?.replace(placeholderOrigin, '').replaceAll('&amp;', '&') ?? '';
  if (isJson || page.publicUrl === null || fileFor(address, page.slug) === null) return '';
  return absolute(tag, page);
}

function absolute(tag: string, page: Archived): string {
  return tag.replace(/(href|content)="([^"]*)"/, (_, name: string, value: string) => {
    const address = value.replace(placeholderOrigin, '').replaceAll('&amp;', '&');
    const file = fileFor(address, page.slug);
    if (file) page.refersTo(address);
    return `${name}="${escapeHtml(`${page.publicUrl}/${file ?? ''}`)}"`;
  });
}

/** A feed, or data for programs, with every address in it one of the archive. */
export const archivedFeed = (text: string, slug: string, publicUrl: string): string =>
  text.replace(/https:\/\/archive\.invalid([^\s"'<>\\#]*)/g, (_, address: string) => {
    const file = fileFor(address.replaceAll('&amp;', '&'), slug);
    return `${publicUrl}/${file ?? ''}`;
  });
