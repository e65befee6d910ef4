import { setFlagsFromString } from 'node:v8';

const SETTLED_MS = 10_000;

/**
 * Keeps the room for new objects small. Loading the code makes much garbage once; V8 would answer by enlarging that
 * room and keep it, some 40 MB that an idle shop never uses.
 */
export function startSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}

/** Called when the process is up: free to grow as soon as connecting and compiling are over. */
export function started(): void {
  setTimeout(() => setFlagsFromString('--semi-space-growth-factor=2'), SETTLED_MS).unref();
}
