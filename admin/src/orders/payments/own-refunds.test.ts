import { describe, expect, it } from 'vitest';
import { i18n } from '../../app/i18n';
import { LANGUAGES } from '@vitrine/client/languages';
import { ownRefunds } from './own-refunds';

describe('money that went back', () => {
  it('is listed once: beside its payment only when nobody of the staff decided it, or when it failed', () => {
    const byStaff = { id: 'staff', isDecided: true, failureCode: null };
    const atTheProvider = { id: 'dashboard', isDecided: false, failureCode: null };
    const failed = { id: 'failed', isDecided: true, failureCode: 'expired_or_canceled_card' };

    expect(ownRefunds([byStaff, atTheProvider, failed]).map(({ id }) => id)).toEqual(['dashboard', 'failed']);
  });

  it.each(LANGUAGES)('has a credit note in the timeline, which is called no invoice (%s)', (language) => {
    const said = (kind: string): string => i18n.global.t(`orderEvent.${kind}`, {}, { locale: language });

    expect(said('CREDITED')).not.toBe(said('INVOICED'));
    expect(said('CREDITED')).not.toMatch(/^orderEvent/);
  });
});
