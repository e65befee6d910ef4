import { describe, expect, it } from 'vitest';
import { addressOf, isSameView, knownParts } from './view-address';

const spec = { sorts: ['NEWEST', 'TOTAL_DESC'], defaultSort: 'NEWEST', filters: ['status', 'location'] };
const known = {
  spec,
  fields: [
    { key: 'status', label: 'Status', kind: 'many' as const, choices: [{ value: 'PAID', label: 'Paid' }] },
    { key: 'location', label: 'Location', kind: 'one' as const, choices: [] },
  ],
  columns: [{ key: 'number', label: 'Number' }],
};

describe('the address that a view keeps', () => {
  it('is all of it but the page, also what this list does not know', () => {
    expect(
      addressOf({ q: 'ană & ion', 'of-a-plugin': '1', status: 'PAID', after: 'abc', view: 'view_1' }),
    ).toBe('q=an%C4%83+%26+ion&of-a-plugin=1&status=PAID');
  });

  it('shows the same list whatever the order of its parts, on every page of it', () => {
    expect(isSameView('status=PAID&q=ana', 'q=ana&status=PAID&after=abc&view=view_2', spec)).toBe(true);
    expect(isSameView('status=PAID', 'sort=NEWEST&status=PAID', spec)).toBe(true);
    expect(isSameView('status=PAID', 'status=PAID&columns=number', spec)).toBe(false);
    expect(isSameView('', 'q=ana', spec)).toBe(false);
  });
});

describe('a view of an older version', () => {
  it('opens with what the list still has, and names the rest', () => {
    const { kept, lost } = knownParts(
      'status=PAID,RESERVED&shape=round&sort=MOOD&columns=number,town&q=a',
      known,
    );

    expect(kept).toBe('status=PAID&columns=number&q=a');
    expect(lost).toEqual(['Status: RESERVED', 'shape: round', 'sort: MOOD', 'town']);
  });

  it('loses nothing while the choices of a filter are being fetched', () => {
    expect(knownParts('location=loc_1', known)).toEqual({ kept: 'location=loc_1', lost: [] });
  });
});
