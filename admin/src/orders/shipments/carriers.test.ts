import { beforeEach, describe, expect, it } from 'vitest';
import { carrierNames, lastCarrier, rememberCarrier, trackingLink } from './carriers';

beforeEach(() => localStorage.clear());

describe('the tenth shipment of the day', () => {
  it('begins with the carrier of the one before', () => {
    rememberCarrier({ carrier: 'Cargus', trackingNumber: '', trackingUrl: '' });

    expect(lastCarrier()).toBe('Cargus');
  });

  it('has its link from the number, once one was typed for this carrier', () => {
    expect(trackingLink({ carrier: 'Curier Local', trackingNumber: 'A 1' })).toBe('');
    rememberCarrier({
      carrier: 'Curier Local',
      trackingNumber: 'A1',
      trackingUrl: 'https://curier.example/awb/A1?l=ro',
    });

    expect(trackingLink({ carrier: 'Curier Local', trackingNumber: 'B/2' })).toBe(
      'https://curier.example/awb/B%2F2?l=ro',
    );
    expect(carrierNames()).toContain('Curier Local');
  });

  it('has no link without a number, and none that was learned from another shipment', () => {
    rememberCarrier({ carrier: 'GLS', trackingNumber: 'X', trackingUrl: 'https://gls.example/help' });

    expect(trackingLink({ carrier: 'DHL', trackingNumber: ' ' })).toBe('');
    expect(trackingLink({ carrier: 'GLS', trackingNumber: 'Y' })).toBe('');
  });

  it('is not stopped by what else lies in the storage', () => {
    localStorage.setItem('vitrine-admin-carrier-links', '{"GLS":7');

    expect(trackingLink({ carrier: 'UPS', trackingNumber: '1Z' })).toBe(
      'https://www.ups.com/track?tracknum=1Z',
    );
  });
});
