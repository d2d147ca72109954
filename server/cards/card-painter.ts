import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SideProcess } from '../side-process.ts';
import type { Card } from './card.ts';
import { writeFontConfig } from './card-fonts.ts';

const ownProgram = fileURLToPath(new URL('./card-process.js', import.meta.url));
const patienceMs = 30_000;

/** Draws cards in a process of its own, one at a time. */
export class CardPainter {
  readonly #side: SideProcess<Card, Uint8Array>;
  readonly #folder = mkdtempSync(join(tmpdir(), 'daymark-cards-'));

  /** `program`: the built `card-process.js`. */
  constructor(program = ownProgram) {
    this.#side = new SideProcess({ program, env: { FONTCONFIG_FILE: writeFontConfig(this.#folder) }, patienceMs });
  }

  /** The picture as PNG. Throws SideProcessEnded. */
  async paint(card: Card): Promise<Buffer> {
    return Buffer.from(await this.#side.ask(card));
  }

  close(): void {
    this.#side.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
