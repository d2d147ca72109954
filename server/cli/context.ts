import type { Actor } from '../domain/actor.ts';
import type { Session } from './session.ts';

/** What the commands get of the process around them. */
export interface Context {
  stdin: NodeJS.ReadStream;
  stdout: NodeJS.WriteStream;
  stderr: NodeJS.WriteStream;
  /** Aborted by the first Ctrl-C. */
  interrupted: AbortSignal;
  /** Runs a command’s work with an open session, and closes it whatever happens. */
  withSession(work: (session: Session) => Promise<void>): Promise<void>;
}

/** Whoever may run the command line on the store may do everything. */
export const commandLine: Actor = { id: 'cli', name: 'command line', role: 'admin', timelines: null };
