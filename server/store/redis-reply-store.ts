import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Redis } from 'ioredis';
import { type ReplyStatus, replyStatuses } from '../../shared/reply.ts';
import { type Commands, reach } from './connection.ts';
import type { Keys } from './keys.ts';
import { keptOfTimeline } from './redis-audit-store.ts';
import { type ReplyStore, type StoredReply, updateOfReply } from './reply-store.ts';
import type { AuditEntry } from './store.ts';

const source = (name: string): string => readFileSync(new URL(`./scripts/${name}.lua`, import.meta.url), 'utf8');
const receiveScript = source('receive-reply');
const decideScript = source('decide-reply');
const turnScript = source('take-turn');

/** Old ones that are deleted at once. */
const mostTrimmed = 20;
const ofNoUse = ['rejected', 'spam', 'closed'] as const;

/** Replies and reports on Redis. */
export class RedisReplyStore implements ReplyStore {
  readonly #redis: Commands;
  readonly #subscriber: Redis;
  readonly #keys: Keys;

  constructor(redis: Commands, subscriber: Redis, keys: Keys) {
    this.#redis = redis;
    this.#subscriber = subscriber;
    this.#keys = keys;
  }

  async receive(reply: StoredReply, fingerprint: string): Promise<string> {
    const k = this.#keys.of(reply.timeline);
    const keys = [k.replies(reply.update), k.replyQueue(reply.status), k.index];
    const at = String(Date.parse(reply.at));
    const given = [reply.update, reply.id, JSON.stringify(reply), fingerprint, at];
    return String(await reach(this.#redis.eval(receiveScript, keys.length, ...keys, ...given)));
  }

  async decide(
    before: StoredReply,
    after: StoredReply,
    { audit, senders, until }: { audit: AuditEntry; senders: readonly string[]; until: number },
  ): Promise<boolean> {
    const k = this.#keys.of(before.timeline);
    const queues = [k.replyQueue(before.status), k.replyQueue(after.status)];
    const keys = [k.replies(before.update), ...queues, k.replyBans, k.deeds];
    const at = String(Date.parse(after.decidedAt ?? after.at));
    const texts = [before.id, JSON.stringify(before), JSON.stringify(after), at, String(until)];
    const told = [JSON.stringify(audit), String(keptOfTimeline)];
    const given = [...texts, this.#keys.replyBell, before.timeline, ...told, ...senders];
    return (await reach(this.#redis.eval(decideScript, keys.length, ...keys, ...given))) === 1;
  }

  async reply(slug: string, id: string): Promise<StoredReply | null> {
    const text = await reach(this.#redis.hget(this.#keys.of(slug).replies(updateOfReply(id)), id));
    return text === null ? null : (JSON.parse(text) as StoredReply);
  }

  /** Those whose update was taken down are passed over, and leave the queue. */
  async queue(
    slug: string,
    status: ReplyStatus,
    { after, limit }: { after: string | null; limit: number },
  ): Promise<StoredReply[]> {
    const queue = this.#keys.of(slug).replyQueue(status);
    const rank = after === null ? null : await reach(this.#redis.zrank(queue, after));
    const start = rank === null ? 0 : rank + 1;
    const ids = await reach(this.#redis.zrange(queue, String(start), String(start + limit - 1)));
    const found = await Promise.all(ids.map((id) => this.reply(slug, id)));
    const gone = ids.filter((_, at) => found[at] === null);
    if (gone.length > 0) await reach(this.#redis.zrem(queue, ...gone));
    return found.filter((reply) => reply !== null);
  }

  async counts(slug: string): Promise<Record<ReplyStatus, number>> {
    const k = this.#keys.of(slug);
    const counted = replyStatuses.map(async (status) => [status, await reach(this.#redis.zcard(k.replyQueue(status)))]);
    return Object.fromEntries(await Promise.all(counted));
  }

  async approved(slug: string, update: string): Promise<StoredReply[]> {
    const entries = await reach(this.#redis.hgetall(this.#keys.of(slug).replies(update)));
    const replies = Object.entries(entries).flatMap(([field, text]) =>
      field.startsWith('text:') ? [] : [JSON.parse(text) as StoredReply],
    );
    const approved = replies.filter(({ status, kind }) => status === 'approved' && kind === 'reply');
    return approved.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.id < b.id ? -1 : 1));
  }

  async remove(slug: string, id: string, audit: AuditEntry | null): Promise<boolean> {
    const k = this.#keys.of(slug);
    const replies = k.replies(updateOfReply(id));
    const entries = await reach(this.#redis.hgetall(replies));
    if (entries[id] === undefined) return false;
    const fields = Object.keys(entries).filter((field) => field === id || entries[field] === id);
    await reach(this.#redis.hdel(replies, ...fields));
    await Promise.all(replyStatuses.map((status) => reach(this.#redis.zrem(k.replyQueue(status), id))));
    if (audit) {
      await reach(this.#redis.rpush(k.deeds, JSON.stringify(audit)));
      await reach(this.#redis.ltrim(k.deeds, -keptOfTimeline, -1));
    }
    await reach(this.#redis.publish(this.#keys.replyBell, slug));
    return true;
  }

  async trim(slug: string, before: number): Promise<void> {
    const k = this.#keys.of(slug);
    for (const status of ofNoUse) {
      const queue = k.replyQueue(status);
      const old = await reach(this.#redis.zrangebyscore(queue, '-inf', before, 'LIMIT', 0, mostTrimmed));
      for (const id of old) if (!(await this.remove(slug, id, null))) await reach(this.#redis.zrem(queue, id));
    }
  }

  async isBanned(slug: string, senders: readonly string[], now: number): Promise<boolean> {
    const bans = this.#keys.of(slug).replyBans;
    const until = senders.length === 0 ? [] : await reach(this.#redis.hmget(bans, ...senders));
    const over = senders.filter((_, at) => until[at] && Number(until[at]) <= now);
    if (over.length > 0) await reach(this.#redis.hdel(bans, ...over));
    return until.some((at) => at && Number(at) > now);
  }

  async takeTurn(sender: string, now: number, { most, windowMs }: { most: number; windowMs: number }): Promise<number> {
    const { replyTurns, replyTurnAges } = this.#keys;
    const given = [sender, String(now), String(most), String(windowMs)];
    return Number(await reach(this.#redis.eval(turnScript, 2, replyTurns, replyTurnAges, ...given)));
  }

  async secret(): Promise<string> {
    await reach(this.#redis.setnx(this.#keys.replySecret, randomBytes(32).toString('hex')));
    return (await reach(this.#redis.get(this.#keys.replySecret))) ?? '';
  }

  async watch(listener: (slug: string | null) => void): Promise<() => Promise<void>> {
    const { replyBell } = this.#keys;
    const onMessage = (channel: string, slug: string): void => {
      if (channel === replyBell) listener(slug);
    };
    const onReady = (): void => listener(null);
    this.#subscriber.on('message', onMessage);
    this.#subscriber.on('ready', onReady);
    await reach(this.#subscriber.subscribe(replyBell));
    return async () => {
      this.#subscriber.off('message', onMessage);
      this.#subscriber.off('ready', onReady);
      await reach(this.#subscriber.unsubscribe(replyBell));
    };
  }
}
