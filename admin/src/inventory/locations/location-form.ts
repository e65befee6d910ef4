import { z } from 'zod';
import { onVersion } from '../../app/seen-version';
import { StockLocationCreateDocument, StockLocationUpdateDocument } from '../../generated/inventory/graphql';
import { defineForm } from '../../ui/forms/define-form';
import { LOCATION_KINDS } from '../stock-filter';
import type { LocationView } from './useStockLocations';

type Fields = Pick<LocationView, 'name' | 'code' | 'kind' | 'priority' | 'active'>;

export const locationForm = defineForm<LocationView, Fields>({
  name: 'stock-location',
  newTitle: 'location.new',
  hint: 'location.dialogHint',
  titleOf: ({ name }) => name,
  schema: ({ t }) =>
    z.object({
      name: z.string().trim().min(1, t('location.nameMissing')),
      code: z
        .string()
        .trim()
        .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/, t('location.codeInvalid')),
      kind: z.enum(LOCATION_KINDS),
      priority: z.int(t('product.wholeNumber')),
      active: z.boolean(),
    }),
  toFields: (location) => {
    const { name, code, kind, priority, active } = location ?? NEW;
    return { name, code, kind, priority, active };
  },
  fields: {
    name: { label: 'location.name', kind: 'text' },
    code: { label: 'location.code', kind: 'code', isHalf: true, isFixed: (location) => Boolean(location) },
    kind: {
      label: 'location.kind',
      kind: 'choice',
      isHalf: true,
      choices: ({ t }) => LOCATION_KINDS.map((value) => ({ value, label: t(`locationKind.${value}`) })),
    },
    priority: { label: 'location.priority', help: 'location.priorityHelp', kind: 'number' },
    active: { label: 'location.active', help: 'location.activeHelp', kind: 'switch', isFor: Boolean },
  },
  create: async (client, { active: _active, ...input }) => {
    const result = await client.mutation(StockLocationCreateDocument, { input });
    return { result, userErrors: result.data?.stockLocationCreate.errors };
  },
  update: (client, { id, version }, { code: _code, ...changes }) =>
    onVersion(version, async (expectedVersion) => {
      const input = { locationId: id, expectedVersion, ...changes };
      const result = await client.mutation(StockLocationUpdateDocument, { input });
      return { result, userErrors: result.data?.stockLocationUpdate.errors };
    }),
});

const NEW: Fields = { name: '', code: '', kind: 'STORE', priority: 0, active: true };
