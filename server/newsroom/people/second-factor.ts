import { randomBytes, randomInt } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import type { Enrolment } from '../../../shared/people.ts';
import type { SecondFactor } from '../../store/people-store.ts';
import { hashOfToken } from '../tokens.ts';

/** RFC 6238 as all authenticators know it. A clock may be off by one step either way. */
const periodSeconds = 30;
const window = 1;
const recoveryCodeCount = 10;

export const newSecret = (): string => new Secret({ buffer: new Uint8Array(randomBytes(20)).buffer }).base32;

const totp = (secret: string, label = ''): TOTP =>
  new TOTP({
    issuer: 'Daymark',
    label,
    algorithm: 'SHA1',
    digits: 6,
    period: periodSeconds,
    secret: Secret.fromBase32(secret),
  });

export const enrolment = (secret: string, email: string): Enrolment => ({
  secret,
  uri: totp(secret, email).toString(),
});

/** The time step that a code belongs to; null where it belongs to none of the present ones. */
export function stepOf(secret: string, code: string, now: number): number | null {
  const token = code.replace(/\s/g, '');
  if (!/^\d{6}$/.test(token)) return null;
  const delta = totp(secret).validate({ token, timestamp: now, window });
  return delta === null ? null : Math.floor(now / 1_000 / periodSeconds) + delta;
}

/** The factor after `code` was used up: an authenticator’s, later than the last one taken, or a recovery code. null: it is neither. */
export function afterCode(factor: SecondFactor, code: string, now: number): SecondFactor | null {
  const step = stepOf(factor.secret, code, now);
  if (step !== null) return step > factor.usedStep ? { ...factor, usedStep: step } : null;
  const hash = recoveryHash(code);
  if (!factor.recoveryHashes.includes(hash)) return null;
  return { ...factor, recoveryHashes: factor.recoveryHashes.filter((one) => one !== hash) };
}

const letters = 'abcdefghjkmnpqrstuvwxyz23456789';

/** Ten codes of 123 bits each: a plain hash keeps such a one safe. */
export function newRecoveryCodes(): { codes: string[]; hashes: string[] } {
  const word = (): string => Array.from({ length: 5 }, () => letters[randomInt(letters.length)]).join('');
  const codes = Array.from({ length: recoveryCodeCount }, () => Array.from({ length: 5 }, word).join('-'));
  return { codes, hashes: codes.map(recoveryHash) };
}

const recoveryHash = (code: string): string => hashOfToken(code.toLowerCase().replace(/[^a-z0-9]/g, ''));
