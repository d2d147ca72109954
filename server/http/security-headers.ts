import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import helmet, { type HelmetOptions } from 'helmet';

export type Headers = Readonly<Record<string, string>>;

export interface SecurityOptions {
  /** Where the public reaches us, or null where nobody said. HSTS only where it is https. */
  publicUrl: string | null;
  /** CSP sources of the styles written into pages, like `'sha256-…'`. */
  styleSources: readonly string[];
}

export interface SecurityHeaders {
  page: Headers;
  /** The newsroom’s document: what `page` allows, and pictures that are not uploaded yet; kept by nobody, found by no search. */
  newsroom: Headers;
  /** The documents that other sites show in a frame, and what goes wrong with them. `hosts` may; null: any may. */
  embed: (hosts: readonly string[] | null) => Headers;
  /** JSON and streams: readable from any origin, never run, never framed. */
  data: Headers;
  /** The worker of the reader’s pages: it fetches from us, and shows our icon. */
  worker: Headers;
}

/** A document for a frame of another site. */
export const isEmbed = (url: string): boolean => /^\/embed\/[^.]*$/.test(url.split('?')[0] ?? '');

/** The script of the worker that keeps copies of readers’ pages. */
export const isWorker = (url: string): boolean => /^\/sw\.js(?=\?|$)/.test(url);

/** What programs ask for, in place of people. */
export const isData = (url: string): boolean =>
  /^\/(api|healthz|readyz|metrics|assets|media|oembed|robots\.txt|sitemap[^/]*\.xml|embed\.js)(?=[/?]|$)/.test(url) ||
  /^\/[^/?]+\/(feed\.(atom|rss|json)|sitemap[^?]*\.xml|manifest\.webmanifest|(day|updates)\/[^/?]+\/card\.png)(?=\?|$)/.test(
    url,
  );

/**
 * Security headers, made once. A page runs scripts of our own origin only, as files: no inline script, no eval, no third
 * party; its styles are named by hash. No page is framed by others: what they may frame is a document of its own.
 */
export function securityHeaders({ publicUrl, styleSources }: SecurityOptions): SecurityHeaders {
  const https = publicUrl?.startsWith('https:') === true;
  const common: HelmetOptions = {
    strictTransportSecurity: https && { maxAge: 31_536_000, includeSubDomains: false },
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
    xPoweredBy: false,
    xXssProtection: false,
    xDownloadOptions: false,
    xDnsPrefetchControl: false,
    xPermittedCrossDomainPolicies: false,
    originAgentCluster: false,
  };
  const page = headersOf({
    ...common,
    contentSecurityPolicy: { useDefaults: false, directives: pagePolicy(styleSources, socketSources(publicUrl)) },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
  });
  const newsroom = headersOf({
    ...common,
    contentSecurityPolicy: { useDefaults: false, directives: newsroomPolicy(socketSources(publicUrl)) },
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
  });
  const data = headersOf({
    ...common,
    contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } },
    crossOriginOpenerPolicy: false,
    crossOriginResourcePolicy: { policy: 'cross-origin' },
  });
  const worker = headersOf({
    ...common,
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], connectSrc: ["'self'"], imgSrc: ["'self'"] },
    },
    crossOriginOpenerPolicy: false,
    crossOriginResourcePolicy: { policy: 'same-origin' },
  });
  const { xFrameOptions: _none, ...framed } = common;
  const embed = headersOf({
    ...framed,
    xFrameOptions: false,
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { ...pagePolicy(styleSources, socketSources(publicUrl)), frameAncestors: ['*'] },
    },
    crossOriginOpenerPolicy: false,
    crossOriginResourcePolicy: { policy: 'cross-origin' },
  });
  const permissions = { 'Permissions-Policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()' };
  return {
    page: { ...page, ...permissions },
    newsroom: { ...newsroom, ...permissions, 'Cache-Control': 'no-store', 'X-Robots-Tag': 'noindex' },
    embed: (hosts) => ({ ...framedBy(embed, hosts), ...permissions, 'X-Robots-Tag': 'noindex' }),
    data: { ...data, ...corsHeaders },
    worker,
  };
}

/**
 * Any origin may read, and with a bearer token write: there is no cookie that a foreign page could ride on, and `*` never
 * goes with credentials.
 */
const corsHeaders: Headers = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'ETag, Location, Retry-After, Idempotent-Replay, Daymark-Removed',
};

function pagePolicy(styleSources: readonly string[], sockets: string[]): Record<string, string[]> {
  return {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'"],
    styleSrc: ["'self'", ...styleSources],
    imgSrc: ["'self'"],
    fontSrc: ["'self'"],
    connectSrc: ["'self'", ...sockets],
    manifestSrc: ["'self'"],
    formAction: ["'self'"],
    baseUri: ["'none'"],
    objectSrc: ["'none'"],
    frameAncestors: ["'none'"],
  };
}

/** Styles as files too: nothing of the newsroom’s document is written into it. */
const newsroomPolicy = (sockets: string[]): Record<string, string[]> => ({
  ...pagePolicy([], sockets),
  imgSrc: ["'self'", 'blob:', 'data:'],
  // The preview of what other sites show.
  frameSrc: ["'self'"],
});

/** Older Safari does not take `'self'` for a WebSocket of the same host. */
function socketSources(publicUrl: string | null): string[] {
  return publicUrl === null ? [] : [new URL(publicUrl).origin.replace(/^http/, 'ws')];
}

/** The headers of a page that carries a style beside those that all pages may have. */
export function withStyle(headers: Headers, source: string): Headers {
  const policy = headers['Content-Security-Policy'] ?? '';
  return { ...headers, 'Content-Security-Policy': policy.replace("style-src 'self'", `style-src 'self' ${source}`) };
}

/** Our own newsroom shows it too. Hosts were checked when they were set: they can’t say more than a host. */
function framedBy(headers: Headers, hosts: readonly string[] | null): Headers {
  const sources = hosts === null ? '*' : ["'self'", ...hosts].join(' ');
  const policy = headers['Content-Security-Policy'] ?? '';
  return { ...headers, 'Content-Security-Policy': policy.replace('frame-ancestors *', `frame-ancestors ${sources}`) };
}

/** What helmet would write on an answer, read off one that goes nowhere. */
function headersOf(options: HelmetOptions): Headers {
  const req = new IncomingMessage(new Socket());
  const res = new ServerResponse(req);
  helmet(options)(req, res, (error) => {
    if (error) throw error;
  });
  return Object.fromEntries(Object.entries(res.getHeaders()).map(([name, value]) => [canonical(name), String(value)]));
}

const canonical = (name: string): string => name.replace(/(^|-)[a-z]/g, (letter) => letter.toUpperCase());
