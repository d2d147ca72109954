const assets = 'daymark-assets';
/** Those of some releases: a page has about five. */
const most = 60;

/** What an address with a hash in it names never changes, so it is asked for once. */
export async function assetOf(request: Request): Promise<Response> {
  const cache = await caches.open(assets);
  const kept = await cache.match(request.url);
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok) await keep(cache, request.url, response.clone());
  return response;
}

/** Those that a page loaded before anybody kept them: the browser still has them. */
export async function keepAssets(urls: readonly string[]): Promise<void> {
  const cache = await caches.open(assets);
  for (const url of urls) {
    if (await cache.match(url)) continue;
    const response = await fetch(url);
    if (response.ok) await keep(cache, url, response);
  }
}

async function keep(cache: Cache, url: string, response: Response): Promise<void> {
  await cache.put(url, response);
  const keys = await cache.keys();
  await Promise.all(keys.slice(0, Math.max(0, keys.length - most)).map((key) => cache.delete(key)));
}
