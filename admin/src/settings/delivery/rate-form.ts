import type { Client } from '@urql/core';
import { z } from 'zod';
import { onVersion } from '../../app/seen-version';
import type { UserError } from '../../app/user-errors';
import { valueOf, wrongIn } from '../../described-fields/described-field';
import type { DescribedField, FilledField } from '../../described-fields/described-field';
import { describedDefinition, draftIn, heldFor, wrongPath } from '../../described-fields/described-form';
import { ShippingRateRemoveDocument, ShippingRateSetDocument } from '../../generated/settings/graphql';
import { defineForm } from '../../ui/forms/define-form';
import { money, optionalMoney, optionalWhole } from '../../ui/forms/fields/codecs';
import type { FieldDefinition } from '../../ui/forms/fields/field';
import type { Tools } from '../../ui/useTools';
import type { DeliveryStrategy, RateOfZone, StoredRate } from './useDelivery';

interface Conditions {
  minGrams: number | null;
  maxGrams: number | null;
  minSubtotal: number | null;
  maxSubtotal: number | null;
}
interface RateValues extends Record<string, unknown>, Conditions {
  strategy: string;
  hasConditions: boolean;
}
/** An argument as it is entered. Whether it is right matters for the chosen rule only. */
interface Entered {
  readonly held: unknown;
  readonly value?: unknown;
}

/** What is written of a method is told to every query that read one. */
export const DELIVERY_CONTEXT = { additionalTypenames: ['ShippingMethod', 'ShippingZone'] };

const NONE: Conditions = { minGrams: null, maxGrams: null, minSubtotal: null, maxSubtotal: null };

/** Each rule has fields of its own: two of them may have an argument of the same name. */
const fieldName = ({ code }: DeliveryStrategy, { name }: DescribedField): string => `${code}/${name}`;

const isNarrowed = (_at: unknown, { hasConditions }: Readonly<Record<string, unknown>>): boolean =>
  hasConditions === true;

const CONDITION_FIELDS = {
  hasConditions: { label: 'delivery.hasConditions', help: 'delivery.hasConditionsHelp', kind: 'switch' },
  minGrams: {
    label: 'delivery.minGrams',
    kind: 'whole',
    isHalf: true,
    isOptional: true,
    isFor: isNarrowed,
  },
  maxGrams: {
    label: 'delivery.maxGrams',
    kind: 'whole',
    isHalf: true,
    isOptional: true,
    isFor: isNarrowed,
  },
  minSubtotal: {
    label: 'delivery.minSubtotal',
    kind: 'money',
    isHalf: true,
    isOptional: true,
    isFor: isNarrowed,
  },
  maxSubtotal: {
    label: 'delivery.maxSubtotal',
    kind: 'money',
    isHalf: true,
    isOptional: true,
    isFor: isNarrowed,
  },
} as const satisfies Record<keyof Conditions | 'hasConditions', FieldDefinition<RateOfZone>>;

/** By which rule a method is priced in a zone, with the arguments of that rule, and when it is there at all. */
export function rateForm(strategies: readonly DeliveryStrategy[]) {
  const ofEach = <Made>(
    make: (rule: DeliveryStrategy, field: DescribedField) => Made,
  ): Record<string, Made> => ofEachArgument(strategies, make);
  const chosen = (code: unknown): DeliveryStrategy | undefined => chosenOf(strategies, code);

  return defineForm<RateOfZone, RateValues>({
    name: 'delivery-rate',
    titleOf: ({ method, zone }, { t }) => t('delivery.priceOf', { name: method.name, zone: zone.name }),
    hint: 'delivery.effect',
    schema: (tools) => rateSchema(strategies, tools),
    // The rule of a plugin that was taken off is no choice: the first one is shown in its place.
    toFields: (at, tools) => ({
      strategy: chosen(at?.rate?.strategyCode)?.code ?? strategies[0]?.code ?? null,
      ...ofEach((rule, field) => ({
        held: at && heldFor(field, storedValue(rule, field, at.rate), tools),
      })),
      hasConditions: Object.values(conditionsOf(at?.rate ?? null)).some((border) => border !== null),
      ...conditionsOf(at?.rate ?? null),
    }),
    fields: {
      strategy: {
        label: 'delivery.rate',
        kind: 'choice',
        choices: () => strategies.map(({ code, label }) => ({ value: code, label })),
        explain: (_tools, _at, { strategy }) => chosen(strategy)?.help ?? undefined,
      },
      ...ofEach((rule, field) =>
        describedDefinition<RateOfZone>(field, (_at, values) => values['strategy'] === rule.code),
      ),
      ...CONDITION_FIELDS,
    },
    update: (client, at, values) => sendRate(client, at, values, chosen(values.strategy)),
  });
}

/** Sets the rate; errors at an argument stand at its field. */
function sendRate(
  client: Client,
  { method, zone, version }: RateOfZone,
  values: RateValues,
  rule: DeliveryStrategy | undefined,
) {
  return onVersion(version, async (expectedVersion) => {
    const given = (rule?.arguments ?? []).map((field) => ({
      name: field.name,
      value: rule && (values[fieldName(rule, field)] as Entered).value,
    }));
    const { minGrams, maxGrams, minSubtotal, maxSubtotal } = values;
    const conditions = values.hasConditions ? { minGrams, maxGrams, minSubtotal, maxSubtotal } : null;
    const at = { methodId: method.id, zoneId: zone.id, expectedVersion };
    const input = { ...at, strategy: values.strategy, arguments: given, conditions };
    const result = await client.mutation(ShippingRateSetDocument, { input }, DELIVERY_CONTEXT);
    const errors = result.data?.shippingRateSet.errors;
    return { result, userErrors: errors?.map((error) => atField(error, rule)) };
  });
}

