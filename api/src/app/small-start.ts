import { setFlagsFromString } from 'node:v8';

// Imported first. Loading the code makes much garbage once; V8 would answer by enlarging the room for new objects and
// keep it, some 40 MB that an idle shop never uses. Small while starting, free to grow from then on.
setFlagsFromString('--semi-space-growth-factor=1');

const SETTLED_MS = 10_000;

/** Called when the process is up; connecting and compiling go on for a little while. */
export function started(): void {
  setTimeout(() => setFlagsFromString('--semi-space-growth-factor=2'), SETTLED_MS).unref();
}
