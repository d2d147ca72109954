// How Node loads what tests import: TypeScript compiled, and the globals of the test file that runs now.
import { compiled, isTypeScript } from './sources.mjs';

const globals = new URL('globals.mjs', import.meta.url).href;

export const resolve = (specifier, context, next) =>
  specifier === '@jest/globals' ? { url: globals, shortCircuit: true } : next(specifier, context);

export const load = (url, context, next) =>
  isTypeScript(url) ? { format: 'module', source: compiled(url).code, shortCircuit: true } : next(url, context);
