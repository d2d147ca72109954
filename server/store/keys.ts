/**
 * Every key there is. The timeline stands in a hash tag, so that all of a timeline lies in one cluster slot and one
 * script may touch it; what belongs to no timeline stands alone. Nothing here has a Redis TTL: a clock that jumps two days
 * would delete every such key at once, so ages are kept beside the entries and trimmed by the script.
 */
export interface TimelineKeys {
  /** hash: `record` (TimelineRecord), `epoch`, `seq`, `hash` (of the last change), `settings`, `chained` (the first epoch, where it was renewed), `search` (version of its index of words), `hooks` (how often those were written) */
  timeline: string;
  /** hash seq → change JSON. A hash, not a stream, because a takedown rewrites earlier entries where they stand. */
  log: string;
  /** hash seq → `line hash`: what was hashed of each change, for ever; the log itself is trimmed */
  chain: string;
  /** hash of what stands where, at which revision: update id → `place date revision`, `timeline`, `settings` and `summary:<date>` → revision */
  index: string;
  /** sorted set (all scores 0, so by date) of the days that have something */
  calendar: string;
  /** hash date → `updates key hasSummary revisedAt` */
  days: string;
  /** hash id → StoredUpdate of drafts and scheduled updates: never in the log */
  drafts: string;
  /** sorted set id by the instant (ms) to publish it */
  scheduled: string;
  /** hash id → what only staff and the store need of a public update */
  staff: string;
  /** hash id → the seqs of the changes about it, `3,17,29` */
  trail: string;
  /** hash date → StoredSummary */
  summaries: string;
  /** hash actor+key → `at fingerprint id`, and the ages of these fields (sorted set) */
  idempotency: string;
  idempotencyAges: string;
  /** hash actor+key → the Update that was answered first */
  firstAnswers: string;
  /** hash update id → the idempotency field that made it, so that a takedown finds the first answer */
  answeredBy: string;
  /** sorted set `id revision` of the revisions that were corrections or retractions, by their instant (ms) */
  corrections: string;
  /** hash mark of an imported row → update id */
  imported: string;
  /** hash image id → StoredImage. An image that updates may show has an entry `image:<id>` in the index as well */
  images: string;
  /** hash image id → StoredImage of those that were deleted: their addresses answer 410 */
  goneImages: string;
  /** sorted set (all scores 0) of who shows what, both ways: `u<update> <image>` and `i<image> <update>` */
  imageUses: string;
  /**
   * sorted set by ms: an image since nobody shows it, one that was deleted until its files are, and `u<id>` of a removed
   * update until its images were looked at
   */
  looseImages: string;
  /** list of AuditEntry: takedowns and the deletion, for ever */
  audit: string;
  /** list of AuditEntry: all else that staff did; the newest 20,000 */
  deeds: string;
  /** hash id → StoredHook: webhooks, and subscriptions to feeds */
  hooks: string;
  /** hash id → StoredSubscription: browsers that are told key developments */
  push: string;
  /** hash: `position` up to which they were told, and `u:<update>` → Told */
  pushed: string;
  /** sorted set by status: ids of replies and reports, by the instant (ms) of coming or of the decision */
  replyQueue(status: string): string;
  /** hash sender (keyed hash) → until when (ms) it is banned */
  replyBans: string;
  /** hash reply id → StoredReply, and `text:<fingerprint>` → id, of an update: gone with it in one step */
  replies(update: string): string;
  /** sorted set update id by readers, of an hour or a day; and the names of these buckets by their end (ms) */
  readers(bucket: string): string;
  readerBuckets: string;
  /** sorted sets of sites that show the timeline: by loads, and by the instant (ms) of the last one */
  embedHosts: string;
  embedHostsSeen: string;
  /** The index of words; what each holds is at the head of search-index.lua */
  searchRecords: string;
  searchIds: string;
  searchNumbers: string;
  searchWords: string;
  /** string: the updates that have a word */
  searchPostings(word: string): string;
  /** hash update id → Update of a day, by local date: one read per day page, and the smallest form in memory */
  day(date: string): string;
  /** list of Revision: the public wordings before the present one */
  revisions(id: string): string;
  /** list of StoredSummary before the present one */
  summaryRevisions(date: string): string;
}

