import { Sender } from '../../server/delivery/sender.ts';
import type { Actor } from '../../server/domain/actor.ts';
import { operations } from '../../server/http/operations.ts';
import type { Route } from '../../server/http/routes.ts';
import { invitationsOn } from '../../server/newsroom/people/set-up-link.ts';
import { issueToken } from '../../server/newsroom/tokens.ts';
import { WebhookDesk } from '../../server/newsroom/webhooks/webhook-desk.ts';
import type { StoredAccount } from '../../server/store/people-store.ts';
import type { NewUpdate, Update } from '../../shared/update.ts';
import { newWebhookSchema } from '../../shared/webhook.ts';
import type { Site } from '../http/support.ts';
import { signedIn } from '../support/people.ts';
import { admin, development, expectOk, gaza } from '../support/spine.ts';
import type { Caller } from './callers.ts';

/** One request of a row of docs/authority.md, made anew for each caller. */
export interface Asking {
  path: string;
  headers?: Record<string, string>;
  body?: object | string;
}

type Making = (site: Site, caller: Caller) => Promise<Asking> | Asking;

const revision = (number: number) => ({ 'If-Match': `"${number}"` });

/** Whoever he is, he has written this: what the test is about is what he may do with it. */
const authorOf = (caller: Caller): Actor => ({ id: caller.id, name: caller.name, role: 'admin', timelines: null });
const somebodyElse: Actor = { id: 'somebody-else', name: 'Somebody else', role: 'admin', timelines: null };

async function written(site: Site, by: Actor, more: Partial<NewUpdate> = {}, slug = 'gaza'): Promise<Update> {
  return expectOk(await site.spine.desk.publish(by, slug, development(more))).update;
}

async function removed(site: Site, by: Actor): Promise<Update> {
  const update = await written(site, by);
  expectOk(await site.spine.desk.remove(by, 'gaza', update.id, 'x'));
  return update;
}

const objects: Record<string, (site: Site, caller: Caller) => Promise<Update>> = {
  own: (site, caller) => written(site, authorOf(caller)),
  'another’s': (site) => written(site, somebodyElse),
  'own draft': (site, caller) => written(site, authorOf(caller), { status: 'draft' }),
  'another’s draft': (site) => written(site, somebodyElse, { status: 'draft' }),
  'of another timeline': (site, caller) => written(site, authorOf(caller), {}, 'kyiv'),
  'draft of another timeline': (site, caller) => written(site, authorOf(caller), { status: 'draft' }, 'kyiv'),
  'own, taken down': (site, caller) => removed(site, authorOf(caller)),
};

/** Rows about an update: each object that the row names, asked for in the same way. */
const forEach = (names: readonly string[], asking: (id: string) => Asking, what = ''): Record<string, Making> =>
  Object.fromEntries(
    names.map((name) => [
      [name, what].filter(Boolean).join(': '),
      async (site: Site, caller: Caller) => asking((await objects[name]?.(site, caller))?.id ?? ''),
    ]),
  );

async function repliedTo(site: Site, slug: string): Promise<string> {
  const { id: update } = await written(site, somebodyElse, {}, slug);
  const id = `${update}-1`;
  const { replies, clock } = site.spine;
  await replies.receive(
    {
      id,
      timeline: slug,
      update,
      kind: 'reply',
      category: null,
      name: 'A reader',
      email: 'reader@example.org',
      text: 'Some text',
      at: new Date(clock.ms).toISOString(),
      status: 'pending',
      suspicions: [],
      decidedAt: null,
      revision: null,
      sender: [],
    },
    'a fingerprint',
  );
  return id;
}

const forEachReply = (asking: (id: string) => Asking): Record<string, Making> => ({
  '': async (site) => asking(await repliedTo(site, 'gaza')),
  'of another timeline': async (site) => asking(await repliedTo(site, 'kyiv')),
});

const updates = '/api/v1/timelines/gaza/updates';
const every = Object.keys(objects);
const readable = ['own', 'own draft', 'of another timeline', 'own, taken down'];
const change = (id: string, body: object): Asking => ({ path: `${updates}/${id}`, headers: revision(1), body });

