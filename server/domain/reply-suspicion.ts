import { limits } from '../../shared/limits.ts';
import type { Suspicion } from '../../shared/reply.ts';

export interface Suspected {
  name: string;
  text: string;
  /** What stood in the field that people don’t see; null: it was not there. */
  hidden: string | null;
  /** From the making of the form to its coming; null: unknown. */
  elapsedMs: number | null;
}

/** Nobody reads a page, writes a sentence and his address, and sends it, within so long. */
const leastMs = 3_000;
const someLinks = 2;

/** Some of what is sold this way, in the languages that most of it is written in; whole words. */
const selling =
  /(?<!\p{L})(casino|viagra|cialis|porn\w*|onlyfans|forex|bitcoin|crypto ?currency|crypto investment|payday loans?|backlinks?|seo services?|followers? (?:cheap|buy)|buy followers|dating site|escorts?|whatsapp ?\+?\d|telegram ?@|earn \$?\d+|work from home|казино|виагра|ставки на спорт|заработок в интернете|کازینو|كازينو|казіно|kumarhane|bahis sitesi)(?!\p{L})/iu;

/** Links as in HTML, forums and Markdown, and tags that no sentence has. */
const markup = /<a\s[^>]*href|<(?:script|img|svg|iframe|style|form)\b|\[(?:url|link)[=\]]|\[[^\]]*\]\(https?:/i;

/** Overrides show other words than are there; isolated from the rest of the page as a reply is, they fool its reader alone. */
const turned = /[\u202d\u202e]/;

/** As a reader sees a word: invisible characters, and letters that only look different, hide it from nobody else. */
const seen = (text: string): string => text.normalize('NFKC').replace(/\p{Cf}/gu, '');

/** What looks like spam in a text and in how it was sent. It decides nothing but where editors find it first. */
export function suspicionsOf({ name, text, hidden, elapsedMs }: Suspected): Suspicion[] {
  const all = `${name}\n${text}`;
  const found: Record<Exclude<Suspicion, 'banned'>, boolean> = {
    links: linksIn(all) > someLinks || linksIn(name) > 0,
    markup: markup.test(all),
    'hidden-field': hidden !== null && hidden !== '',
    'too-fast': elapsedMs !== null && elapsedMs < leastMs,
    shouting: isShouting(text),
    repetition: /([^\s.…\-_=*])\1{9}|(\S{2,})(?:\s+\2){5}/iu.test(text),
    selling: selling.test(seen(all)),
    direction: turned.test(all),
  };
  return (Object.keys(found) as (keyof typeof found)[]).filter((suspicion) => found[suspicion]);
}

/** What no person sends: it is put with the spam without anybody’s looking at it. */
export function isSpam(suspected: Suspected, found: readonly Suspicion[]): boolean {
  return (
    found.includes('hidden-field') ||
    found.includes('banned') ||
    linksIn(suspected.text) > limits.replyLinks ||
    (found.includes('selling') && found.includes('links'))
  );
}

const linksIn = (text: string): number =>
  text.match(
    /(?:https?:\/\/|www\.)\S+|(?<![@\w])[a-z0-9-]+\.(?:com|net|org|info|biz|ru|cn|top|xyz|shop|site|online|club)\b(?!\.)/gi,
  )?.length ?? 0;

/** Only of scripts that have capitals, and of more than a word or two. */
function isShouting(text: string): boolean {
  const letters = text.match(/[\p{Lu}\p{Ll}]/gu) ?? [];
  return letters.length > 30 && letters.filter((letter) => /\p{Lu}/u.test(letter)).length > letters.length * 0.7;
}
