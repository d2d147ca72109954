import { createHmac, randomBytes } from 'node:crypto';

const mark = 'whsec_';

export const newSecret = (): string => mark + randomBytes(24).toString('base64');

/** As Standard Webhooks has it: one `v1` signature for each secret, so that receivers can change theirs without a gap. */
export function signed(id: string, timestamp: number, body: string, secrets: readonly string[]): string {
  const sign = (secret: string): string =>
    createHmac('sha256', Buffer.from(secret.slice(mark.length), 'base64'))
      .update(`${id}.${timestamp}.${body}`)
      .digest('base64');
  return secrets.map((secret) => `v1,${sign(secret)}`).join(' ');
}

/** As WebSub has it. */
export const hubSignature = (secret: string, body: string): string =>
  `sha256=${createHmac('sha256', secret).update(body).digest('hex')}`;