const settingsChange = (body: object): Asking => ({
  path: '/api/v1/timelines/gaza/settings',
  headers: revision(0),
  body,
});

const somebody = async ({ spine, url }: Site): Promise<StoredAccount> =>
  (await signedIn(spine.people, spine.clock.now, url, { role: 'reporter' })).account;

/** There is one for all: a timeline has room for few. */
async function hooked({ spine, url }: Site, slug: string): Promise<string> {
  const { hooks, live, clock } = spine;
  const [found] = (await hooks.hooks(slug)).filter(({ kind }) => kind === 'webhook');
  if (found) return found.id;
  const desk = new WebhookDesk({ hooks, live, sender: new Sender({ allowsPrivate: true }), clock: clock.now });
  const input = newWebhookSchema.parse({ name: 'x', url: nobodyListens });
  return expectOk(await desk.create(admin, slug, input, url)).id;
}

const nobodyListens = 'http://127.0.0.1:9/';

const forEachHook = (asking: (path: string) => Asking): Record<string, Making> => ({
  '': async (site) => asking(`${hooksPath}/${await hooked(site, 'gaza')}`),
  'of another timeline': async (site) => asking(`${hooksPath}/${await hooked(site, 'kyiv')}`),
});

const hooksPath = '/api/v1/timelines/gaza/webhooks';

const subscription = (topic: string): Asking => ({
  path: '/websub',
  headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
  body: String(new URLSearchParams({ 'hub.mode': 'subscribe', 'hub.topic': topic, 'hub.callback': nobodyListens })),
});

