import { WebSocket as NodeWebSocket } from 'ws';
import { socketsWith } from '../../client/feed/socket-channel.ts';

/** The reader’s own way over a socket, where no browser brings a WebSocket along. */
export const readerSocket = socketsWith(NodeWebSocket as unknown as typeof WebSocket);
