import { defineConfig } from 'vite';
import { programs } from './vite.server.config.ts';

/** What measures, and the rivals; libraries stay outside, the same for both sides. */
export default defineConfig(
  programs(
    'bench',
    [
      'run',
      'load/followers',
      'load/http',
      'load/soak-crowd',
      'rivals/daymark-live',
      'rivals/express',
      'rivals/node-http',
      'rivals/socket-io',
      'rivals/ws',
    ],
    undefined,
  ),
);
