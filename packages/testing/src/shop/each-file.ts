import 'reflect-metadata';
import { beforeEach } from 'vitest';
import { recordFailure } from './failures.js';

// `npm run proof`: tests with random values run far more often.
if (process.env['PROOF'] === 'full') {
  const { default: fc } = await import('fast-check');
  fc.configureGlobal({ numRuns: 10_000 });
}

beforeEach(({ onTestFailed }) => {
  onTestFailed(recordFailure);
});
