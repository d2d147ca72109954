import { afterEach } from '@jest/globals';
import { Deliverer } from '../../server/delivery/deliverer.ts';
import { Sender, type SenderParts } from '../../server/delivery/sender.ts';
import type { NewWebhook, Webhook, WebhookMade } from '../../shared/webhook.ts';
import { api, type Site, startSite } from '../http/support.ts';
import { development, editor, expectOk, silent } from '../support/spine.ts';

export const webhooks = `${api}/gaza/webhooks`;

/** Looks and sends when it is told to, without chance. */
export function delivererOn({ spine, app }: Site, sender = new Sender({ allowsPrivate: true })): Deliverer {
  const { store, hooks, live, clock } = spine;
  const { feedBody } = app;
  return new Deliverer({ store, hooks, live, sender, feedBody, clock: clock.now, random: () => 1, log: silent });
}

/** A site and what delivers for it: looks and sends when the test says so, with the test’s clock and without chance. */
export class Delivering {
  readonly site: Site;
  readonly sender: Sender;
  readonly deliverer: Deliverer;
  readonly editor: Record<string, string>;

  private constructor(site: Site, sender: Sender, auth: Record<string, string>) {
    this.site = site;
    this.sender = sender;
    this.editor = auth;
    this.deliverer = this.another();
  }

  static async start(parts: Partial<SenderParts> = {}): Promise<Delivering> {
    const sender = new Sender({ allowsPrivate: true, deadlineMs: 400, ...parts });
    const site = await startSite({ sender });
    return new Delivering(site, sender, await site.as({ role: 'editor' }));
  }

  /** Of another node. */
  another(sender = this.sender): Deliverer {
    return delivererOn(this.site, sender);
  }

  /** One look, and all that comes of it. */
  async deliver(): Promise<void> {
    await this.deliverer.look();
    await this.deliverer.settled();
  }

  wait(ms: number): void {
    this.site.spine.clock.ms += ms;
  }

  async webhook(input: Partial<NewWebhook> & { url: string }): Promise<WebhookMade> {
    const { body } = await this.site.request
      .post(webhooks)
      .set(this.editor)
      .send({ name: 'Partner', ...input })
      .expect(201);
    return body;
  }

  async read({ id }: { id: string }): Promise<Webhook> {
    const { body } = await this.site.request.get(`${webhooks}/${id}`).set(this.editor).expect(200);
    return body;
  }

  async publish(more: object = {}): Promise<string> {
    this.wait(1_000);
    return expectOk(await this.site.spine.desk.publish(editor, 'gaza', development(more))).update.id;
  }
}

/** For suites whose tests must not see each other’s changes. */
export function delivering(usual: Partial<SenderParts> = {}): (parts?: Partial<SenderParts>) => Promise<Delivering> {
  const started: Delivering[] = [];
  afterEach(async () => {
    for (const one of started.splice(0)) {
      await one.deliverer.stop();
      await one.site.end();
    }
  });
  return async (parts = {}) => {
    const one = await Delivering.start({ ...usual, ...parts });
    started.push(one);
    return one;
  };
}
