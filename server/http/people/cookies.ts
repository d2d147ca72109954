import type { IncomingHttpHeaders } from 'node:http';
import { parseCookie, stringifySetCookie } from 'cookie';
import { absoluteMs } from '../../newsroom/people/sessions.ts';

const names = { session: 'daymark', device: 'daymark-browser' };
type CookieName = keyof typeof names;
const deviceSeconds = 365 * 86_400;

/**
 * The cookies of staff; readers have none. Over https they have the prefix `__Host-`: browsers then take them from this very
 * host alone, so that no neighbour on a subdomain can slip in a session of his own. Plain http has no such cookies.
 */
export class Cookies {
  readonly #isHttps: boolean;

  constructor(publicUrl: string | null) {
    this.#isHttps = publicUrl?.startsWith('https:') === true;
  }

  read(header: string | undefined | null, name: CookieName): string | null {
    if (!header) return null;
    const value = parseCookie(header)[this.#nameOf(name)];
    return value !== undefined && /^[\w-]{43}$/.test(value) ? value : null;
  }

  of(headers: Pick<IncomingHttpHeaders, 'cookie'>, name: CookieName): string | null {
    return this.read(headers.cookie, name);
  }

  /** `Set-Cookie` for both. */
  set({ token, device }: { token: string; device: string }): string[] {
    return [
      this.#write('session', token, Math.floor(absoluteMs / 1_000)),
      this.#write('device', device, deviceSeconds),
    ];
  }

  /** The browser stays known: that is what its cookie is for. */
  clear(): string[] {
    return [this.#write('session', '', 0)];
  }

  /**
   * `Strict`: nothing that begins on a foreign page carries it. It costs nothing, as the newsroom’s document is the same for
   * everybody and asks for everything by itself.
   */
  #write(name: CookieName, value: string, maxAge: number): string {
    const secure = this.#isHttps;
    return stringifySetCookie({
      name: this.#nameOf(name),
      value,
      httpOnly: true,
      secure,
      sameSite: 'strict',
      path: '/',
      maxAge,
    });
  }

  #nameOf(name: CookieName): string {
    return this.#isHttps ? `__Host-${names[name]}` : names[name];
  }
}
