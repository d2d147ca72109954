import { WebSocket, WebSocketServer } from 'ws';
import { serveFanOut } from './fan-out.ts';

/** `ws` as its own documentation broadcasts: encoded once, sent to each socket. */
serveFanOut((server) => {
  const sockets = new WebSocketServer({ server, perMessageDeflate: false });
  return (changes) => {
    for (const change of changes) {
      const text = Buffer.from(JSON.stringify(change));
      for (const socket of sockets.clients) {
        if (socket.readyState === WebSocket.OPEN) socket.send(text, { binary: false });
      }
    }
  };
});
