import { describe, expect, it } from 'vitest';
import { allReceived, nextSteps, toReturnFilter, withinReceived } from './return-messages';

describe('a return on its way through the shop', () => {
  it.each([
    ['REQUESTED', 'REFUND', ['APPROVE', 'REJECT']],
    ['APPROVED', 'EXCHANGE', ['RECEIVE', 'REJECT']],
    ['RECEIVED', 'REFUND', ['REFUND']],
    ['RECEIVED', 'EXCHANGE', ['EXCHANGE', 'REFUND']],
    ['REFUNDED', 'REFUND', []],
    ['CANCELLED', 'EXCHANGE', []],
  ] as const)('%s with the resolution %s: %o comes next', (status, resolution, steps) => {
    expect(nextSteps({ status, resolution })).toEqual(steps);
  });

  it('is unpacked as complete and sound until somebody says otherwise', () => {
    const lines = [{ id: 'mug', quantity: 2 }];
    const [mug] = allReceived({ reason: 'CHANGED_MIND', lines });
    const [broken] = allReceived({ reason: 'DAMAGED', lines });

    expect(mug).toEqual({ id: 'mug', received: 2, restocked: 2 });
    expect(broken).toMatchObject({ received: 2, restocked: 0 });
    expect(withinReceived({ ...mug!, received: 1 })).toEqual({
      id: 'mug',
      received: 1,
      restocked: 1,
    });
  });

  it('is found by states the shop knows', () => {
    expect(toReturnFilter({ status: [] })).toEqual({});
    expect(toReturnFilter({ status: ['RECEIVED', 'LOST'] })).toEqual({ statuses: ['RECEIVED'] });
  });
});
