import { expect, it } from 'vitest';
import { InvalidWebhook } from '../port.js';
import { parseTestWebhook } from './test-webhook.js';

it.each([
  '{"id":"a\\u0000b","type":"x"}',
  '{"id":"a","type":"x\\u0000"}',
  '{"id":"a","type":"x","intent":"pi\\u0000"}',
  '{"id":"a","type":"x","refund":"\\ud800"}',
  '{"id":"","type":"x"}',
])('refuses an event whose words cannot be kept: %s', (body) => {
  expect(() => parseTestWebhook(Buffer.from(body))).toThrow(InvalidWebhook);
});

it('takes one without a subject', () => {
  expect(parseTestWebhook(Buffer.from('{"id":"a","type":"x","intent":null}'))).toMatchObject({
    id: 'a',
    type: 'x',
    objectReference: null,
  });
});
