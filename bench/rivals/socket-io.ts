import { Server } from 'socket.io';
import { serveFanOut } from './fan-out.ts';

/** Plain socket.io with its own adapter: one room, one emit for each change. */
serveFanOut((server) => {
  const io = new Server(server, { transports: ['websocket'], serveClient: false, perMessageDeflate: false });
  io.on('connection', (socket) => void socket.join('bench'));
  return (changes) => {
    for (const change of changes) io.to('bench').emit('change', change);
  };
});
