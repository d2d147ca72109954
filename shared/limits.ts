/** Every limit that a caller can meet, with its unit. Both sides read them here; the documentation lists them from here. */
export const limits = {
  /** Browsers that are told the key developments of a timeline. */
  pushSubscriptions: 200_000,
  slugCharacters: 64,
  titleCharacters: 200,
  descriptionCharacters: 2_000,
  headlineCharacters: 300,
  bodyCharacters: 100_000,
  personNameCharacters: 100,
  emailCharacters: 254,
  passwordCharacters: 256,
  passwordCharactersLeast: 8,
  shortTextCharacters: 300,
  reasonCharacters: 1_000,
  urlCharacters: 2_000,
  sources: 30,
  images: 20,
  /** Alternative text, caption and credit: a chart takes more words than a face. */
  imageTextCharacters: 1_000,
  imageBytes: 20 * 1024 * 1024,
  /** Phones have up to 50 million; what has more is a bomb or a poster. */
  imagePixels: 64_000_000,
  imageSidePixels: 16_000,
  /** An uploaded image that no update shows is deleted after so long. */
  unusedImageHours: 24,
  tags: 30,
  /** As long as other short texts: archives carry article titles as tags (264 of 2,285 rows of one are over 60). */
  tagCharacters: 300,
  embedHosts: 50,
  /** Share cards for an address that are not ready in memory. */
  cardsPerMinute: 120,
  bulkUpdates: 200,
  recordPage: 50,
  recordPageMost: 200,
  statisticsDays: 120,
  summarySections: 30,
  summaryPoints: 100,
  pointCharacters: 1_000,
  pointUpdates: 50,
  idempotencyKeyCharacters: 200,
  idempotencyHours: 24,
  /** First answers kept per timeline; the oldest go first when a flood of keys would fill the store. */
  idempotencyEntries: 100_000,
  /** First answers kept at any age: the clock of a server may jump. */
  idempotencyEntriesLeast: 1_000,
  requestBodyBytes: 256 * 1024,
  /** Different words of an update that it is found by. */
  searchedWords: 5_000,
  searchedWordCharacters: 100,
  questionCharacters: 200,
  searchHits: 20,
  searchHitsMost: 100,
  webhooks: 20,
  /** Entries of a webhook’s log of deliveries. */
  deliveries: 50,
  /** WebSub subscriptions of a timeline, and those of them to one host. */
  subscriptions: 500,
  subscriptionsPerHost: 50,
  popular: 20,
  popularMost: 100,
  replyCharacters: 3_000,
  replyNameCharacters: 100,
  /** Links in a reply: with more it is put with the spam by itself. */
  replyLinks: 5,
  repliesPerPage: 100,
  /** Replies and reports of one address, and in how long. */
  replyTurns: 10,
  replyTurnMinutes: 10,
  banDays: 30,
  /** How long a reply that was rejected, or is spam, and a report that was closed are kept. */
  decidedReplyDays: 30,
  /** One row of an import: a body of 100,000 characters, escaped, with room to spare. */
  importRowBytes: 1024 * 1024,
  dayPageUpdates: 200,
  dayPageUpdatesMost: 1_000,
  /** Days of the page of key developments; further ones stand on the next. */
  keyPageDays: 30,
  correctionsPerPage: 50,
  /** Days that are counted for a reader who comes back where the log can’t be continued. */
  missedDays: 60,
  embedUpdates: 100,
  /** Sites that are told to show a timeline, and for how long after they last did. */
  embedHostsKept: 500,
  embedHostDays: 30,
  /** Of a name in the domain name system, with a port. */
  hostCharacters: 259,
  changesPerAnswer: 1_000,
  logChanges: 10_000,
  clockSkewMinutes: 5,
  scheduleDays: 366,
  earliestYear: 1900,
  headSeconds: 9,
  silenceSeconds: 25,
} as const;
