import { describe, expect, it } from 'vitest';
import { fieldOf, isLocked, SETTINGS_GROUPS, schemaOf, toDraft, toInput } from './settings-groups';
import { SETTINGS_PAGES } from './settings-pages';
import type { StoredSettings } from './settings-groups';

const stored = {
  shop: { name: 'Lut', version: 1 },
  brand: { accent: '#9c4524', logo: null, darkLogo: null, icon: null, version: 1 },
  regional: {
    currency: 'EUR',
    isCurrencyLocked: true,
    homeCountry: 'FR',
    timeZone: 'Europe/Paris',
    version: 1,
  },
  languages: { offered: ['RO', 'FR'], defaultLanguage: 'FR', version: 1 },
  contact: {
    email: null,
    phone: '0268 123 456',
    links: ['https://a.example', 'https://b.example'],
    version: 1,
  },
  seller: {
    name: 'Lut SRL',
    address: ['Strada 1', 'Brașov'],
    taxId: 'RO1',
    registrationNumber: null,
    version: 1,
  },
  payments: {
    methods: ['CARD', 'BANK_TRANSFER'],
    transferHolder: 'Lut SRL',
    transferIban: null,
    version: 1,
  },
  holds: { checkoutMinutes: 30, transferDays: 7, cartMinutes: 20, version: 1 },
  stock: { lowStockThreshold: 3, version: 1 },
  returns: { days: 30, version: 1 },
  invoicing: { series: 'LL', version: 1 },
} as unknown as StoredSettings;
const group = (wanted: string) => {
  const found = SETTINGS_GROUPS.find(({ key }) => key === wanted);
  if (!found) throw new Error(wanted);
  return found;
};

it('every page of settings has a form', () => {
  expect(SETTINGS_GROUPS.map(({ key }) => key)).toEqual(SETTINGS_PAGES.map(({ key }) => key));
});

describe('the form of a group of settings', () => {
  it.each(SETTINGS_GROUPS.map((each) => [each.key, each] as const))(
    'sends %s unchanged as it was read',
    (key, each) => {
      const values: Record<string, unknown> = { ...stored[key] };
      delete values['version'];
      delete values['isCurrencyLocked'];

      expect(toInput(each, toDraft(each, stored))).toEqual(values);
    },
  );

  it('locks the currency, and nothing else, once there is an order', () => {
    const regional = group('regional');
    const lockedBy = (settings: StoredSettings): string[] =>
      regional.fields.filter((field) => isLocked(regional, field, settings)).map(({ name }) => name);

    expect(lockedBy(stored)).toEqual(['currency']);
    expect(lockedBy({ ...stored, regional: { ...stored.regional, isCurrencyLocked: false } })).toEqual([]);
  });

  it('publishes nothing of what is left empty, and leaves out empty lines', () => {
    const contact = group('contact');

    expect(toInput(contact, { email: '  ', phone: '', links: ' https://a.example \n\n' })).toEqual({
      email: null,
      phone: null,
      links: ['https://a.example'],
    });
  });

  it('asks for what must be there, and leaves everything else to the API', () => {
    const schema = schemaOf(group('seller'), 'missing', 'number');

    expect(schema.safeParse({ ...toDraft(group('seller'), stored), name: ' ' }).success).toBe(false);
    expect(schema.safeParse({ ...toDraft(group('seller'), stored), address: '' }).success).toBe(true);
  });

  it('shows an error of one line at the field of all lines', () => {
    expect(fieldOf(group('contact'), { code: 'INVALID_URL', path: ['links', '1'] })).toBe('links');
    expect(fieldOf(group('contact'), { code: 'STALE_VERSION', path: null })).toBeNull();
  });
});
