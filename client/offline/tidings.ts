import type { Touched } from '../../shared/touched.ts';

/** What an open page tells the worker that keeps copies. `thrifty`: its reader wants little fetched. */
export type Tiding =
  | {
      kind: 'open';
      /** Of the page, which is worth a copy as it is at `position`, with what it loaded. */
      address: string;
      position: string;
      language: string;
      assets: string[];
    }
  | { kind: 'live'; timeline: string; thrifty: boolean }
  | { kind: 'touched'; timeline: string; touched: Touched[]; thrifty: boolean };
