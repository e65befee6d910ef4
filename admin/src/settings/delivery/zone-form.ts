import { z } from 'zod';
import { onVersion } from '../../app/seen-version';
import type { UserError } from '../../app/user-errors';
import {
  ShippingZoneCreateDocument,
  ShippingZoneDeleteDocument,
  ShippingZoneUpdateDocument,
} from '../../generated/settings/graphql';
import type { ShippingAreaInput } from '../../generated/settings/graphql';
import { defineForm } from '../../ui/forms/define-form';
import { lines, requiredText } from '../../ui/forms/fields/codecs';
import type { Tools } from '../../ui/useTools';
import CountriesInput from './CountriesInput.vue';
import CountiesInput from './CountiesInput.vue';
import { DELIVERY_CONTEXT } from './rate-form';
import type { DeliveryZone } from './useDelivery';

interface ZoneValues {
  name: string;
  countries: string[];
  counties: string[];
  parts: string[];
}

/** What a line of parts says: "RO 5053" is the begin of postal codes, "ES-M" a province. */
const POSTCODE = /^([A-Za-z]{2})\s+(\S.*)$/;
const REGION = /^([A-Za-z]{2})-([A-Za-z0-9]{1,3})$/;

/** The areas that are entered, in the order of the fields. */
export function areasOf({ countries, counties, parts }: Omit<ZoneValues, 'name'>): ShippingAreaInput[] {
  return [
    ...countries.map((countryCode) => ({ countryCode })),
    ...counties.map((region) => ({ countryCode: region.slice(0, 2), region })),
    ...parts.map((part) => {
      const [, ofRegion] = REGION.exec(part) ?? [];
      if (ofRegion) return { countryCode: ofRegion.toUpperCase(), region: part.toUpperCase() };
      const [, countryCode = '', postcodePrefix = ''] = POSTCODE.exec(part) ?? [];
      return { countryCode: countryCode.toUpperCase(), postcodePrefix };
    }),
  ];
}

/** What stands in the fields for the areas of a zone; counties of other countries than home stand in lines. */
export function fieldsOf(zone: DeliveryZone | undefined, home: string): Omit<ZoneValues, 'name'> {
  const areas = zone?.areas ?? [];
  const isCounty = (area: DeliveryZone['areas'][number]): boolean =>
    Boolean(area.region) && area.countryCode === home;
  return {
    countries: areas.flatMap(({ countryCode, region, postcodePrefix }) =>
      region || postcodePrefix ? [] : [countryCode],
    ),
    counties: areas.flatMap((area) => (isCounty(area) && area.region ? [area.region] : [])),
    parts: areas.flatMap((area) => {
      const { countryCode, region, postcodePrefix } = area;
      if (postcodePrefix) return [`${countryCode} ${postcodePrefix}`];
      return region && !isCounty(area) ? [region] : [];
    }),
  };
}

/** A zone of delivery; `home` is the country of the shop, whose counties are in a list of their own. */
export const zoneForm = (home: string, hasCounties: boolean) =>
  defineForm<DeliveryZone, ZoneValues>({
    name: 'delivery-zone',
    newTitle: 'delivery.newZone',
    titleOf: ({ name }) => name,
    hint: 'delivery.zoneHint',
    schema: (tools) => zoneSchema(tools),
    toFields: (zone) => ({ name: zone?.name ?? '', ...fieldsOf(zone, home) }),
    fields: {
      name: { label: 'delivery.zoneName', help: 'delivery.zoneNameHelp', kind: 'text', letters: 100 },
      countries: { label: 'delivery.countries', kind: 'own', component: CountriesInput },
      counties: {
        label: 'delivery.counties',
        help: 'delivery.countiesHelp',
        kind: 'own',
        component: CountiesInput,
        isFor: () => hasCounties,
      },
      parts: { label: 'delivery.parts', help: 'delivery.partsHelp', kind: 'lines', isOptional: true },
    },
    create: async (client, { name, ...values }, idempotencyKey) => {
      const input = { name, areas: areasOf(values), idempotencyKey };
      const result = await client.mutation(ShippingZoneCreateDocument, { input }, DELIVERY_CONTEXT);
      const errors = result.data?.shippingZoneCreate.errors;
      return { result, userErrors: errors?.map((error) => atField(error, values)) };
    },
    update: (client, { id: zoneId, version }, { name, ...values }) =>
      onVersion(version, async (expectedVersion) => {
        const input = { zoneId, expectedVersion, name, areas: areasOf(values) };
        const result = await client.mutation(ShippingZoneUpdateDocument, { input }, DELIVERY_CONTEXT);
        const errors = result.data?.shippingZoneUpdate.errors;
        return { result, userErrors: errors?.map((error) => atField(error, values)) };
      }),
  });

const zoneSchema = (tools: Tools) =>
  z
    .object({
      name: requiredText(tools.t('delivery.zoneNameMissing')),
      countries: z.array(z.string()),
      counties: z.array(z.string()),
      parts: lines(),
    })
    .superRefine(({ parts }, check) => {
      const wrong = parts.find((part) => !REGION.test(part) && !POSTCODE.test(part));
      if (wrong === undefined) return;
      check.addIssue({
        code: 'custom',
        path: ['parts'],
        message: tools.t('delivery.partWrong', { part: wrong }),
      });
    });

/** The API counts the areas. */
function atField(error: UserError, { countries, counties }: Omit<ZoneValues, 'name'>): UserError {
  if (error.path?.[0] !== 'areas') return error;
  const at = Number(error.path[1]);
  const field =
    at < countries.length ? 'countries' : at < countries.length + counties.length ? 'counties' : 'parts';
  return { ...error, path: [field] };
}

/** Deletes a zone with what methods cost there. */
export const zoneDeleteForm = defineForm<DeliveryZone, object>({
  titleOf: ({ name }, { t }) => t('delivery.deleteZoneTitle', { name }),
  hint: 'delivery.deleteZoneHint',
  submitLabel: 'common.delete',
  isDanger: true,
  schema: () => z.object({}),
  toFields: () => ({}),
  fields: {},
  update: (client, { id: zoneId, version }) =>
    onVersion(version, async (expectedVersion) => {
      const input = { zoneId, expectedVersion };
      const result = await client.mutation(ShippingZoneDeleteDocument, { input }, DELIVERY_CONTEXT);
      return { result, userErrors: result.data?.shippingZoneDelete.errors };
    }),
});
