import { describe, expect, it } from 'vitest';
import { addressChoices } from '../src/address-choices';

const ROMANIA = {
  regions: [
    { code: 'RO-B', name: 'București', towns: [{ code: 'SECTOR1', name: 'Sector 1' }] },
    { code: 'RO-BV', name: 'Brașov', towns: [] },
  ],
};

describe('the choices of an address form', () => {
  it('are the regions of the country, and the sectors of București once it is chosen', () => {
    expect(addressChoices(ROMANIA, 'RO-B')).toEqual({
      regions: [
        { value: 'RO-B', label: 'București' },
        { value: 'RO-BV', label: 'Brașov' },
      ],
      towns: [{ value: 'SECTOR1', label: 'Sector 1' }],
    });
  });

  it('leave the town to be typed where the region has no list of towns', () => {
    expect(addressChoices(ROMANIA, 'RO-BV').towns).toEqual([]);
  });

  it('are none while the format of the country is not loaded, so that everything is typed', () => {
    expect(addressChoices(null, 'RO-B')).toEqual({ regions: [], towns: [] });
  });
});
