import { setFlagsFromString } from 'node:v8';

/**
 * Keeps the room for new objects small. Loading the code makes much garbage once; V8 would answer by enlarging that
 * room and keep it, some 40 MB that an idle shop never uses.
 */
export function startSmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
}

/** Called when the process is up: from now on the room may grow with the load. */
export function started(): void {
  setFlagsFromString('--semi-space-growth-factor=2');
}
