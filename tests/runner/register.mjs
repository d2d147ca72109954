// From here on this process loads TypeScript, and tests get their globals.
import { register } from 'node:module';

register('./hooks.mjs', import.meta.url);
