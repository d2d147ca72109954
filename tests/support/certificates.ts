import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Whether `certificatesIn` can work here. */
export const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

export interface Certificates {
  ca: string;
  cert: string;
  key: string;
}

/** An authority of the tests’ own and a certificate by it, for 127.0.0.1; the names of the PEM files. */
export function certificatesIn(folder: string): Certificates {
  const at = (name: string): string => join(folder, name);
  const openssl = (...args: string[]): void => void execFileSync('openssl', args, { stdio: 'pipe' });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  openssl('req', '-x509', ...key, '-keyout', at('ca.key'), '-out', at('ca.pem'), '-subj', '/CN=tests', '-days', '2');
  openssl('req', ...key, '-keyout', at('redis.key'), '-out', at('redis.csr'), '-subj', '/CN=redis');
  writeFileSync(at('names'), 'subjectAltName=IP:127.0.0.1,DNS:localhost\n');
  const by = ['-CA', at('ca.pem'), '-CAkey', at('ca.key'), '-CAcreateserial', '-extfile', at('names')];
  openssl('x509', '-req', '-in', at('redis.csr'), '-out', at('redis.pem'), '-days', '2', ...by);
  return { ca: at('ca.pem'), cert: at('redis.pem'), key: at('redis.key') };
}