/** Who works here. One hash tag of their own, that is no slug, so that one script may touch all. */
export interface PeopleKeys {
  /** hash id → StoredAccount */
  accounts: string;
  /** hash e-mail address → account id */
  emails: string;
  /** hash token hash → StoredSession; whether one is over is read from its times */
  sessions: string;
  /** hash token hash → StoredInvitation */
  invitations: string;
  /** hash account id → StoredDevices */
  devices: string;
  /** hash with the one field `rules` */
  rules: string;
  /** hash budget → `count since window`: attempts to sign in */
  attempts: string;
  /** list of AuditEntry: what was done to no timeline; the newest 50,000 */
  audit: string;
  /** list of AuditEntry: sign-ins that failed; the newest 5,000 */
  refusals: string;
}

export interface Keys {
  people: PeopleKeys;
  /** set of slugs */
  timelines: string;
  /** hash token hash → StoredToken */
  tokens: string;
  /** string: version of the data format */
  format: string;
  /** pub/sub channel: a slug whose log has grown. Only a bell; the log is the truth */
  wake: string;
  /** pub/sub channel: `node slug epoch:seq`, told by each node when it has applied a change that another one wrote */
  applied: string;
  /** pub/sub channel: who is at which desk, and that drafts or settings have changed. Nothing of it is kept */
  newsroom: string;
  /** hash `<version>.js`, or name of an asset → text: what pinned embeds of every release load */
  embedFiles: string;
  /** string: which node does a periodic job */
  lease(job: string): string;
  /** string: VapidKeys, by which push services know this installation */
  vapid: string;
  /** string: the secret that senders of replies are hashed with */
  replySecret: string;
  /** hash sender → `began count` of its turns, and when they began (sorted set): in one slot, by a hash tag of their own */
  replyTurns: string;
  replyTurnAges: string;
  /** pub/sub channel: a slug whose approved replies have changed */
  replyBell: string;
  of(slug: string): TimelineKeys;
}

/** `prefix` is `dm` but for tests, which share one Redis. */
export function keysWith(prefix: string): Keys {
  const person = (name: string) => `${prefix}:{@people}:${name}`;
  return {
    people: {
      accounts: person('accounts'),
      emails: person('emails'),
      sessions: person('sessions'),
      invitations: person('invitations'),
      devices: person('devices'),
      rules: person('rules'),
      attempts: person('attempts'),
      audit: person('audit'),
      refusals: person('refusals'),
    },
    timelines: `${prefix}:timelines`,
    tokens: `${prefix}:tokens`,
    format: `${prefix}:format`,
    wake: `${prefix}:wake`,
    applied: `${prefix}:applied`,
    newsroom: `${prefix}:newsroom`,
    embedFiles: `${prefix}:embed-files`,
    lease: (job) => `${prefix}:lease:${job}`,
    vapid: `${prefix}:vapid`,
    replySecret: `${prefix}:reply-secret`,
    replyTurns: `${prefix}:{reply-turns}:counts`,
    replyTurnAges: `${prefix}:{reply-turns}:ages`,
    replyBell: `${prefix}:replies`,
    of(slug) {
      const at = (name: string) => `${prefix}:{${slug}}:${name}`;
      return {
        timeline: at('timeline'),
        log: at('log'),
        chain: at('chain'),
        index: at('index'),
        calendar: at('calendar'),
        days: at('days'),
        drafts: at('drafts'),
        scheduled: at('scheduled'),
        staff: at('staff'),
        trail: at('trail'),
        summaries: at('summaries'),
        idempotency: at('idempotency'),
        idempotencyAges: at('idempotency-ages'),
        firstAnswers: at('first-answers'),
        answeredBy: at('answered-by'),
        corrections: at('corrections'),
        imported: at('imported'),
        images: at('images'),
        goneImages: at('gone-images'),
        imageUses: at('image-uses'),
        looseImages: at('loose-images'),
        audit: at('audit'),
        deeds: at('deeds'),
        hooks: at('hooks'),
        push: at('push'),
        pushed: at('pushed'),
        replyQueue: (status) => at(`reply-queue:${status}`),
        replyBans: at('reply-bans'),
        replies: (update) => at(`replies:${update}`),
        readers: (bucket) => at(`readers:${bucket}`),
        readerBuckets: at('reader-buckets'),
        embedHosts: at('embed-hosts'),
        embedHostsSeen: at('embed-hosts-seen'),
        searchRecords: at('search-records'),
        searchIds: at('search-ids'),
        searchNumbers: at('search-numbers'),
        searchWords: at('search-words'),
        searchPostings: (word) => at(`search:${word}`),
        day: (date) => at(`day:${date}`),
        revisions: (id) => at(`revisions:${id}`),
        summaryRevisions: (date) => at(`summary-revisions:${date}`),
      };
    },
  };
}