let made = 0;
const cases: Record<string, Record<string, Making>> = {
  'POST /api/v1/timelines': {
    '': () => ({ path: '/api/v1/timelines', body: { ...gaza, slug: `made-${++made}` } }),
  },
  'PATCH /api/v1/timelines/:slug': {
    '': ({ spine }) => ({
      path: '/api/v1/timelines/gaza',
      headers: revision(spine.live.timeline('gaza')?.record.revision ?? 0),
      body: { description: `Described ${++made} times` },
    }),
  },
  'PUT /api/v1/timelines/:slug/days/:day/summary': {
    '': () => ({
      path: `/api/v1/timelines/gaza/days/${++made}/summary`,
      headers: revision(0),
      body: { sections: [{ heading: null, points: [{ text: 'A point', updates: [] }] }] },
    }),
  },
  'POST /api/v1/timelines/:slug/updates': {
    publish: () => ({ path: updates, body: development() }),
    'keep a draft': () => ({ path: updates, body: development({ status: 'draft' }) }),
    schedule: () => ({ path: updates, body: development({ publishAt: '2026-11-24T00:00:00Z' }) }),
    pin: () => ({ path: updates, body: development({ pinned: true }) }),
  },
  'GET /api/v1/timelines/:slug/updates/:id': forEach(every, (id) => ({ path: `${updates}/${id}` })),
  'PATCH /api/v1/timelines/:slug/updates/:id': {
    ...forEach(every, (id) => change(id, { headline: 'New' }), 'text'),
    ...forEach(['own draft', 'another’s draft'], (id) => change(id, { status: 'published' }), 'publish'),
    ...forEach(['own', 'another’s'], (id) => change(id, { correction: 'It was otherwise.' }), 'correct'),
    ...forEach(['own', 'another’s'], (id) => change(id, { pinned: true }), 'pin'),
    ...forEach(['own', 'another’s'], (id) => change(id, { status: 'retracted', reason: 'x' }), 'retract'),
  },
  'DELETE /api/v1/timelines/:slug/updates/:id': forEach(every, (id) => ({
    path: `${updates}/${id}`,
    body: { reason: 'x' },
  })),
  'GET /api/v1/timelines/:slug/updates/:id/revisions': forEach(readable, (id) => ({
    path: `${updates}/${id}/revisions`,
  })),
  'GET /:slug/day/:day/map': {
    '': async (site) => {
      await written(site, somebodyElse, { place: { name: 'Rafah', latitude: 31.29, longitude: 34.25 } });
      return { path: '/gaza/day/124/map' };
    },
  },
  'GET /:slug/updates/:id': forEach(readable, (id) => ({ path: `/gaza/updates/${id}` })),
  'GET /:slug/updates/:id/card.png': forEach(readable, (id) => ({ path: `/gaza/updates/${id}/card.png` })),
  'POST /api/v1/timelines/:slug/images': {
    'without a file': () => ({
      path: '/api/v1/timelines/gaza/images',
      headers: { 'Content-Type': 'multipart/form-data; boundary=x' },
      body: '--x--\r\n',
    }),
  },
  'POST /api/v1/timelines/:slug/subscriptions': {
    nothing: () => ({ path: '/api/v1/timelines/gaza/subscriptions', body: {} }),
  },
  'DELETE /api/v1/timelines/:slug/subscriptions/:id': {
    unknown: () => ({ path: '/api/v1/timelines/gaza/subscriptions/none' }),
  },
  'GET /media/:slug/:id/:file': { unknown: () => ({ path: `/media/gaza/${'0'.repeat(20)}/640.webp` }) },
  'POST /api/v1/timelines/:slug/import': {
    '': () => ({
      path: '/api/v1/timelines/gaza/import',
      headers: { 'Content-Type': 'application/x-ndjson' },
      body: `${JSON.stringify(development())}\n`,
    }),
  },
  'GET /api/v1/timelines/:slug/settings': { '': () => ({ path: '/api/v1/timelines/gaza/settings' }) },
  'PATCH /api/v1/timelines/:slug/settings': {
    hold: () => settingsChange({ hold: false }),
    'another rule': () => settingsChange({ approval: false }),
  },
  'DELETE /api/v1/timelines/:slug/drafts/:id': forEach(every, (id) => ({
    path: `/api/v1/timelines/gaza/drafts/${id}`,
  })),
  'GET /api/v1/timelines/:slug/updates/:id/staff': forEach(readable, (id) => ({ path: `${updates}/${id}/staff` })),
  'POST /api/v1/timelines/:slug/updates/:id/send-back': forEach(['own draft', 'of another timeline'], (id) => ({
    path: `${updates}/${id}/send-back`,
    headers: revision(1),
    body: { note: 'Who says so?' },
  })),
  'GET /api/v1/timelines/:slug/updates/:id/replies': forEach(readable, (id) => ({ path: `${updates}/${id}/replies` })),
  'POST /api/v1/timelines/:slug/updates/:id/replies': forEach(readable, (id) => ({
    path: `${updates}/${id}/replies`,
    body: { name: 'A reader', email: 'reader@example.org', text: `Reply ${++made}` },
  })),
  'POST /api/v1/timelines/:slug/updates/:id/reports': forEach(readable, (id) => ({
    path: `${updates}/${id}/reports`,
    body: { category: 'fact', text: `Report ${++made}` },
  })),
  'GET /:slug/updates/:id/replies': { '': () => ({ path: '/gaza/updates/x/replies' }) },
  'GET /:slug/updates/:id/reports': { '': () => ({ path: '/gaza/updates/x/reports' }) },
  'POST /:slug/updates/:id/replies': forEach(readable, (id) => ({
    path: `/gaza/updates/${id}/replies`,
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: `name=A+reader&email=reader%40example.org&text=Reply+${++made}`,
  })),
  'POST /:slug/updates/:id/reports': forEach(readable, (id) => ({
    path: `/gaza/updates/${id}/reports`,
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: `category=fact&text=Report+${++made}`,
  })),
  'PATCH /api/v1/timelines/:slug/replies/:id': forEachReply((id) => ({
    path: `/api/v1/timelines/gaza/replies/${id}`,
    body: { status: 'rejected' },
  })),
  'DELETE /api/v1/timelines/:slug/replies/:id': forEachReply((id) => ({
    path: `/api/v1/timelines/gaza/replies/${id}`,
  })),
  'PATCH /api/v1/people/rules': {
    '': async ({ spine }) => ({
      path: '/api/v1/people/rules',
      headers: revision((await spine.people.rules()).revision),
      body: { secondFactorRequired: false },
    }),
  },
  'PATCH /api/v1/people/:id': {
    '': async (site) => ({
      path: `/api/v1/people/${(await somebody(site)).id}`,
      headers: revision(1),
      body: { role: 'editor' },
    }),
  },
  'POST /api/v1/people/:id/reset': {
    '': async (site) => ({ path: `/api/v1/people/${(await somebody(site)).id}/reset` }),
  },
  'POST /api/v1/invitations': { '': () => ({ path: '/api/v1/invitations', body: { role: 'admin' } }) },
  'DELETE /api/v1/invitations/:id': {
    '': async ({ spine }) => {
      const { id } = await invitationsOn(spine.people, spine.clock.now).create(admin, { role: 'reporter', days: 1 });
      return { path: `/api/v1/invitations/${id}` };
    },
  },
  'POST /api/v1/timelines/:slug/staff/updates': {
    '': () => ({
      path: '/api/v1/timelines/gaza/staff/updates',
      body: { change: { kind: 'flag' }, updates: [{ id: 'none', revision: 1 }] },
    }),
  },
  'POST /api/v1/timelines/:slug/webhooks': {
    '': () => ({ path: hooksPath, body: { name: 'x', url: nobodyListens } }),
  },
  'GET /api/v1/timelines/:slug/webhooks/:id': forEachHook((path) => ({ path })),
  'PATCH /api/v1/timelines/:slug/webhooks/:id': forEachHook((path) => ({ path, body: { name: `x ${++made}` } })),
  'DELETE /api/v1/timelines/:slug/webhooks/:id': forEachHook((path) => ({ path })),
  'POST /api/v1/timelines/:slug/webhooks/:id/rotate': forEachHook((path) => ({ path: `${path}/rotate` })),
  'POST /api/v1/timelines/:slug/webhooks/:id/test': forEachHook((path) => ({ path: `${path}/test` })),
  'POST /api/v1/timelines/:slug/webhooks/:id/resend': forEachHook((path) => ({
    path: `${path}/resend`,
    body: { seq: 1 },
  })),
  'POST /websub': {
    'a feed of ours': ({ url }) => subscription(`${url}/gaza/feed.atom`),
    'another address': () => subscription('https://elsewhere.example/feed.atom'),
  },
  'POST /api/v1/tokens': { '': () => ({ path: '/api/v1/tokens', body: { name: 'x', role: 'admin' } }) },
  'DELETE /api/v1/tokens/:id': {
    '': async ({ spine }) => {
      const { stored } = issueToken({ name: 'x', role: 'reporter', timelines: null }, spine.clock.ms);
      await spine.store.putToken(stored);
      return { path: `/api/v1/tokens/${stored.id}` };
    },
  },
};

/** What is read without an object of its own is read where something is. */
const addressOf = (path: string): string =>
  path.replace(':slug', 'gaza').replace(':day', '124').replace(':file', 'none.js').replace('*page', 'people');

/** What is for browsers with a session, or leads to one: it has a table of its own (authority-people.test.ts). */
export const isPersonal = ({ method, path }: Pick<Route, 'method' | 'path'>): boolean => {
  const operation = operations[`${method} ${path}`];
  return operation?.access !== undefined || operation?.kept === false;
};

/** Every row that there has to be: by `METHOD path`, then by what is asked for. A new route has to be put here. */
export function casesFor(routes: readonly Route[]): Map<string, Record<string, Making>> {
  return new Map(
    routes
      .filter((route) => !isPersonal(route))
      .map(({ method, path }) => {
        const name = `${method} ${path}`;
        const plain: Record<string, Making> = { '': () => ({ path: addressOf(path) }) };
        if (cases[name]) return [name, cases[name]];
        if (method !== 'GET' || path.includes(':id'))
          throw new Error(`${name} is in no row of tests/attacks/authority-cases.ts`);
        return [name, plain];
      }),
  );
}
