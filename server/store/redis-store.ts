import { readFileSync } from 'node:fs';
import { Cluster, type Redis } from 'ioredis';
import type { Change } from '../../shared/change.ts';
import { limits } from '../../shared/limits.ts';
import { formatPosition, type Position } from '../../shared/position.ts';
import { initialSettings, type Settings } from '../../shared/settings.ts';
import type { Update } from '../../shared/update.ts';
import { genesisHash, summarySubject } from './chain.ts';
import { commitCommand, onceField } from './commit-command.ts';
import { type Commands, reach } from './connection.ts';
import { deleteTimeline } from './delete-timeline.ts';
import {
  chainLink,
  change,
  commitResult,
  dayEntry,
  firstAnswer,
  parseEntry,
  readApplied,
  revisionOf,
  storedTimeline,
} from './entries.ts';
import { type Keys, keysWith } from './keys.ts';
import { type Read, readAtOnce } from './read-at-once.ts';
import { renewEpoch } from './renew-epoch.ts';
import type {
  Applied,
  AuditEntry,
  ChainLink,
  Changes,
  Commit,
  CommitResult,
  Extent,
  FirstAnswer,
  Known,
  Store,
  StoredDay,
  StoredDayEntry,
  StoredSummary,
  StoredTimeline,
  StoredToken,
  StoredUpdate,
  StoreListener,
} from './store.ts';

const source = (name: string): string => readFileSync(new URL(`./scripts/${name}.lua`, import.meta.url), 'utf8');
const commitScript = source('sha256') + source('search-index') + source('commit');
const leaseScript = source('take-lease');

export interface RedisStoreOptions {
  /** First part of every key; tests that share a Redis have one each. */
  prefix?: string;
  /** How many changes a log keeps. */
  keep?: number;
}

/** The store on Redis: one connection for commands, one that listens for the bell. */
export class RedisStore implements Store {
  readonly #redis: Commands;
  readonly #subscriber: Redis;
  readonly #keys: Keys;
  readonly keeps: number;
  /** In a cluster, whose nodes count only who listens to themselves: how many listened to all of them when last asked. */
  #listeners = 0;

  constructor(redis: Commands, subscriber: Redis, options: RedisStoreOptions = {}) {
    this.#redis = redis;
    this.#subscriber = subscriber;
    this.#keys = keysWith(options.prefix ?? 'dm');
    this.keeps = options.keep ?? limits.logChanges;
    if (hasScripts(redis)) return;
    redis.defineCommand('daymarkCommit1', { lua: commitScript });
  }

