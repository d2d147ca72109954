import type { RawAnswer } from '../http/raw.ts';

/** What the checklist of oEmbed (OE02–OE06) finds wrong with an answer about an address of ours. */
export function checkOembed(answer: RawAnswer, { origin, address }: { origin: string; address: string }): string[] {
  const faults: string[] = [];
  const must = (holds: boolean, fault: string): void => {
    if (!holds) faults.push(fault);
  };
  must(answer.status === 200, `OE02: ${answer.status}`);
  must(
    String(answer.headers['content-type']).startsWith('application/json'),
    `OE03: ${answer.headers['content-type']}`,
  );
  must(answer.headers['set-cookie'] === undefined, 'OE05: cookie');
  const { version, type, html, width, height, ...more } = JSON.parse(answer.body.toString());
  must(version === '1.0' && type === 'rich' && Number.isInteger(width) && Number.isInteger(height), 'OE03: fields');
  for (const name of ['title', 'author_name', 'provider_name', 'provider_url', 'cache_age'])
    must(Boolean(more[name]), `OE04: ${name}`);
  const [, src = ''] = /<iframe src="([^"]+)"/.exec(html) ?? [];
  must(src.startsWith(`${origin}/embed/`), `OE06: frame of ${src}`);
  must(html.includes(`<a href="${address}">`), 'OE05: link');
  must(!/<script|\son\w+=|style=/.test(html), 'OE05: active content');
  must(/marginwidth="0" marginheight="0"/.test(html), 'OE05: margins');
  return faults;
}
