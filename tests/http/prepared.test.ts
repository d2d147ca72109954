import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import supertest from 'supertest';
import { Prepared, type Source } from '../../server/http/prepared.ts';
import type { Content } from '../../server/http/representation.ts';
import { StoreUnavailable } from '../../server/store/store.ts';
import { ok, type Result, refuse } from '../../shared/result.ts';

/** Something to ask for whose version and making a test moves by hand. */
class Subject implements Source {
  key = '/x';
  timeline: string | null = 'gaza';
  now = 'v1';
  begun = 0;
  readonly #waiting: ((made: Result<Content> | Error) => void)[] = [];

  version = (): string => this.now;

  build = (): Promise<Result<Content>> => {
    this.begun += 1;
    return new Promise((resolve, reject) => {
      this.#waiting.push((made) => (made instanceof Error ? reject(made) : resolve(made)));
    });
  };

  /** Ends the oldest making that is under way. */
  async finish(made: string | Result<Content> | Error): Promise<void> {
    this.#waiting.shift()?.(typeof made === 'string' ? ok(content(made)) : made);
    await settled();
  }
}

const content = (body: string): Content => ({ type: 'text/plain', body, cacheControl: 'public', headers: {} });
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

let server: Server;
let handle: (req: IncomingMessage, res: ServerResponse) => void;
let prepared: Prepared;
let subject: Subject;

beforeEach(async () => {
  prepared = new Prepared({ memoryBytes: 1_000_000 });
  subject = new Subject();
  server = createServer((req, res) => handle(req, res));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

/** Asks once; resolves to how it was answered: from memory, or made, or the problem’s code. */
async function ask(source: Source = subject, stale = false): Promise<string> {
  let how = '';
  handle = async (req, res) => {
    try {
      if (prepared.hit(source, req, res)) how = 'ready';
      else if (stale) how = (await prepared.answerStale(source, req, res)) ? 'stale' : 'nothing';
      else how = (await prepared.answer(source, req, res))?.code ?? 'made';
    } catch (error) {
      how = error instanceof Error ? error.name : 'thrown';
    }
    if (!res.writableEnded) res.end();
  };
  const { text } = await supertest(server).get('/');
  return `${how} ${text}`.trim();
}

async function begun(times: number): Promise<void> {
  while (subject.begun < times) await settled();
}

describe('prepared answers', () => {
  test('HTTP13 what was made is ready until its version goes, and not a moment longer', async () => {
    const first = ask();
    await begun(1);
    await subject.finish('one');
    expect(await first).toBe('made one');
    expect(await ask()).toBe('ready one');
    subject.now = 'v2';
    const second = ask();
    await begun(2);
    await subject.finish('two');
    expect(await second).toBe('made two');
    expect(await ask()).toBe('ready two');
  });

  test('HTTP14 what was being made when a change came is made again, and is not kept', async () => {
    const asked = ask();
    await begun(1);
    subject.now = 'v2';
    await subject.finish('of version 1');
    await begun(2);
    await subject.finish('of version 2');
    expect(await asked).toBe('made of version 2');
    expect(await ask()).toBe('ready of version 2');
  });

  test('HTTP14 who asks after a change does not get what was begun before it', async () => {
    const early = ask();
    await begun(1);
    subject.now = 'v2';
    const late = prepared.isUnderWay(subject);
    expect(late).toBe(false);
    await subject.finish('of version 1');
    await begun(2);
    expect(prepared.isUnderWay(subject)).toBe(true);
    await subject.finish('of version 2');
    expect(await early).toBe('made of version 2');
  });

  test('HTTP14 under changes without pause an answer comes all the same, and none passes for the present one', async () => {
    const asked = ask();
    for (let i = 1; i <= 3; i++) {
      await begun(i);
      subject.now = `v${i + 1}`;
      await subject.finish(`try ${i}`);
    }
    expect(await asked).toBe('made try 3');
    const next = ask();
    await begun(4);
    await subject.finish('new');
    expect(await next).toBe('made new');
  });

  test('HTTP15 who asks at once shares one making', async () => {
    const answers: string[] = [];
    handle = async (req, res) => {
      await prepared.answer(subject, req, res);
    };
    const all = Array.from({ length: 20 }, () =>
      supertest(server)
        .get('/')
        .then(({ text }) => answers.push(text)),
    );
    await begun(1);
    while ((await connections()) < 20) await settled();
    await subject.finish('shared');
    await Promise.all(all);
    expect(answers).toEqual(Array(20).fill('shared'));
    expect(subject.begun).toBe(1);
  });

  test('HTTP17 the last version is there while no new one can be made', async () => {
    const first = ask();
    await begun(1);
    await subject.finish('one');
    await first;
    subject.now = 'v2';
    const failed = ask();
    await begun(2);
    await subject.finish(new StoreUnavailable('away'));
    expect(await failed).toBe('StoreUnavailable');
    expect(await ask(subject, true)).toBe('stale one');
  });

  test('HTTP17 under changes without pause the last one made is there for then', async () => {
    const asked = ask();
    for (let i = 1; i <= 3; i++) {
      await begun(i);
      subject.now = `v${i + 1}`;
      await subject.finish(`try ${i}`);
    }
    await asked;
    expect(await ask(subject, true)).toBe('stale try 3');
  });

  test('HTTP18 what was forgotten while it was made is not there for then', async () => {
    const asked = ask();
    for (let i = 1; i <= 3; i++) {
      await begun(i);
      subject.now = `v${i + 1}`;
      prepared.forget('gaza');
      await subject.finish(`try ${i}`);
    }
    await asked;
    expect(await ask(subject, true)).toBe('nothing');
  });

  test('HTTP18 what is forgotten is not shown again, even then', async () => {
    for (const timeline of ['gaza', null]) {
      const source = Object.assign(new Subject(), { key: `/${timeline}`, timeline });
      const first = ask(source);
      while (source.begun < 1) await settled();
      await source.finish('text');
      await first;
      prepared.forget('kyiv');
      expect(await ask(source, true)).toBe(timeline === null ? 'nothing' : 'ready text');
      prepared.forget('gaza');
      expect(await ask(source, true)).toBe('nothing');
    }
  });

  test('HTTP19 refusals are not kept', async () => {
    for (let i = 1; i <= 2; i++) {
      const asked = ask();
      await begun(i);
      await subject.finish(refuse('not-found', 'No.'));
      expect(await asked).toBe('not-found');
    }
  });

  test('HTTP19 the oldest go when the memory is full, and one too large for it is answered all the same', async () => {
    prepared = new Prepared({ memoryBytes: 50_000 });
    const answerOf = async (key: string, size: number): Promise<string> => {
      const source = Object.assign(new Subject(), { key, build: async () => ok(content('x'.repeat(size))) });
      return (await ask(source)).split(' ')[0] ?? '';
    };
    for (const key of ['/a', '/b', '/c']) expect(await answerOf(key, 10_000)).toBe('made');
    expect(await answerOf('/c', 10_000)).toBe('ready');
    expect(await answerOf('/a', 10_000)).toBe('made');
    for (let i = 0; i < 2; i++) expect(await answerOf('/large', 100_000)).toBe('made');
  });
});

const connections = (): Promise<number> =>
  new Promise((resolve) => server.getConnections((_error, count) => resolve(count)));
