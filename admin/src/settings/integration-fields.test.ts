import { describe, expect, it } from 'vitest';
import { canBeRemoved, fieldOf, statusKey, toneOf, toValues } from './integration-fields';

describe('the form of an integration', () => {
  it('sends only what was typed, so that an empty field leaves what is stored', () => {
    expect(toValues({ secretKey: ' sk_live_1 ', publishableKey: '', webhookSecret: '  ' })).toEqual([
      { name: 'secretKey', value: 'sk_live_1' },
    ]);
  });

  it('shows an error at the field that was sent at its place', () => {
    const sent = [
      { name: 'secretKey', value: 'x' },
      { name: 'webhookSecret', value: 'y' },
    ];

    expect(fieldOf({ code: 'INVALID_INPUT', path: ['values', '1', 'value'] }, sent)).toBe('webhookSecret');
    expect(fieldOf({ code: 'STALE_VERSION', path: ['expectedVersion'] }, sent)).toBeNull();
    expect(fieldOf({ code: 'NETWORK' }, sent)).toBeNull();
  });

  it('says of values that are there and do not fit that they are not used', () => {
    const unfit = { status: 'CONFIGURED', isUsable: false } as const;
    expect([toneOf(unfit), statusKey(unfit)]).toEqual(['bad', 'integrations.status.NOT_USED']);
    const fit = { status: 'ENVIRONMENT', isUsable: true } as const;
    expect([toneOf(fit), statusKey(fit)]).toEqual(['good', 'integrations.status.ENVIRONMENT']);
    const missing = { status: 'MISSING', isUsable: false } as const;
    expect([toneOf(missing), statusKey(missing)]).toEqual(['quiet', 'integrations.status.MISSING']);
  });

  it('removes what is stored, also when it cannot be read, and nothing of the environment', () => {
    const field = { name: 'url', hint: null, isSecret: true, isRequired: true };
    const sources = ['STORED', 'UNREADABLE', 'ENVIRONMENT', 'MISSING'] as const;

    expect(sources.map((source) => canBeRemoved({ ...field, source }))).toEqual([true, true, false, false]);
  });
});
