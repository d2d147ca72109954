import { rmSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';

const pollMs = 200;

const ownerSchema = z.object({ kind: z.enum(['server', 'command']), pid: z.number(), ending: z.boolean() });
/** Who has a data folder: a running server, or a command of the command line that runs without one. */
export type Owner = z.infer<typeof ownerSchema>;

export interface Gate {
  leave(): Promise<void>;
}

/**
 * Takes a data folder for this process, or says who has it. The kernel lets only one process listen on the address, and frees
 * it when that process ends, however it ends.
 */
export async function enterGate(address: string, me: Owner): Promise<{ gate: Gate } | { owner: Owner | null }> {
  for (;;) {
    const server = createServer((socket) => {
      socket.on('error', () => socket.destroy()); // whoever asked has gone; nobody is left to tell
      socket.end(JSON.stringify(me));
    });
    if (await listens(server, address)) return { gate: { leave: () => close(server) } };
    const owner = await askOwner(address);
    if (owner !== 'gone') return { owner };
    // A file without a listener: its process was killed (never on Linux, where the name has no file).
    if (!address.startsWith('\0')) rmSync(address, { force: true });
    await pause(pollMs);
  }
}

function listens(server: Server, address: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(false) : reject(error),
    );
    server.listen(address, () => {
      server.unref();
      resolve(true);
    });
  });
}

/** null: somebody listens there who does not answer as a Daymark does in time (it may be stopped or very busy). */
async function askOwner(address: string): Promise<Owner | null | 'gone'> {
  const socket = connect(address);
  socket.setTimeout(2_000, () => socket.destroy(new Error('no answer')));
  try {
    return ownerSchema.parse(JSON.parse(await text(socket)));
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    return code === 'ECONNREFUSED' || code === 'ENOENT' || code === 'ECONNRESET' ? 'gone' : null;
  } finally {
    socket.destroy();
  }
}

const close = (server: Server): Promise<void> => new Promise((resolve) => server.close(() => resolve()));
