import { expect, test } from '@jest/globals';
import { isQuiet } from '../../../server/domain/noteworthy.ts';

test.each([
  ['22:00', '07:00', '21:59', false],
  ['22:00', '07:00', '22:00', true],
  ['22:00', '07:00', '00:00', true],
  ['22:00', '07:00', '06:59', true],
  ['22:00', '07:00', '07:00', false],
  ['13:00', '15:00', '14:30', true],
  ['13:00', '15:00', '15:00', false],
  ['13:00', '15:00', '02:00', false],
])('PUSH5 quiet hours from %s to %s hold at %s: %s', (from, to, time, quiet) => {
  expect(isQuiet({ from, to }, time)).toBe(quiet);
});
