import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Request, RequestHandler } from 'express';
import { LRUCache } from 'lru-cache';
import type { Result } from '../../shared/result.ts';
import type { Opened } from '../readers/reader-counts.ts';
import { StoreUnavailable } from '../store/store.ts';
import type { Prepared, Source } from './prepared.ts';
import type { Refuse } from './problems.ts';
import type { Params, Query } from './queries.ts';
import type { Limiter } from './rate-limits.ts';
import type { Content } from './representation.ts';
import type { RouteTally, Tallies } from './tallies.ts';
import type { Versions } from './versions.ts';

/** One public address: what its answer depends on, which parameters it knows, and how the answer is made. */
export interface Read {
  /** Changes of the timeline in the path, of any timeline, or nothing but a new release make another version. */
  follows: 'timeline' | 'timelines' | 'release';
  /** What else makes another version of it. Read often: cheap, and never a question to the store. */
  alsoFollows?: (params: Params) => string;
  /** It is an update’s own page: who gets it is counted as a reader. */
  isUpdatePage?: boolean;
  /** It is shown by other sites: which do is counted. */
  isEmbed?: boolean;
  /** Query parameters in the order in which a key has them. Others are passed over: trackers, cache busters. */
  query?: readonly string[];
  /** Who asks to save data (`Save-Data: on`) gets another answer: `build` finds `saving` in its query. */
  heedsSaving?: boolean;
  /** It says absolute addresses: asked for at another origin, it is another answer. */
  isAbsolute?: boolean;
  /** `origin`: where the asker reached us, as `https://live.example.org`. */
  build(params: Params, query: Query, origin: string): Promise<Result<Content>>;
}

export interface FrontParts {
  prepared: Prepared;
  versions: Versions;
  live: { readonly connected: boolean };
  reads: Limiter;
  refuse: Refuse;
  addressOf: (req: IncomingMessage) => string;
  originOf: (req: IncomingMessage) => string;
  tallies: Tallies;
  /** Somebody has opened an update’s page. */
  onOpened: (opened: Opened, req: IncomingMessage) => void;
  /** A site may have shown an embed of a timeline. */
  onEmbedded: (slug: string, req: IncomingMessage) => void;
}

interface Ready {
  /** The update whose own page it is. */
  opened: Opened | null;
  /** The timeline of which it is an embed. */
  embeds: string | null;
  source: Source;
  /** The origin that it was made for; null: it is the same at all of them. */
  origin: string | null;
  tally: RouteTally;
}

/** Spellings of addresses whose answer is known to be ready; each costs some hundred bytes. */
const mostAddresses = 20_000;
const longestAddress = 500;

/**
 * The public reads. An address that was answered before is answered again from memory without waking express (`tryReady`);
 * what is not ready goes through express to `handler`, which makes it.
 */
export class Front {
  readonly #parts: FrontParts;
  readonly #ready = new LRUCache<string, Ready>({ max: mostAddresses });

  constructor(parts: FrontParts) {
    this.#parts = parts;
  }

  /** True: answered. A request with credentials is never answered from here. */
  tryReady(req: IncomingMessage, res: ServerResponse): boolean {
    if (req.method !== 'GET' && req.method !== 'HEAD') return false;
    const { live, prepared, originOf, tallies } = this.#parts;
    const ready =
      live.connected && req.headers.authorization === undefined
        ? this.#ready.get(spelling(req.url ?? '', req))
        : undefined;
    if (ready === undefined || (ready.origin !== null && ready.origin !== originOf(req))) return false;
    if (!prepared.hit(ready.source, req, res)) return false;
    this.#tell(ready, req);
    const tally = req.method === 'GET' ? ready.tally : tallies.of('HEAD', ready.tally.route);
    tally.count(res.statusCode);
    return true;
  }

