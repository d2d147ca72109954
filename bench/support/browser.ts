import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';
import type { Cleanup } from './cleanup.ts';
import { progress } from './size.ts';

/** With windows first: what is measured is what readers have. */
const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chromium-headless-shell'];
const flags =
  '--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';

/** Chromium as the machine has it; null, and said so, where there is none. */
export async function openBrowser(cleanup: Cleanup): Promise<Browser | null> {
  const found = names
    .map((name) => spawnSync('which', [name], { encoding: 'utf8' }).stdout?.trim())
    .find((path) => path && existsSync(path));
  if (!found) {
    progress('There is no Chromium here: what needs a browser is left out');
    return null;
  }
  const browser = await chromium.launch({ executablePath: found, args: flags.split(' ') });
  return cleanup.add(browser, (one) => one.close());
}
