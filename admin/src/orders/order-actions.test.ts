import { describe, expect, it } from 'vitest';
import { cancelMessages, mainAction, may } from './order-actions';

describe('what staff may do with an order', () => {
  it('is what the server says and nothing else', () => {
    expect(may({ staffActions: ['SHIP'] }, 'SHIP')).toBe(true);
    expect(may({ staffActions: ['SHIP'] }, 'REFUND')).toBe(false);
    expect(may({ staffActions: null }, 'CANCEL')).toBe(false);
  });

  it.each([
    ['a paid order is shipped', ['REFUND', 'SHIP', 'EDIT', 'CANCEL'], 'SHIP'],
    ['a draft gets its link', ['EDIT', 'SEND_LINK', 'MARK_PAID', 'CANCEL'], 'SEND_LINK'],
    ['a bank transfer is waited for', ['MARK_RECEIVED', 'CANCEL'], 'MARK_RECEIVED'],
    ['another amount came in than was agreed', ['ACCEPT_PAYMENT', 'REFUND', 'CANCEL'], 'ACCEPT_PAYMENT'],
    ['a sent order has no obvious next step, even when money can go back', ['REFUND'], undefined],
  ] as const)('first: %s', (_name, staffActions, first) => {
    expect(mainAction({ staffActions })).toBe(first);
  });
});

describe('what staff read before they cancel', () => {
  it.each([
    ['a draft, which nobody outside the shop knows of', 'DRAFT', 'draft.discardText'],
    ['an order whose link was sent', 'PENDING_PAYMENT', 'order.cancelText'],
    ['a paid order', 'PAID', 'order.cancelText'],
    ['an order whose money went back', 'REFUNDED', 'cancel.giveUpText'],
  ] as const)('suits %s', (_name, status, text) => {
    expect(cancelMessages({ status }).text).toBe(text);
  });
});
