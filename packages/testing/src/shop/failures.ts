// Separate from the database module, so that test files without a database do not load the whole API.
let failures = 0;

/** Called before each test file. */
export function beginFile(): void {
  failures = 0;
}

/** Called for every failed test of the file. */
export function recordFailure(): void {
  failures++;
}

/** Whether a test of this file has failed so far. */
export function hasFailed(): boolean {
  return failures > 0;
}
