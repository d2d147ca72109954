import type { Test } from 'supertest';
import { invitationsOn } from '../../../server/newsroom/people/set-up-link.ts';
import type { NewInvitation } from '../../../shared/people.ts';
import { fromPage } from '../../support/people.ts';
import { admin } from '../../support/spine.ts';
import type { Site } from '../support.ts';

export const password = 'four plain grey words';
export const api = '/api/v1';

/** A browser at a page of the newsroom: it keeps its cookies. */
export class Browser {
  readonly site: Site;
  readonly #address: string;
  readonly cookies = new Map<string, string>();
  /** All `Set-Cookie` of the last answer. */
  set: string[] = [];

  /** `address`: where it calls from, as our own proxy tells. */
  constructor(site: Site, address = '192.0.2.1') {
    this.site = site;
    this.#address = address;
  }

  ask(
    method: 'get' | 'post' | 'put' | 'patch' | 'delete',
    path: string,
    body?: object,
    headers: Record<string, string> = {},
  ): Test {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const asked = this.site.request[method](api + path)
      .set(fromPage(this.site.url, null))
      .set('X-Forwarded-For', this.#address)
      .set(headers);
    if (cookie !== '') asked.set('Cookie', cookie);
    asked.on('response', (res) => {
      this.set = [res.headers['set-cookie'] ?? []].flat() as string[];
      for (const line of this.set) {
        const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=');
        if (value === '') this.cookies.delete(name);
        else this.cookies.set(name, value);
      }
    });
    return body === undefined ? asked : asked.send(body);
  }

  signIn(email: string, more: object = {}): Test {
    return this.ask('post', '/session', { email, password, ...more });
  }

  /** Makes an account by an invitation and is signed in with it. */
  async join(name: string, input: Partial<NewInvitation> = {}): Promise<{ id: string; email: string }> {
    const { people, clock } = this.site.spine;
    const made = await invitationsOn(people, clock.now).create(admin, { role: 'admin', days: 7, ...input });
    const token = made.path.split('/').at(-1);
    const email = `${name}@example.org`;
    const answer = await this.ask('post', '/invitations/accept', { token, name, email, password }).expect(201);
    return { id: answer.body.person.id, email };
  }
}
