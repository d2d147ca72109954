/**
 * Programs that say what they are: crawlers, previews of links, monitors, feed readers, and tools that fetch addresses in bulk.
 * One that pretends to be a browser is counted as one reader a day at most.
 */
const bots =
  /(?<!cu)bot(?![a-z])|crawl|spider|slurp|scrap|archive\.org|facebookexternalhit|meta-external|whatsapp|telegram|skype|embedly|preview|lighthouse|pagespeed|uptime|monitor|pingdom|statuscake|feedfetcher|feedly|newsblur|inoreader|python-|curl\/|wget\/|libwww|go-http-client|java\/|okhttp|apache-httpclient|scrapy|headless ?crawler|gpt|claude|perplexity|ccbot|bytespider/i;

export const isBot = (agent: string): boolean => bots.test(agent);
