import { definePaymentAdapter } from '../adapter.js';
import { createTestProvider } from './test-provider.js';

export const testAdapter = definePaymentAdapter({
  name: 'TEST',
  title: 'the test provider',
  isReal: false,
  integration: null,
  variables: {},
  required: [],
  settings: () => ({}),
  connect: (_settings, database) => Promise.resolve(createTestProvider(database)),
});
