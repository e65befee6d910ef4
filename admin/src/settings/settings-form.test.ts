import { describe, expect, it, vi } from 'vitest';
import { encodeValue } from '../ui/forms/fields/codecs';
import { testTools } from '../ui/testing-tools';
import { settingsForm } from './settings-form';
import { SETTINGS_GROUPS } from './settings-groups';
import type { SettingsGroup, StoredSettings } from './settings-groups';
import { SETTINGS_PAGES } from './settings-pages';
import type { SettingsFormKey } from './settings-pages';

const stored = {
  shop: { name: 'Lut', version: 1 },
  brand: { accent: '#9c4524', logo: null, darkLogo: null, icon: null, shareImageId: null, version: 1 },
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
  tax: {
    payer: true,
    payerSince: null,
    mention: [{ locale: 'RO', message: 'Scutit conform art. 310.' }],
    version: 1,
  },
  payments: {
    methods: ['CARD', 'BANK_TRANSFER'],
    transferHolder: 'Lut SRL',
    transferIban: null,
    version: 1,
  },
  holiday: {
    from: null,
    until: '2026-12-27T10:00:00.000Z',
    translations: [{ locale: 'RO', message: 'Ne vedem la anul.' }],
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

it('every page of settings has a form, but for the languages, which are a list', () => {
  const pages = SETTINGS_PAGES.map(({ key }) => key).filter((key) => key !== 'languages');
  expect(SETTINGS_GROUPS.map(({ key }) => key)).toEqual(pages);
});

/** What is sent when the form of a group is saved after this was typed into it. */
async function sentBy(key: SettingsFormKey, typed: Record<string, unknown> = {}) {
  const send = vi.fn<SettingsGroup['send']>(async () => ({ error: undefined }) as never);
  const form = settingsForm({ ...group(key), send });
  const entity = { id: key, settings: stored };
  const schema = form.schema(testTools, entity);
  const shown = encodeValue(schema, form.toFields(entity, testTools)) as object;
  const read = schema.safeParse({ ...shown, ...typed });
  if (!read.success) return read.error.issues.map(({ path }) => path.join('.'));
  await form.update?.({} as never, entity, read.data, 'key');
  return send.mock.calls[0]?.[1];
}

describe('the form of a group of settings', () => {
  it.each(SETTINGS_GROUPS.map(({ key }) => key))('sends %s unchanged as it was read', async (key) => {
    const values: Record<string, unknown> = { ...stored[key] };
    delete values['version'];
    delete values['isCurrencyLocked'];

    expect(await sentBy(key)).toEqual(values);
  });

  it('locks the currency, and nothing else, once there is an order', () => {
    const { fields } = settingsForm(group('regional'));
    const lockedBy = (settings: StoredSettings): string[] =>
      Object.keys(fields).filter((name) => fields[name]?.isFixed?.({ id: 'regional', settings }, {}));

    expect(lockedBy(stored)).toEqual(['currency']);
    expect(lockedBy({ ...stored, regional: { ...stored.regional, isCurrencyLocked: false } })).toEqual([]);
  });

  it('publishes nothing of what is left empty, and leaves out empty lines', async () => {
    expect(await sentBy('contact', { email: '  ', phone: '', links: ' https://a.example \n\n' })).toEqual({
      email: null,
      phone: null,
      links: ['https://a.example'],
    });
  });

  it('asks for what must be there, and leaves everything else to the API', async () => {
    expect(await sentBy('seller', { name: ' ' })).toEqual(['name']);
    expect(await sentBy('seller', { address: '' })).toMatchObject({ address: [] });
  });

  it('sends an image only when it was replaced or removed', async () => {
    const withLogo = { ...stored, brand: { ...stored.brand, logo: { url: '/media/logo.svg' } } };
    const { toFields } = settingsForm(group('brand'));
    expect(toFields({ id: 'brand', settings: withLogo as StoredSettings }, testTools)).toMatchObject({
      logo: '/media/logo.svg',
    });
    expect(await sentBy('brand', { logo: '/media/logo.svg' })).not.toHaveProperty('logo');
    expect(await sentBy('brand', { logo: 'upl_1' })).toMatchObject({ logo: 'upl_1' });
    expect(await sentBy('brand', { logo: '' })).toMatchObject({ logo: null });
  });
});