function conditionsOf(rate: StoredRate | null): Conditions {
  const { minGrams, maxGrams, minSubtotal, maxSubtotal } = rate?.conditions ?? NONE;
  return {
    ...{ minGrams: minGrams ?? null, maxGrams: maxGrams ?? null },
    ...{ minSubtotal: minSubtotal ?? null, maxSubtotal: maxSubtotal ?? null },
  };
}

/** The price of a flat rate alone, changed in its place; all else of the rate stays. */
export const flatPriceForm = defineForm<RateOfZone, { price: number }>({
  titleOf: ({ method, zone }, { t }) => t('delivery.priceOf', { name: method.name, zone: zone.name }),
  schema: (tools) => z.object({ price: money(tools) }),
  toFields: (at) => ({ price: Number(argumentOf(at?.rate ?? null, 'price') ?? 0) }),
  fields: {
    price: {
      label: ({ t }, at) => t('delivery.priceOf', { name: at?.method.name ?? '', zone: at?.zone.name ?? '' }),
      kind: 'money',
    },
  },
  update: (client, { method, zone, version, rate }, { price }) =>
    onVersion(version, async (expectedVersion) => {
      const given = (rate?.arguments ?? []).filter(({ name }) => name !== 'price');
      const input = {
        ...{ methodId: method.id, zoneId: zone.id, expectedVersion, strategy: 'flat' },
        arguments: [{ name: 'price', value: price }, ...given.map(({ name, value }) => ({ name, value }))],
        conditions: conditionsOf(rate),
      };
      const result = await client.mutation(ShippingRateSetDocument, { input }, DELIVERY_CONTEXT);
      const errors = result.data?.shippingRateSet.errors;
      return { result, userErrors: errors?.map((error) => ({ ...error, path: ['price'] })) };
    }),
});

/** Takes a method out of a zone. */
export const rateRemoveForm = defineForm<RateOfZone, object>({
  titleOf: ({ method, zone }, { t }) => t('delivery.removeTitle', { name: method.name, zone: zone.name }),
  hint: 'delivery.removeHint',
  submitLabel: 'delivery.remove',
  isDanger: true,
  schema: () => z.object({}),
  toFields: () => ({}),
  fields: {},
  update: (client, { method, zone, version }) =>
    onVersion(version, async (expectedVersion) => {
      const input = { methodId: method.id, zoneId: zone.id, expectedVersion };
      const result = await client.mutation(ShippingRateRemoveDocument, { input }, DELIVERY_CONTEXT);
      return { result, userErrors: result.data?.shippingRateRemove.errors };
    }),
});

/** The value that a rate has for an argument; null for none. */
export function argumentOf(rate: StoredRate | null, name: string): unknown {
  return rate?.arguments.find((argument) => argument.name === name)?.value ?? null;
}

/** The arguments of a rule with the values that a rate has; those of another rule begin with their defaults. */
export function filledArguments(rule: DeliveryStrategy, rate: StoredRate | null): FilledField[] {
  const isChosen = rule.code === rate?.strategyCode;
  return rule.arguments.map((description) => ({
    description,
    value: isChosen ? argumentOf(rate, description.name) : (description.defaultValue ?? null),
  }));
}

function ofEachArgument<Made>(
  strategies: readonly DeliveryStrategy[],
  make: (rule: DeliveryStrategy, field: DescribedField) => Made,
): Record<string, Made> {
  return Object.fromEntries(
    strategies.flatMap((rule) =>
      rule.arguments.map((field) => [fieldName(rule, field), make(rule, field)] as const),
    ),
  );
}

const chosenOf = (strategies: readonly DeliveryStrategy[], code: unknown): DeliveryStrategy | undefined =>
  strategies.find((rule) => rule.code === code);

const rateSchema = (strategies: readonly DeliveryStrategy[], tools: Tools) =>
  z
    .object({
      strategy: z.string(),
      ...ofEachArgument(strategies, (_rule, field) => entered(field, tools)),
      hasConditions: z.boolean(),
      ...{ minGrams: optionalWhole(tools), maxGrams: optionalWhole(tools) },
      ...{ minSubtotal: optionalMoney(tools), maxSubtotal: optionalMoney(tools) },
    })
    .superRefine((values, check) => {
      const rule = chosenOf(strategies, values.strategy);
      for (const field of rule?.arguments ?? []) {
        const name = fieldName(rule as DeliveryStrategy, field);
        const held = (values as unknown as Record<string, Entered | undefined>)[name]?.held;
        const draft = draftIn(field, held);
        const message = wrongIn(field, draft, tools);
        if (!message) continue;
        check.addIssue({ code: 'custom', path: [name, ...wrongPath(field, draft, tools)], message });
      }
    });

const entered = (field: DescribedField, tools: Tools) =>
  z.codec(z.unknown(), z.custom<Entered>(), {
    decode: (held) => {
      const draft = draftIn(field, held);
      return wrongIn(field, draft, tools) ? { held } : { held, value: valueOf(field, draft, tools.currency) };
    },
    encode: (value) => value?.held,
  });

const storedValue = (rule: DeliveryStrategy, { name }: DescribedField, rate: StoredRate | null): unknown =>
  filledArguments(rule, rate).find(({ description }) => description.name === name)?.value;

/** The API counts the arguments of the rule. */
function atField(error: UserError, rule: DeliveryStrategy | undefined): UserError {
  const field = error.path?.[0] === 'arguments' ? rule?.arguments[Number(error.path[1])] : undefined;
  if (rule && field) return { ...error, path: [fieldName(rule, field)] };
  return error.path?.[0] === 'conditions' ? { ...error, path: error.path.slice(1) } : error;
}
