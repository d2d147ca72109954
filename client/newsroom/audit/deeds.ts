import type { Audited, auditAreas } from '../../../shared/audit.ts';

export const areaNames: Record<(typeof auditAreas)[number], string> = {
  session: 'Sign-ins',
  account: 'Own accounts',
  person: 'Roles and access',
  invitation: 'Invitations',
  token: 'Tokens',
  rules: 'Rules for people',
  timeline: 'Timelines and imports',
  settings: 'Settings',
  summary: 'Summaries',
  update: 'Updates',
  draft: 'Drafts',
  webhook: 'Webhooks',
};

const words: Record<string, string> = {
  'session.begin': 'Signed in with',
  'session.refuse': 'Sign-in refused:',
  'session.end': 'Signed out',
  'session.end-all': 'Signed out everywhere',
  'account.create': 'Made the account',
  'account.rename': 'Renamed their account',
  'account.password': 'Changed the password of',
  'account.second-factor-on': 'Switched the second factor on',
  'account.second-factor-off': 'Took the second factor away',
  'account.recovery-codes': 'Made new recovery codes',
  'account.reset': 'Set a new password by a link:',
  'person.role': 'Changed the role of',
  'person.timelines': 'Changed the timelines of',
  'person.rename': 'Renamed',
  'person.disable': 'Shut out',
  'person.enable': 'Let in again',
  'invitation.create': 'Made a link for',
  'invitation.withdraw': 'Withdrew the link for',
  'token.create': 'Made the token',
  'token.delete': 'Took away the token',
  'rules.revise': 'Changed the',
  'timeline.create': 'Began the timeline',
  'timeline.revise': 'Revised the timeline',
  'timeline.delete': 'Deleted the timeline',
  'timeline.import': 'Imported into',
  'settings.revise': 'Changed the',
  'summary.revise': 'Wrote the summary of',
  'update.publish': 'Published',
  'update.draft': 'Began the draft',
  'update.schedule': 'Scheduled',
  'update.submit': 'Handed in',
  'update.send-back': 'Sent back',
  'update.revise': 'Revised',
  'update.correct': 'Corrected',
  'update.retract': 'Retracted',
  'update.remove': 'Took down',
  'draft.discard': 'Threw away the draft',
  'webhook.create': 'Made the webhook',
  'webhook.revise': 'Changed the webhook',
  'webhook.rotate': 'Gave a new secret to the webhook',
  'webhook.test': 'Tried the webhook',
  'webhook.resend': 'Sent a change once more to the webhook',
  'webhook.disable': 'Disabled the webhook',
  'webhook.delete': 'Deleted the webhook',
};

/** What a later version writes is shown as it is. */
export const inWords = (action: string): string => words[action] ?? action;

/** Whoever is no person has a name here. */
export const nameOfActor = ({ actor, actorName }: Audited): string => actorName ?? actor;
