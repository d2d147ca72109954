import { limits } from '../../shared/limits.ts';
import { development } from '../support/spine.ts';
import type { Attack } from './html-attack.ts';

const api = '/api/v1/timelines';

/** Answers with everything that was written so far, opened as a reader would open a page. */
export async function attackAnswers(attack: Attack): Promise<void> {
  const { guarded, unguarded, stage } = attack;
  const { epoch } = stage.spine.live.timeline('gaza')?.position ?? {};
  const paths = [
    api,
    `${api}/gaza`,
    `${api}/gaza/days`,
    `${api}/gaza/days/2?limit=1000`,
    `${api}/gaza/changes?since=${epoch}:0`,
    `${api}/%3Cscript%3Ealert(1)%3C%2Fscript%3E`,
    `${api}/gaza/changes?since=%3Cscript%3Ealert(1)%3C%2Fscript%3E`,
    '/api/v1/openapi.json',
    '/healthz',
    '/readyz',
    '/metrics',
    '/robots.txt',
  ];
  for (const watched of [guarded, unguarded]) {
    for (const path of paths) {
      await watched.page.goto(stage.site.url + path);
      await inspectAnswer(attack, watched.page, path);
    }
  }
  await inspectDownload(attack);
  await inspectStream(attack, `${epoch}:0`);
}

/** A browser shows what is no page in a `pre` of its own making, with nothing else in it. */
async function inspectAnswer({ guarded }: Attack, page: Attack['guarded']['page'], path: string): Promise<void> {
  const { type, elements, told } = await page.evaluate(() => ({
    type: document.contentType,
    elements: [...document.body.querySelectorAll('*:not(pre):not(.json-formatter-container)')].map(
      ({ localName }) => localName,
    ),
    told: (window as unknown as { told?: string[] }).told ?? [],
  }));
  if (!/^(application\/(problem\+)?json|text\/plain)$/.test(type))
    guarded.findings.push(`${path} is taken for ${type}`);
  for (const what of [...elements, ...told]) guarded.findings.push(`${path}: ${what}`);
}

async function inspectDownload({ guarded, newsroom }: Attack): Promise<void> {
  const { headers } = await newsroom.ask('GET', `${api}/gaza/export.ndjson`);
  const { 'content-disposition': disposition = '', 'content-type': type, 'x-content-type-options': sniffing } = headers;
  if (
    !String(disposition).startsWith('attachment;') ||
    type !== 'application/x-ndjson; charset=utf-8' ||
    sniffing !== 'nosniff'
  )
    guarded.findings.push(`the export is ${disposition} ${type} ${sniffing}`);
}

/** Server-Sent Events with every payload so far, to a page of another origin’s making: all of it is data. */
async function inspectStream({ guarded, stage }: Attack, since: string): Promise<void> {
  await guarded.visit('/gaza/days');
  const heard = await guarded.page.evaluate(
    (address) =>
      new Promise<number>((resolve, reject) => {
        const source = new EventSource(address);
        let changes = 0;
        source.addEventListener('change', ({ data }) => {
          JSON.parse(data as string);
          changes += 1;
        });
        source.addEventListener('head', () => {
          if (changes === 0) return;
          source.close();
          resolve(changes);
        });
        source.addEventListener('reset', () => {
          source.close();
          resolve(-1);
        });
        source.addEventListener('error', () => reject(new Error('the stream broke')));
      }),
    `${stage.site.url}${api}/gaza/stream?since=${since}`,
  );
  if (heard === 0) guarded.findings.push('the stream said nothing');
  await guarded.inspect();
}

export async function attackByTokens({ newsroom, guarded, stage }: Attack, payloads: readonly string[]): Promise<void> {
  for (const payload of payloads) {
    const name = payload.slice(0, limits.shortTextCharacters).trim() || 'x';
    await newsroom.write('POST', '/api/v1/tokens', { name, role: 'reporter' });
  }
  await guarded.page.setExtraHTTPHeaders(stage.site.admin);
  await guarded.page.goto(`${stage.site.url}/api/v1/tokens`);
  await inspectAnswer({ guarded } as Attack, guarded.page, '/api/v1/tokens');
}

/** A key is taken and means the same again, or is refused: it is kept nowhere that anybody sees. */
export async function attackByKeys({ newsroom, guarded }: Attack, payloads: readonly string[]): Promise<void> {
  const seen = new Set<string>();
  for (const payload of payloads) {
    const key = payload.replace(/[^\x20-\x7e]/g, '').trim();
    if (key === '' || seen.has(key)) continue;
    seen.add(key);
    const send = () => newsroom.ask('POST', `${api}/gaza/updates`, development(), { 'Idempotency-Key': key });
    const [first, again] = [await send(), await send()];
    const expected = key.length <= limits.idempotencyKeyCharacters ? [201, 200] : [422, 422];
    if (first.status !== expected[0] || again.status !== expected[1])
      guarded.findings.push(`the key ${key} was answered ${first.status}, then ${again.status}`);
    if (first.status === 201 && (again.body as { id: string }).id !== (first.body as { id: string }).id)
      guarded.findings.push(`the key ${key} made two updates`);
  }
}
