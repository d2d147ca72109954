/** A page as it was fetched at a time. */
export interface Copy {
  address: string;
  at: number;
  response: Response;
}

const pages = 'daymark-pages';
/** A header of ours on what is kept: when it was fetched, ms. One place for page and time, so that they can’t disagree. */
const copiedAt = 'Daymark-Copied';

export const mostCopies = 60;
const longestMs = 7 * 86_400_000;

export async function copyOf(address: string): Promise<Copy | null> {
  const response = await (await caches.open(pages)).match(address);
  if (!response) return null;
  const copy = { address, at: timeOf(response), response };
  return isOver(copy) ? null : copy;
}

/** Newest first. */
export async function allCopies(): Promise<Copy[]> {
  const cache = await caches.open(pages);
  const found = (await cache.keys()).map(async ({ url }) => {
    const { pathname, search } = new URL(url);
    const response = await cache.match(url);
    return response && { address: pathname + search, at: timeOf(response), response };
  });
  const copies = (await Promise.all(found)).filter((copy) => copy !== undefined);
  return copies.sort((a, b) => b.at - a.at);
}

/** Keeps what was fetched if it is a page; what is gone from the server goes here too. The oldest make room. */
export async function keepCopy(address: string, response: Response): Promise<void> {
  if (response.status === 404 || response.status === 410) return dropCopy(address);
  if (!isWorthKeeping(response)) return;
  const headers = new Headers(response.headers);
  headers.set(copiedAt, String(Date.now()));
  // The body arrives unpacked.
  headers.delete('Content-Encoding');
  headers.delete('Content-Length');
  const cache = await caches.open(pages);
  try {
    await cache.put(address, new Response(await response.text(), { headers }));
  } catch (error) {
    // The device has no room. Half of the copies make some for what is opened next.
    console.warn(error);
    await trim(mostCopies / 2);
    return;
  }
  await trim(mostCopies);
}

export async function dropCopy(address: string): Promise<void> {
  await (await caches.open(pages)).delete(address);
}

/** Not what a server answered that could not reach its store: it may be older than it says. */
const isWorthKeeping = ({ ok, status, redirected, headers }: Response): boolean =>
  ok &&
  status === 200 &&
  !redirected &&
  !headers.has('Cache-Status') &&
  !/no-store/.test(headers.get('Cache-Control') ?? '');

async function trim(most: number): Promise<void> {
  const copies = await allCopies();
  const leaving = copies.filter((copy, index) => index >= most || isOver(copy));
  await Promise.all(leaving.map(({ address }) => dropCopy(address)));
}

const isOver = ({ at }: Copy): boolean => Date.now() - at > longestMs;
const timeOf = ({ headers }: Response): number => Number(headers.get(copiedAt));
