import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** The line between a browser and a server, which a test can cut, or on which it refuses some requests. */
export interface Line {
  url: string;
  cut(): void;
  mend(): void;
  /** Connections on which such a request is made end there. */
  refuse(request: RegExp): void;
  close(): void;
}

/** Opens a line to the server at `url`. */
export async function openLine(url: string): Promise<Line> {
  const port = Number(new URL(url).port);
  const open = new Set<Socket>();
  let isCut = false;
  let refused: RegExp | null = null;

  const carry = (from: Socket, to: Socket, looked: boolean): void => {
    open.add(from);
    from.on('data', (bytes) => {
      if (looked && refused?.test(bytes.toString('latin1'))) from.destroy();
      else to.write(bytes);
    });
    from.on('error', () => from.destroy());
    from.on('close', () => {
      open.delete(from);
      to.destroy();
    });
  };
  const server = createServer((browser) => {
    if (isCut) return void browser.destroy();
    const upstream = connect(port, '127.0.0.1');
    carry(browser, upstream, true);
    carry(upstream, browser, false);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const end = (): void => {
    for (const socket of open) socket.destroy();
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut: () => {
      isCut = true;
      end();
    },
    mend: () => {
      isCut = false;
    },
    refuse: (request) => {
      refused = request;
    },
    close: () => {
      server.close();
      end();
    },
  };
}
