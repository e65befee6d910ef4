import type { Answer } from '@vitrine/testing/drivers/graphql-client.js';
import type { Fixtures } from '@vitrine/testing/drivers/fixtures.js';
import type { DomainCases } from '../domain-cases.js';
import type { KeyedCase } from '../keyed-case.js';
import type { PlainCase } from '../plain-cases.js';

let named = 0;

/** Each with a postal code of its own, because an area is in one zone. */
const newZone = (): Answer => ({
  name: `Zone ${++named}`,
  areas: [{ countryCode: 'CH', postcodePrefix: String(1000 + named) }],
});
const newMethod = (): Answer => ({
  kind: 'OTHER',
  translations: [
    { locale: 'RO', name: `Livrare ${++named}` },
    { locale: 'EN', name: `Delivery ${named}` },
  ],
});
const price = (amount: number): Answer => ({
  strategy: 'flat',
  arguments: [{ name: 'price', value: amount }],
});

async function zone({ requests, staff }: Fixtures): Promise<Answer> {
  return (await requests.done('shippingZoneCreate', newZone(), staff))['zone'];
}

/** A method of its own, which no cart can choose: what other cases pay stays as it is. */
async function method({ requests, staff }: Fixtures): Promise<Answer> {
  return (await requests.done('shippingMethodCreate', newMethod(), staff))['method'];
}

const of = ({ id, version = 1 }: Answer): Answer => ({ methodId: id, expectedVersion: version });

async function rated(fixtures: Fixtures): Promise<Answer> {
  const { id: zoneId } = await zone(fixtures);
  const input = { ...of(await method(fixtures)), zoneId, ...price(1990) };
  await fixtures.requests.done('shippingRateSet', input, fixtures.staff);
  return { ...input, expectedVersion: 2 };
}

const KEYED: readonly KeyedCase[] = [
  {
    mutation: 'shippingZoneCreate',
    of: 'a zone of delivery',
    makes: { shipping_zone: 1, zone_area: 1 },
    prepare: async () => ({ input: newZone(), other: { name: `Other zone ${++named}` } }),
  },
  {
    mutation: 'shippingMethodCreate',
    of: 'a way of delivery',
    makes: { shipping_method: 1 },
    prepare: async () => ({ input: newMethod(), other: { kind: 'PICKUP' } }),
  },
];

const STALE: Answer = { expectedVersion: 77 };

const PLAIN: readonly PlainCase[] = [
  {
    mutation: 'shippingZoneUpdate',
    prepare: async (fixtures) => {
      const { id: zoneId, version = 1 } = await zone(fixtures);
      return { input: { zoneId, expectedVersion: version, name: `Renamed ${++named}` }, wrong: STALE };
    },
  },
  {
    mutation: 'shippingZoneDelete',
    prepare: async (fixtures) => {
      const { id: zoneId, version = 1 } = await zone(fixtures);
      return { input: { zoneId, expectedVersion: version }, wrong: STALE };
    },
  },
  {
    mutation: 'shippingMethodUpdate',
    prepare: async (fixtures) => ({
      input: { ...of(await method(fixtures)), estimatedDaysMin: 2, estimatedDaysMax: 4 },
      wrong: STALE,
    }),
  },
  {
    mutation: 'shippingMethodArchive',
    prepare: async (fixtures) => ({ input: of(await method(fixtures)), wrong: STALE }),
  },
  {
    mutation: 'shippingMethodsReorder',
    prepare: async (fixtures) => {
      await method(fixtures);
      const { shippingMethods } = await fixtures.staff.ask('{ shippingMethods { id } }');
      const methodIds = shippingMethods.map(({ id }: Answer) => id).reverse();
      return { input: { methodIds }, wrong: { methodIds: methodIds.slice(1) } };
    },
  },
  {
    mutation: 'shippingRateSet',
    prepare: async (fixtures) => {
      const { id: zoneId } = await zone(fixtures);
      return {
        input: { ...of(await method(fixtures)), zoneId, ...price(2190) },
        wrong: { strategy: 'no-such-rule' },
      };
    },
  },
  {
    mutation: 'shippingRateRemove',
    prepare: async (fixtures) => {
      const { methodId, zoneId, expectedVersion } = await rated(fixtures);
      return { input: { methodId, zoneId, expectedVersion }, wrong: STALE };
    },
  },
];

export const cases: DomainCases = {
  keyed: KEYED,
  plain: PLAIN,
  absent: {
    'there is none before the mutation makes it': ['shippingZoneCreate.zone', 'shippingMethodCreate.method'],
  },
};
