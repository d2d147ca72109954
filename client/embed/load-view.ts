import type { EmbedView } from '../../shared/embed.ts';

/** What is shown, as it stands now. What was taken down, and nothing else, leaves an empty view. */
export async function loadView(origin: string, slug: string, query: URLSearchParams): Promise<EmbedView> {
  const address = `${origin}/api/v1/timelines/${encodeURIComponent(slug)}/embed?${query}`;
  const response = await fetch(address, { cache: 'no-cache', credentials: 'omit' });
  if (!response.ok) throw new Error(`${address}: ${response.status}`);
  return (await response.json()) as EmbedView;
}
