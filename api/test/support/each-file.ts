import 'reflect-metadata';
import { beforeEach } from 'vitest';
import { recordFailure } from './template-database.js';

beforeEach(({ onTestFailed }) => {
  onTestFailed(recordFailure);
});
