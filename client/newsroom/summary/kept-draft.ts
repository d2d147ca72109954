import type { Draft } from './draft.ts';

/** Unpublished work as this browser keeps it: on which revision it is based, and since when. */
export interface KeptDraft {
  base: number;
  draft: Draft;
  at: string;
}

const nameOf = (slug: string, day: number): string => `daymark:summary:${slug}:${day}`;

/** What was left unpublished here, or null. What can’t be read any more is none. */
export function keptDraft(slug: string, day: number): KeptDraft | null {
  const text = localStorage.getItem(nameOf(slug, day));
  if (text === null) return null;
  try {
    const kept = JSON.parse(text) as KeptDraft;
    return Array.isArray(kept.draft) && kept.draft.length > 0 ? kept : null;
  } catch (error) {
    console.error(error);
    return null;
  }
}

/** False: the browser refuses to keep it (full, or private), so the page has to say so. */
export function keepDraft(slug: string, day: number, kept: KeptDraft): boolean {
  try {
    localStorage.setItem(nameOf(slug, day), JSON.stringify(kept));
    return true;
  } catch (error) {
    console.error(error);
    return false;
  }
}

export const dropDraft = (slug: string, day: number): void => localStorage.removeItem(nameOf(slug, day));