  async commit(commit: Commit): Promise<CommitResult> {
    const { keys, command } = commitCommand(this.#keys, commit, this.keeps);
    // The list of timelines lies in another slot. Named first: a name without a record is passed over by every reader.
    if (commit.effect.kind === 'create-timeline') await reach(this.#redis.sadd(this.#keys.timelines, commit.slug));
    const answer = await reach((this.#redis as ScriptedRedis).daymarkCommit1(keys.length, ...keys, command));
    return commitResult(answer, this.#listeners);
  }

  timelineSlugs(): Promise<string[]> {
    return reach(this.#redis.smembers(this.#keys.timelines));
  }

  async timeline(slug: string): Promise<StoredTimeline | null> {
    return storedTimeline(
      await reach(this.#redis.hmget(this.#keys.of(slug).timeline, 'record', 'epoch', 'seq', 'hash')),
    );
  }

  async extent(slug: string): Promise<Extent> {
    const k = this.#keys.of(slug);
    const [trails, drafts, last, indexed] = await this.#atomically<[number, number, string[], number]>(
      ['HLEN', k.trail],
      ['HLEN', k.drafts],
      ['ZREVRANGE', k.calendar, '0', '0'],
      ['HLEN', k.index],
    );
    return { updates: trails + drafts, lastDate: last[0] ?? null, indexed };
  }

  async settings(slug: string): Promise<Settings> {
    const text = await reach(this.#redis.hget(this.#keys.of(slug).timeline, 'settings'));
    const stored = text === null ? {} : (JSON.parse(text) as Partial<Settings>);
    const appearance = { ...initialSettings.appearance, ...stored.appearance };
    return { ...initialSettings, ...stored, appearance };
  }

  async drafts(slug: string): Promise<StoredUpdate[]> {
    const entries = await reach(this.#redis.hvals(this.#keys.of(slug).drafts));
    return entries.map((entry) => JSON.parse(entry) as StoredUpdate);
  }

  async update(slug: string, id: string): Promise<StoredUpdate | 'removed' | null> {
    const k = this.#keys.of(slug);
    // The update may move between the look-up and the read; then the index says where it is now.
    for (;;) {
      const entry = await reach(this.#redis.hget(k.index, id));
      if (entry === null || !entry.includes(' ')) return null;
      const [place, date = ''] = entry.split(' ');
      if (place === 'removed') return 'removed';
      if (place === 'draft') {
        const draft = await reach(this.#redis.hget(k.drafts, id));
        if (draft) return JSON.parse(draft) as StoredUpdate;
      } else {
        const [update, staff] = await this.#atomically<[string | null, string | null]>(
          ['HGET', k.day(date), id],
          ['HGET', k.staff, id],
        );
        if (update && staff)
          return { update: JSON.parse(update), publishAt: null, ...JSON.parse(staff) } as StoredUpdate;
      }
    }
  }

  async updates(slug: string, ids: readonly string[]): Promise<Map<string, Update>> {
    const found = await Promise.all(ids.map((id) => this.update(slug, id)));
    const known = found.filter((stored): stored is StoredUpdate => stored !== null && stored !== 'removed');
    return new Map(known.map(({ update }) => [update.id, update]));
  }

  async revisions(slug: string, id: string): Promise<Update[]> {
    const entries = await reach(this.#redis.lrange(this.#keys.of(slug).revisions(id), 0, -1));
    return entries.map((entry) => parseEntry<Update>(entry, id));
  }

  async summary(slug: string, date: string): Promise<StoredSummary | null> {
    const entry = await reach(this.#redis.hget(this.#keys.of(slug).summaries, date));
    return entry === null ? null : parseEntry<StoredSummary>(entry, summarySubject(date));
  }

  async summaryRevisions(slug: string, date: string): Promise<StoredSummary[]> {
    const entries = await reach(this.#redis.lrange(this.#keys.of(slug).summaryRevisions(date), 0, -1));
    return entries.map((entry) => JSON.parse(entry) as StoredSummary);
  }

  async standing(slug: string, date: string): Promise<[string, Update][]> {
    const entries = await reach(this.#redis.hgetall(this.#keys.of(slug).day(date)));
    return Object.entries(entries).map(([id, text]) => [id, parseEntry<Update>(text, id)]);
  }

  async day(slug: string, date: string): Promise<StoredDay> {
    const k = this.#keys.of(slug);
    const [timeline, updates, summary, counts, previous, next] = await this.#atomically<
      [(string | null)[], string[], string | null, string | null, string[], string[]]
    >(
      ['HMGET', k.timeline, 'record', 'epoch', 'seq', 'hash'],
      ['HVALS', k.day(date)],
      ['HGET', k.summaries, date],
      ['HGET', k.days, date],
      ['ZREVRANGEBYLEX', k.calendar, `(${date}`, '-', 'LIMIT', '0', '1'],
      ['ZRANGEBYLEX', k.calendar, `(${date}`, '+', 'LIMIT', '0', '1'],
    );
    const stored = storedTimeline(timeline);
    if (!stored) throw new Error(`no timeline ${slug}`);
    const written = summary === null ? null : parseEntry<StoredSummary>(summary, summarySubject(date));
    return {
      timeline: stored,
      updates: updates.map((text) => parseEntry<Update>(text, date)),
      summary: written,
      citedNow: written ? await this.#revisionsNow(slug, Object.keys(written.cited)) : {},
      changedAt: counts === null ? null : dayEntry(date, counts).revisedAt,
      previousDate: previous[0] ?? null,
      nextDate: next[0] ?? null,
    };
  }

  async #revisionsNow(slug: string, ids: string[]): Promise<Record<string, number | null>> {
    if (ids.length === 0) return {};
    const entries = await reach(this.#redis.hmget(this.#keys.of(slug).index, ...ids));
    return Object.fromEntries(ids.map((id, i) => [id, revisionOf(entries[i] ?? null)]));
  }

  async days(slug: string): Promise<StoredDayEntry[]> {
    const entries = await reach(this.#redis.hgetall(this.#keys.of(slug).days));
    return Object.entries(entries).map(([date, entry]) => dayEntry(date, entry));
  }

  async changes(slug: string, since: Position, limit: number, hash: string | null = null): Promise<Changes> {
    const k = this.#keys.of(slug);
    const upTo = async (most: number): Promise<Changes> => {
      const seqs = Array.from({ length: most }, (_, i) => String(since.seq + 1 + i));
      const [[epoch, seq], link, log] = await this.#atomically<[(string | null)[], string | null, (string | null)[]]>(
        ['HMGET', k.timeline, 'epoch', 'seq'],
        ['HGET', k.chain, String(since.seq)],
        ['HMGET', k.log, ...seqs],
      );
      const head = { epoch: epoch ?? '', seq: Number(seq ?? 0) };
      const continues = hash === null || since.seq === 0 || link?.split(' ').at(-1) === hash;
      if (since.epoch !== head.epoch || since.seq > head.seq || !continues) return { reset: true, position: head };
      const wanted = Math.min(limit, head.seq - since.seq);
      if (wanted > most && most === changesAtHand) return upTo(wanted);
      const count = Math.min(wanted, most);
      const entries = log.slice(0, count);
      if (entries.includes(null)) return { reset: true, position: head };
      const changes = entries.map((entry) => change(entry ?? '', head.epoch));
      return { reset: false, changes, position: { epoch: head.epoch, seq: since.seq + count } };
    };
    return upTo(Math.min(limit, changesAtHand));
  }

  renewEpoch(slug: string, known: Known): Promise<boolean> {
    return reach(renewEpoch(this.#redis, this.#keys, slug, known));
  }

  async genesis(slug: string): Promise<string> {
    const [chained, epoch] = await reach(this.#redis.hmget(this.#keys.of(slug).timeline, 'chained', 'epoch'));
    return genesisHash(slug, chained ?? epoch ?? '');
  }

  async *chain(slug: string): AsyncGenerator<ChainLink> {
    const k = this.#keys.of(slug);
    const [epoch, head] = await reach(this.#redis.hmget(k.timeline, 'epoch', 'seq'));
    for (let first = 1; first <= Number(head ?? 0); first += linksPerRead) {
      const seqs = Array.from({ length: Math.min(linksPerRead, Number(head) - first + 1) }, (_, i) =>
        String(first + i),
      );
      const [links, entries] = await this.#atomically<[(string | null)[], (string | null)[]]>(
        ['HMGET', k.chain, ...seqs],
        ['HMGET', k.log, ...seqs],
      );
      for (const [i, seq] of seqs.entries())
        yield chainLink(Number(seq), links[i] ?? '', entries[i] ?? null, epoch ?? '');
    }
  }

  async trail(slug: string, id: string): Promise<Change[]> {
    const k = this.#keys.of(slug);
    const [seqs, epoch] = await this.#atomically<[string | null, string | null]>(
      ['HGET', k.trail, id],
      ['HGET', k.timeline, 'epoch'],
    );
    if (!seqs) return [];
    const entries = await reach(this.#redis.hmget(k.log, ...seqs.split(',')));
    return entries.filter((entry) => entry !== null).map((entry) => change(entry, epoch ?? ''));
  }

  async firstAnswer(slug: string, actor: string, key: string): Promise<FirstAnswer | null> {
    const k = this.#keys.of(slug);
    const field = onceField(actor, key);
    const [entry, answer] = await this.#atomically<[string | null, string | null]>(
      ['HGET', k.idempotency, field],
      ['HGET', k.firstAnswers, field],
    );
    return entry === null ? null : firstAnswer(entry, answer);
  }

  async imported(slug: string, marks: readonly string[]): Promise<string | null> {
    if (marks.length === 0) return null;
    const ids = await reach(this.#redis.hmget(this.#keys.of(slug).imported, ...marks));
    return ids.find((id) => id !== null) ?? null;
  }

  due(slug: string, now: number): Promise<string[]> {
    return reach(this.#redis.zrangebyscore(this.#keys.of(slug).scheduled, '-inf', now, 'LIMIT', 0, 100));
  }

  deleteTimeline(slug: string, audit: AuditEntry): Promise<boolean> {
    return reach(deleteTimeline(this.#redis, this.#keys, slug, audit));
  }

  async audit(slug: string): Promise<AuditEntry[]> {
    const entries = await reach(this.#redis.lrange(this.#keys.of(slug).audit, 0, -1));
    return entries.map((entry) => JSON.parse(entry) as AuditEntry);
  }

  async tokens(): Promise<StoredToken[]> {
    return Object.values(await reach(this.#redis.hgetall(this.#keys.tokens))).map(
      (text) => JSON.parse(text) as StoredToken,
    );
  }

  async tokenByHash(hash: string): Promise<StoredToken | null> {
    const text = await reach(this.#redis.hget(this.#keys.tokens, hash));
    return text === null ? null : (JSON.parse(text) as StoredToken);
  }

  async putToken(token: StoredToken): Promise<void> {
    await reach(this.#redis.hset(this.#keys.tokens, token.hash, JSON.stringify(token)));
  }

  async deleteToken(id: string): Promise<boolean> {
    const token = (await this.tokens()).find((candidate) => candidate.id === id);
    return token !== undefined && (await reach(this.#redis.hdel(this.#keys.tokens, token.hash))) > 0;
  }

  async watch(listener: StoreListener): Promise<() => Promise<void>> {
    const subscriber = this.#subscriber;
    const { wake, applied } = this.#keys;
    const onMessage = (channel: string, message: string): void => {
      if (channel === wake) listener.onWake(message);
      const told = channel === applied ? readApplied(message) : null;
      if (told) listener.onApplied(told);
    };
    const onReady = (): void => listener.onWake(null);
    subscriber.on('message', onMessage);
    subscriber.on('ready', onReady);
    await reach(subscriber.subscribe(wake, applied));
    listener.onWake(null);
    return async () => {
      subscriber.off('message', onMessage);
      subscriber.off('ready', onReady);
      await reach(subscriber.unsubscribe(wake, applied));
    };
  }

  async tellApplied({ node, slug, position }: Applied): Promise<void> {
    await reach(this.#redis.publish(this.#keys.applied, `${node} ${slug} ${formatPosition(position)}`));
  }

  async listeners(): Promise<number> {
    const nodes = this.#redis instanceof Cluster ? this.#redis.nodes('all') : [this.#redis];
    const counts = await Promise.all(nodes.map((node) => this.#listenersOf(node)));
    const count = counts.reduce((sum, one) => sum + one, 0);
    if (this.#redis instanceof Cluster) this.#listeners = count;
    return count;
  }

  async #listenersOf(node: Redis): Promise<number> {
    const counted = node.pubsub('NUMSUB', this.#keys.wake);
    // A node of a cluster may be away while the others serve everything; a single one may not.
    const [, count] = await (node === this.#redis ? reach(counted) : counted.catch(() => [this.#keys.wake, 0]));
    return Number(count);
  }

  takeLease(job: string, node: string, gone: string): Promise<string> {
    const asked = this.#redis.eval(leaseScript, 1, this.#keys.lease(job), node, gone);
    return reach(asked) as Promise<string>;
  }

  async ping(): Promise<void> {
    await reach(this.#redis.ping());
  }

  close(): Promise<void> {
    this.#redis.disconnect();
    this.#subscriber.disconnect();
    return Promise.resolve();
  }

  /** Several reads at one moment. */
  #atomically<T extends unknown[]>(...reads: Read[]): Promise<T> {
    return readAtOnce<T>(this.#redis, reads);
  }
}

type ScriptedRedis = Commands & {
  daymarkCommit1(keyCount: number, ...keysAndCommand: string[]): Promise<unknown[]>;
};

const hasScripts = (redis: Commands): redis is ScriptedRedis => 'daymarkCommit1' in redis;

/** So many changes come with the question whether there are any: mostly it is one. */
const changesAtHand = 8;

/** How many links one read of the chain takes. */
const linksPerRead = 500;