  handler(read: Read): RequestHandler {
    const { prepared, reads, refuse, live, addressOf } = this.#parts;
    return async (req, res) => {
      const source = this.#source(read, req);
      if (!live.connected && (await this.#lastKnown(source, req, res))) return;
      // Waiting for what is being made anyway costs nothing; making something new does.
      const tooMany = prepared.isUnderWay(source) ? null : await reads.take(addressOf(req));
      if (tooMany) return refuse(req, res, tooMany.problem, tooMany.headers);
      try {
        const problem = await prepared.answer(source, req, res);
        if (problem) return refuse(req, res, problem);
        this.#remember(read, req, source);
        this.#tell(seenIn(read, req), req);
      } catch (error) {
        if (!(error instanceof StoreUnavailable && (await this.#lastKnown(source, req, res)))) throw error;
      }
    };
  }

  /** While the store cannot be reached, readers keep the last page there was; a header (RFC 9211) says so. */
  async #lastKnown(source: Source, req: IncomingMessage, res: ServerResponse): Promise<boolean> {
    res.setHeader('Cache-Status', 'Daymark; hit; detail=STORE-UNREACHABLE');
    const found = await this.#parts.prepared.answerStale(source, req, res);
    if (!found) res.removeHeader('Cache-Status');
    return found;
  }

  #remember(read: Read, req: Request, source: Source): void {
    if (req.originalUrl.length > longestAddress || req.headers.authorization !== undefined) return;
    const { tallies, originOf } = this.#parts;
    const origin = read.isAbsolute ? originOf(req) : null;
    const tally = tallies.of('GET', req.route.path);
    this.#ready.set(spelling(req.originalUrl, req), { source, origin, tally, ...seenIn(read, req) });
  }

  #tell({ opened, embeds }: Pick<Ready, 'opened' | 'embeds'>, req: IncomingMessage): void {
    if (req.method !== 'GET') return;
    if (opened !== null) this.#parts.onOpened(opened, req);
    if (embeds !== null) this.#parts.onEmbedded(embeds, req);
  }

  #source(read: Read, req: Request): Source {
    const params = req.params as Params;
    const saving = read.heedsSaving === true && savesData(req) ? { saving: 'on' } : {};
    const query = { ...queryOf(req.originalUrl, read.query ?? []), ...saving };
    const { versions, originOf } = this.#parts;
    const origin = originOf(req);
    const slug = read.follows === 'timeline' ? (params['slug'] ?? '') : null;
    const { alsoFollows } = read;
    const version = (): string =>
      read.follows === 'release' ? 'release' : slug === null ? versions.ofAll() : versions.of(slug);
    return {
      key: `${read.isAbsolute ? origin : ''}${req.path}?${new URLSearchParams(Object.entries(query) as [string, string][])}`,
      timeline: slug,
      version: alsoFollows === undefined ? version : () => `${version()} ${alsoFollows(params)}`,
      build: () => read.build(params, query, origin),
    };
  }
}

function savesData({ headers }: IncomingMessage): boolean {
  const asked = headers['save-data'];
  return asked !== undefined && /^on\b/i.test(String(asked));
}

/** Under which an answer that is ready is found again: an address has no space in it. */
const spelling = (url: string, req: IncomingMessage): string => (savesData(req) ? `${url} saving` : url);

const seenIn = ({ isUpdatePage, isEmbed }: Read, { params }: Request): Pick<Ready, 'opened' | 'embeds'> => ({
  opened: isUpdatePage ? { slug: String(params['slug']), id: String(params['id']) } : null,
  embeds: isEmbed ? String(params['slug']) : null,
});

/** The known parameters of an address, each once, in a fixed order. */
export function queryOf(url: string, known: readonly string[]): Query {
  const at = url.indexOf('?');
  if (at < 0 || known.length === 0) return {};
  const given = new URLSearchParams(url.slice(at + 1));
  return Object.fromEntries(known.flatMap((name) => (given.has(name) ? [[name, given.get(name) ?? '']] : [])));
}
