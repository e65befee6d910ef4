import { describe, expect, it } from 'vitest';
import { readablePayload, toWebhookFilter } from './webhook-messages';

describe('the inbox of the payment provider', () => {
  it('is narrowed to states it knows', () => {
    expect(toWebhookFilter({ status: ['DEAD', 'UNDEAD'], type: ['refund.failed'] })).toEqual({
      statuses: ['DEAD'],
      type: 'refund.failed',
    });
    expect(toWebhookFilter({ status: [], type: [] })).toEqual({});
  });

  it('shows what came in, readable when it can be read', () => {
    expect(readablePayload('{"a":[1]}')).toBe('{\n  "a": [\n    1\n  ]\n}');
    expect(readablePayload('{"cut off')).toBe('{"cut off');
  });
});
