import type { EmbedReleasesStore } from '../../store/embed-releases-store.ts';
import type { Loader } from './embed-assets.ts';

/** What a page has pinned must answer for as long as the page stands, whichever release runs: each keeps what it brings. */
export const keepRelease = (
  releases: Pick<EmbedReleasesStore, 'keep'>,
  { version, text, files }: Loader,
): Promise<void> => releases.keep(new Map([...files, [`${version}.js`, text]]));
