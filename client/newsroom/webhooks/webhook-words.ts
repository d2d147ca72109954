import type { Delivery, NewWebhook, Webhook } from '../../../shared/webhook.ts';

type Format = Webhook['format'];
type Chosen = Pick<Webhook, 'events' | 'keyOnly'>;

export const formatNames: Record<Format, string> = {
  json: 'A program',
  slack: 'Slack',
  telegram: 'Telegram',
  mastodon: 'Mastodon',
};

/** What an address is in each form, and what stands in the field before anybody wrote there. */
export const addressOf: Record<Format, { label: string; hint: string; preset: string }> = {
  json: { label: 'Address', hint: 'Where the program listens: https://…', preset: '' },
  slack: {
    label: 'Address',
    hint: 'Of an “incoming webhook”: https://hooks.slack.com/services/… It is not shown again.',
    preset: '',
  },
  telegram: { label: 'Server', hint: 'Telegram’s own, unless you run one.', preset: 'https://api.telegram.org' },
  mastodon: { label: 'Server', hint: 'Where the account is: https://mastodon.social', preset: '' },
};

const changeWords: Record<Webhook['events'][number], string> = {
  'update.published': 'New update',
  'update.revised': 'Edit or correction',
  'update.retracted': 'Retraction',
  'update.removed': 'Takedown',
  'summary.revised': 'Summary',
  'timeline.revised': 'Timeline',
};
const otherWords: Record<string, string> = { 'timeline.reset': 'The record began anew', 'webhook.test': 'Test' };
const everything = Object.keys(changeWords) as Webhook['events'];

/** Which changes, as people choose them. */
export const choices: Record<string, { label: string; chosen: Chosen }> = {
  all: { label: 'Every change', chosen: { events: everything, keyOnly: false } },
  key: { label: 'Key developments and summaries', chosen: { events: everything, keyOnly: true } },
  published: { label: 'New updates alone', chosen: { events: ['update.published'], keyOnly: false } },
  summaries: { label: 'Summaries alone', chosen: { events: ['summary.revised'], keyOnly: false } },
};

/** Null: it was chosen in another way, over the interface. */
export function choiceOf({ events, keyOnly }: Chosen): string | null {
  const same = ({ chosen }: { chosen: Chosen }): boolean =>
    chosen.keyOnly === keyOnly &&
    chosen.events.length === events.length &&
    chosen.events.every((e) => events.includes(e));
  return Object.keys(choices).find((name) => choices[name] !== undefined && same(choices[name])) ?? null;
}

export const choiceWords = (hook: Chosen): string =>
  choices[choiceOf(hook) ?? '']?.label ?? hook.events.map(eventWords).join(', ');

export const eventWords = (event: string): string => ({ ...changeWords, ...otherWords })[event] ?? event;

/** What the network says, by its code: the code stays for whoever runs the other side. */
const networkWords: Record<string, string> = {
  ECONNREFUSED: 'nobody listens there',
  ECONNRESET: 'the connection broke off',
  ENOTFOUND: 'there is no such host',
  EAI_AGAIN: 'its name can’t be looked up now',
  EHOSTUNREACH: 'it can’t be reached',
  ENETUNREACH: 'it can’t be reached',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is one of its own',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
};

function faultWords(fault: string): string {
  const words = networkWords[fault];
  return words ? `${words} (${fault})` : fault;
}

export const outcomeWords = ({ delivered, status, fault }: Delivery): string =>
  delivered ? `Taken (${status})` : faultWords(fault ?? '');

/** How it stands, in a word. */
export function stateOf({ disabled, failures, deliveries }: Webhook): { word: string; look: string } {
  if (disabled) return { word: 'Disabled', look: 'danger' };
  const [last] = deliveries;
  if (failures > 0 || last?.delivered === false) return { word: 'Failing', look: 'warn' };
  return last === undefined ? { word: 'Nothing sent yet', look: '' } : { word: 'Working', look: 'good' };
}

export type Draft = Pick<NewWebhook, 'name' | 'url' | 'format'> & { token: string; recipient: string; choice: string };
