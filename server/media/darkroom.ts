import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';
import { type Result, refuse } from '../../shared/result.ts';
import { SideProcess, SideProcessEnded } from '../side-process.ts';
import type { Developed } from './develop.ts';

export interface DarkroomParts {
  log: Logger;
  /** The built `darkroom-process.js`. */
  program?: string;
  /** How long one image may take: a large one takes a few seconds, on a busy machine more. */
  patienceMs?: number;
}

const ownProgram = fileURLToPath(new URL('./darkroom-process.js', import.meta.url));

/** Where uploads are decoded: in a process of its own, one at a time. */
export class Darkroom {
  readonly #log: Logger;
  readonly #side: SideProcess<Buffer, Result<Developed>>;

  constructor({ log, program = ownProgram, patienceMs = 60_000 }: DarkroomParts) {
    this.#log = log;
    this.#side = new SideProcess({ program, env: {}, patienceMs });
  }

  /** In the order in which it is asked. Never throws for what is in the file. */
  async develop(bytes: Buffer): Promise<Result<Developed>> {
    try {
      return await this.#side.ask(bytes);
    } catch (error) {
      if (!(error instanceof SideProcessEnded)) throw error;
      this.#log.warn({ err: error, bytes: bytes.length }, 'an image was not decoded');
      return refuse('unreadable-image', 'It could not be decoded.');
    }
  }

  /** Ends what is under way. */
  close(): void {
    this.#side.close();
  }
}
