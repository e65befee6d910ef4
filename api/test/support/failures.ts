// Apart from the databases that it decides about: a file without one does not load the whole shop for it.
let failures = 0;

/** Called for every failed test of the file. */
export function recordFailure(): void {
  failures++;
}

/** Whether a test of this file has failed so far. */
export function hasFailed(): boolean {
  return failures > 0;
}
