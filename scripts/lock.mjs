import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { say } from './say.mjs';

const pollMs = 250;
/** Between making the file and writing the owner into it lies a moment; an empty file older than this has no owner. */
const emptyForMs = 5_000;

/**
 * Takes a lock that processes of one checkout share (two `npm start` at once must not install over each other).
 * The lock of a process that is gone is taken over. Returns the function that releases it.
 */
export async function takeLock(path) {
  const me = `${process.pid} ${bootedAndBegun(process.pid)}`;
  mkdirSync(dirname(path), { recursive: true });
  let said = false;
  while (!tryTake(path, me)) {
    if (removeStale(path)) continue;
    if (!said) say('another process is setting up this checkout; waiting for it …');
    said = true;
    await pause(pollMs);
  }
  return () => {
    if (read(path) === me) rmSync(path, { force: true });
  };
}

function tryTake(path, me) {
  try {
    writeFileSync(path, me, { flag: 'wx' });
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

/** Moves the stale lock aside before it goes, so that of two who find it stale only one removes it. */
function removeStale(path) {
  const owner = read(path);
  if (owner === null) return true;
  if (!isStale(path, owner)) return false;
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if (error.code === 'ENOENT') return true;
    throw error;
  }
  // Somebody was quicker and this is their new lock: give it back.
  if (read(aside) !== owner) renameSync(aside, path);
  else rmSync(aside, { force: true });
  return true;
}

function isStale(path, owner) {
  const [pid, begun] = owner.split(' ');
  if (owner !== '') return !isAlive(Number(pid)) || bootedAndBegun(Number(pid)) !== begun;
  try {
    return Date.now() - statSync(path).mtimeMs > emptyForMs;
  } catch {
    return true; // gone in between
  }
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

/** When a process began, where the system tells it: a number that was given to another process since is no owner. */
function bootedAndBegun(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return '-';
  }
}

function read(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return null;
    throw error;
  }
}
