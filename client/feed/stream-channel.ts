import type { Change } from '../../shared/change.ts';
import { addressOf, type OpenChannel } from './channel.ts';

/** Server-Sent Events: for where WebSocket is blocked. `Source` is the browser’s EventSource. */
export const streamsWith =
  (Source: typeof EventSource): OpenChannel =>
  (target, listener) => {
    let source: EventSource | null = null;

    const close = (): void => {
      source?.close();
      source = null;
    };
    const again = (): void => {
      close();
      const since = listener.since();
      const opened = new Source(addressOf(target, '/stream', since === null ? {} : { since }));
      source = opened;
      const on = (type: string, tell: (data: string) => void): void =>
        opened.addEventListener(type, (event) => source === opened && tell((event as MessageEvent<string>).data));
      let isCaughtUp = false;
      on('head', (data) => {
        const { position } = JSON.parse(data) as { position: string };
        if (isCaughtUp) return listener.head(position);
        isCaughtUp = true;
        listener.caughtUp(position, []);
      });
      on('change', (data) => listener.change(JSON.parse(data) as Change));
      on('reset', (data) => listener.reset((JSON.parse(data) as { position: string }).position));
      // EventSource would come back by itself, but all at the same time and for ever to the same place.
      on('error', () => {
        close();
        listener.lost();
      });
    };
    again();
    return { again, close };
  };
