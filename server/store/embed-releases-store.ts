/**
 * What pinned embeds load, of every release that ever ran here: `/embed/{version}.js` and the files that it names. Each name has the
 * hash of its text, so a name never means two texts, and nothing is ever written anew.
 */
export interface EmbedReleasesStore {
  /** In the order given: where the last is there, all are. */
  keep(files: ReadonlyMap<string, string>): Promise<void>;
  read(name: string): Promise<string | null>;
}
