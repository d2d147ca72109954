import type { Redis } from 'ioredis';
import type { AuditStore } from './audit-store.ts';
import type { Commands } from './connection.ts';
import type { CorrectionsStore } from './corrections-store.ts';
import type { EmbedHostsStore } from './embed-hosts-store.ts';
import type { EmbedReleasesStore } from './embed-releases-store.ts';
import type { HooksStore } from './hooks-store.ts';
import type { ImagesStore } from './images-store.ts';
import { keysWith } from './keys.ts';
import type { NewsroomChannel } from './newsroom-channel.ts';
import type { PeopleStore } from './people-store.ts';
import type { PushStore } from './push-store.ts';
import type { ReadersStore } from './readers-store.ts';
import type { RecordsStore } from './records-store.ts';
import { RedisAuditStore } from './redis-audit-store.ts';
import { RedisCorrectionsStore } from './redis-corrections-store.ts';
import { RedisEmbedHostsStore } from './redis-embed-hosts-store.ts';
import { RedisEmbedReleasesStore } from './redis-embed-releases-store.ts';
import { RedisHooksStore } from './redis-hooks-store.ts';
import { RedisImagesStore } from './redis-images-store.ts';
import { RedisNewsroomChannel } from './redis-newsroom-channel.ts';
import { RedisPeopleStore } from './redis-people-store.ts';
import { RedisPushStore } from './redis-push-store.ts';
import { RedisReadersStore } from './redis-readers-store.ts';
import { RedisRecordsStore } from './redis-records-store.ts';
import { RedisReplyStore } from './redis-reply-store.ts';
import { RedisSearchStore } from './redis-search-store.ts';
import { RedisStore, type RedisStoreOptions } from './redis-store.ts';
import type { ReplyStore } from './reply-store.ts';
import type { SearchStore } from './search-store.ts';
import type { Store } from './store.ts';

/**
 * Everything durable, by what it is about. `store` keeps the record itself: timelines, updates, summaries and their log. What
 * a timeline can do without has a port of its own beside it, on the same connections and under the same prefix.
 */
export interface Stores {
  store: Store;
  search: SearchStore;
  records: RecordsStore;
  corrections: CorrectionsStore;
  replies: ReplyStore;
  readers: ReadersStore;
  embedHosts: EmbedHostsStore;
  embedReleases: EmbedReleasesStore;
  push: PushStore;
  newsroomChannel: NewsroomChannel;
  images: ImagesStore;
  people: PeopleStore;
  audit: AuditStore;
  hooks: HooksStore;
}

/** `commands` for reads and writes, `subscriber` for the bell. */
export function storesOn(commands: Commands, subscriber: Redis, options: RedisStoreOptions = {}): Stores {
  const keys = keysWith(options.prefix ?? 'dm');
  const search = new RedisSearchStore(commands, keys);
  return {
    store: new RedisStore(commands, subscriber, options),
    search,
    records: new RedisRecordsStore(commands, keys, search),
    replies: new RedisReplyStore(commands, subscriber, keys),
    readers: new RedisReadersStore(commands, keys),
    embedHosts: new RedisEmbedHostsStore(commands, keys),
    embedReleases: new RedisEmbedReleasesStore(commands, keys),
    push: new RedisPushStore(commands, keys),
    corrections: new RedisCorrectionsStore(commands, options),
    newsroomChannel: new RedisNewsroomChannel(commands, subscriber, options),
    images: new RedisImagesStore(commands, options.prefix),
    people: new RedisPeopleStore(commands, keysWith(options.prefix ?? 'dm')),
    audit: new RedisAuditStore(commands, keysWith(options.prefix ?? 'dm')),
    hooks: new RedisHooksStore(commands, keys),
  };
}
