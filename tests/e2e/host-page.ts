import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll } from '@jest/globals';
import type { BrowserContextOptions, Page } from 'playwright-core';
import type { Stage } from './support.ts';

export interface Host {
  url: string;
  /** Serves this as the host’s page and opens it in a browser of its own. */
  show(body: string, options?: BrowserContextOptions): Promise<Page>;
  /** Serves another one from now on, and opens that. */
  reshow(page: Page, body: string): Promise<void>;
}

const style = `body{margin:0;font:16px sans-serif}.far{height:6000px}daymark-timeline{display:block;height:480px;margin:8px}`;

/** A site of somebody else: another origin, with a policy that lets nothing through but what the documentation asks for. */
export function hostPage(on: () => Stage): () => Host {
  let body = '';
  const server = createServer((req, res) => {
    if (req.url === '/style.css') return res.setHeader('Content-Type', 'text/css').end(style);
    const { url } = on().site;
    const policy = `default-src 'none'; style-src 'self'; script-src ${url}; connect-src ${url} ${url.replace('http', 'ws')}; img-src ${url}; frame-src ${url}`;
    res.setHeader('Content-Security-Policy', policy).setHeader('Content-Type', 'text/html; charset=utf-8');
    res.end(
      `<!doctype html><html lang="en"><title>Host</title><link rel="stylesheet" href="/style.css"><body>${body}</body></html>`,
    );
  });
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  return () => {
    const url = `http://localhost:${(server.address() as AddressInfo).port}`;
    const reshow = async (page: Page, shown: string): Promise<void> => {
      body = shown;
      // Scripts and frames are waited for by what they show, not here.
      await page.goto(url, { waitUntil: 'domcontentloaded' });
    };
    return {
      url,
      reshow,
      show: async (shown, options) => {
        const page = await on().open('/robots.txt', options);
        await page.addInitScript(watchShifts);
        await reshow(page, shown);
        return page;
      },
    };
  };
}

/** Adds up what moves without the reader’s doing. */
function watchShifts(): void {
  const told = window as unknown as { shifted: number };
  told.shifted = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) told.shifted += (entry as unknown as { value: number }).value;
  }).observe({ type: 'layout-shift', buffered: true });
}

export const shiftsOf = (page: Page): Promise<number> =>
  page.evaluate(() => (window as unknown as { shifted: number }).shifted);
