import { AwsClient } from 'aws4fetch';
import { type MediaFile, type MediaStorage, MediaUnavailable } from './media-storage.ts';

export interface S3Settings {
  /** The bucket, and what keys begin with in it: `https://s3.example.org/bucket/daymark`. */
  url: string;
  region: string;
  keyId: string;
  secret: string;
}

/** A store that doesn’t answer in this time is away: an upload has up to twelve requests to wait for. */
const patienceMs = 10_000;

/** Any store that speaks S3: three verbs on objects, signed. The one address outside that the server ever asks. */
export class S3Storage implements MediaStorage {
  readonly #root: string;
  readonly #client: AwsClient;

  constructor({ url, region, keyId, secret }: S3Settings) {
    this.#root = url.replace(/\/+$/, '');
    this.#client = new AwsClient({
      accessKeyId: keyId,
      secretAccessKey: secret,
      region,
      service: 's3',
      retries: 2,
      initRetryMs: 100,
    });
  }

  async put(image: string, { name, type, bytes }: MediaFile): Promise<void> {
    const headers = { 'Content-Type': type, 'Cache-Control': 'public, max-age=31536000, immutable' };
    await this.#ask('PUT', `${image}/${name}`, { body: new Uint8Array(bytes), headers });
  }

  async get(image: string, name: string): Promise<Buffer | null> {
    return this.#ask('GET', `${image}/${name}`);
  }

  async remove(image: string, names: readonly string[]): Promise<void> {
    await Promise.all(names.map((name) => this.#ask('DELETE', `${image}/${name}`)));
  }

  /** The body of the answer; null where there is no such object. No redirect is followed: it would lead anywhere. */
  async #ask(
    method: string,
    key: string,
    more: { body?: Uint8Array<ArrayBuffer>; headers?: Record<string, string> } = {},
  ) {
    try {
      const answer = await this.#client.fetch(`${this.#root}/${key}`, {
        method,
        redirect: 'error',
        signal: AbortSignal.timeout(patienceMs),
        ...more,
      });
      const body = Buffer.from(await answer.arrayBuffer());
      if (answer.ok) return body;
      if (answer.status === 404 && method !== 'PUT') return null;
      const code = /<Code>(\w+)<\/Code>/.exec(body.toString('utf8', 0, 2_000))?.[1] ?? '';
      throw new MediaUnavailable(`the store of images answered ${method} with ${answer.status} ${code}`.trim());
    } catch (error) {
      if (error instanceof MediaUnavailable) throw error;
      throw new MediaUnavailable('the store of images did not answer', { cause: error });
    }
  }
}
