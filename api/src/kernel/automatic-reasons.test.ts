import { describe, expect, it } from 'vitest';
import { AUTOMATIC_REASONS, readAutomaticReason, reasonOfReturn } from './automatic-reasons.js';

describe('reasons that the shop records by itself', () => {
  it('are all known again, old spellings too', () => {
    for (const [code, text] of Object.entries(AUTOMATIC_REASONS))
      expect(readAutomaticReason(text)).toEqual({ code, returnNumber: null });
    expect(readAutomaticReason('Order changed')).toEqual({ code: 'ORDER_CHANGED', returnNumber: null });
    expect(readAutomaticReason(reasonOfReturn('R104'))).toEqual({ code: 'RETURN', returnNumber: 'R104' });
  });

  it('are not taken for the words of a person', () => {
    expect(readAutomaticReason('return of the vase, glaze chipped')).toBeNull();
    expect(readAutomaticReason('Ciobit la ambalare')).toBeNull();
  });
});
