import 'reflect-metadata';
import { beforeEach } from 'vitest';
import { beginFile, recordFailure } from './failures.js';

// `npm run proof`: tests with random values run far more often.
if (process.env['PROOF'] === 'full') {
  const { default: fc } = await import('fast-check');
  fc.configureGlobal({ numRuns: 10_000 });
}

// This file runs again for every test file; what it imports is loaded once for all files of a process.
beginFile();

beforeEach(({ onTestFailed }) => {
  onTestFailed(recordFailure);
});
