import { countryName } from '../../kernel/address/countries.js';
import { newId } from '../../kernel/ids.js';
import { localized, type Language, type LocalizedText } from '../../kernel/languages.js';
import { statement, type Database, t, type Tx } from '../../platform/database/database.js';
import type { StoredArguments } from '../../platform/strategies/define-strategy.js';
import {
  ShippingKind,
  ShippingMethodEntity,
  ShippingRateEntity,
  ShippingZoneEntity,
} from './shipping.entity.js';
import { lockDeliveries, writeAreas } from './shipping.statements.js';

const ABROAD: LocalizedText = { ro: 'Uniunea Europeană', en: 'European Union', fr: 'Union européenne' };

/** The states of the European Union, to which a new shop delivers beside its home. */
const STATES = 'AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK'.split(' ');

interface MethodSeed {
  readonly code: string;
  readonly name: LocalizedText;
  readonly description: LocalizedText;
  readonly price: number;
  readonly freeFrom: number | null;
  readonly days: readonly [number, number];
}

// Amounts in bani: inserted only where the shop's currency is RON.
export const AT_HOME: MethodSeed = {
  code: 'courier',
  name: { ro: 'Curier la ușă', en: 'Courier to your door', fr: 'Coursier à domicile' },
  // Clients state the free-shipping threshold themselves, in their own money format.
  description: {},
  price: 1990,
  freeFrom: 30_000,
  days: [1, 2],
};
const FAR: MethodSeed = {
  code: 'courier-eu',
  name: { ro: 'Curier internațional', en: 'International courier', fr: 'Coursier international' },
  description: { ro: 'Asigurat', en: 'Insured', fr: 'Assuré' },
  price: 8900,
  freeFrom: 90_000,
  days: [3, 6],
};

export interface FirstDeliveries {
  readonly currency: string;
  readonly home: string;
  readonly language: Language;
  /** Not the demonstration. */
  readonly isOwn?: boolean;
}

const hasDeliveries = statement('shipping.has-deliveries', {
  row: { has: t.boolean },
  sql: 'SELECT EXISTS (SELECT FROM shipping_zone) OR EXISTS (SELECT FROM shipping_method) AS has',
});

/**
 * The first zones of a new shop, its home and the European Union, each with a courier; in a shop of its own without one, for
 * only its owner knows what a shipment costs. A shop that has zones or methods keeps them as they are: where it delivers is
 * its own decision, also where a newer version knows of more.
 */
export async function seedDeliveries(
  database: Database,
  { currency, home, language, isOwn = false }: FirstDeliveries,
): Promise<void> {
  await database.transaction(async (tx) => {
    await tx.rows(lockDeliveries);
    if ((await tx.row(hasDeliveries))?.has) return;
    const { atHome, abroad } = await seedZones(tx, home, language);
    if (isOwn || currency !== 'RON') return;
    await seedMethod(tx, { ...AT_HOME, zoneId: atHome, position: 0 }, currency);
    await seedMethod(tx, { ...FAR, zoneId: abroad, position: 1 }, currency);
  });
}

/** The home of the shop and the European Union without it. */
export async function seedZones(
  tx: Tx,
  home: string,
  language: Language,
): Promise<{ readonly atHome: string; readonly abroad: string }> {
  const atHome = await seedZone(tx, { name: countryName(home, language), countries: [home], position: 0 });
  const abroad = await seedZone(tx, {
    name: localized(ABROAD, language, 'en') ?? 'EU',
    countries: STATES.filter((country) => country !== home),
    position: 1,
  });
  return { atHome, abroad };
}

async function seedZone(
  tx: Tx,
  {
    name,
    countries,
    position,
  }: { readonly name: string; readonly countries: readonly string[]; readonly position: number },
): Promise<string> {
  const id = newId();
  await tx.repository(ShippingZoneEntity).insert([{ id, name, position }]);
  const areas = countries.map((country) => ({ country, subdivision: null, postcodePrefix: null }));
  await tx.count(writeAreas, { zoneId: id, areas });
  return id;
}

export async function seedMethod(
  tx: Tx,
  {
    zoneId,
    price,
    freeFrom,
    days,
    ...method
  }: MethodSeed & { readonly zoneId: string; readonly position: number },
  currency: string,
): Promise<string> {
  const id = newId();
  const [estimatedDaysMin, estimatedDaysMax] = days;
  await tx
    .repository(ShippingMethodEntity)
    .insert([{ ...method, id, kind: ShippingKind.COURIER, currency, estimatedDaysMin, estimatedDaysMax }]);
  const args: StoredArguments = freeFrom === null ? { price } : { price, freeFrom };
  const rate = {
    methodId: id,
    zoneId,
    strategy: 'flat',
    arguments: args,
    conditions: {},
    currency,
  };
  await tx.repository(ShippingRateEntity).insert([rate]);
  return id;
}
