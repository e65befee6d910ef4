import { z } from 'zod';
import { onVersion } from '../../app/seen-version';
import type { UserError } from '../../app/user-errors';
import { valueOf, wrongIn } from '../../described-fields/described-field';
import type { DescribedField } from '../../described-fields/described-field';
import { describedDefinition, draftIn, heldFor, wrongPath } from '../../described-fields/described-form';
import { ShippingMethodRateUpdateDocument } from '../../generated/settings/graphql';
import { defineForm } from '../../ui/forms/define-form';
import type { Tools } from '../../ui/useTools';
import { filledArguments } from './useDelivery';
import type { DeliveryMethod, DeliveryRate } from './useDelivery';

interface RateValues extends Record<string, unknown> {
  rate: string;
}
/** An argument as it is entered. Whether it is right matters for the chosen rule only. */
interface Entered {
  readonly held: unknown;
  readonly value?: unknown;
}

/** Each rule has fields of its own: two of them may have an argument of the same name. */
const fieldName = ({ code }: DeliveryRate, { name }: DescribedField): string => `${code}/${name}`;

/** By which rule the price of a way of delivery is computed, and the arguments of that rule. */
export function rateForm(rates: readonly DeliveryRate[]) {
  const ofEach = <Made>(make: (rate: DeliveryRate, field: DescribedField) => Made): Record<string, Made> =>
    ofEachArgument(rates, make);
  const chosen = (code: unknown): DeliveryRate | undefined => chosenOf(rates, code);

  return defineForm<DeliveryMethod, RateValues>({
    name: 'delivery-rate',
    titleOf: ({ name }, { t }) => t('delivery.priceOf', { name }),
    hint: 'delivery.effect',
    schema: (tools) => rateSchema(rates, tools),
    // The rule of a plugin that was taken off is no choice: the first one is shown in its place.
    toFields: (method, tools) => ({
      rate: chosen(method?.rateCode)?.code ?? rates[0]?.code ?? null,
      ...ofEach((rate, field) => ({
        held: method && heldFor(field, storedValue(rate, field, method), tools),
      })),
    }),
    fields: {
      rate: {
        label: 'delivery.rate',
        kind: 'choice',
        choices: () => rates.map(({ code, label }) => ({ value: code, label })),
        explain: (_tools, _method, { rate }) => chosen(rate)?.help ?? undefined,
      },
      ...ofEach((rate, field) =>
        describedDefinition<DeliveryMethod>(field, (_method, values) => values['rate'] === rate.code),
      ),
    },
    update: (client, { id: shippingMethodId, version }, values) =>
      onVersion(version, async (expectedVersion) => {
        const rate = chosen(values.rate);
        const given = (rate?.arguments ?? []).map((field) => ({
          name: field.name,
          value: rate && (values[fieldName(rate, field)] as Entered).value,
        }));
        const input = { shippingMethodId, expectedVersion, rate: values.rate, arguments: given };
        const result = await client.mutation(ShippingMethodRateUpdateDocument, { input });
        const errors = result.data?.shippingMethodRateUpdate.errors;
        return { result, userErrors: errors?.map((error) => atField(error, rate)) };
      }),
  });
}

function ofEachArgument<Made>(
  rates: readonly DeliveryRate[],
  make: (rate: DeliveryRate, field: DescribedField) => Made,
): Record<string, Made> {
  return Object.fromEntries(
    rates.flatMap((rate) =>
      rate.arguments.map((field) => [fieldName(rate, field), make(rate, field)] as const),
    ),
  );
}

const chosenOf = (rates: readonly DeliveryRate[], code: unknown): DeliveryRate | undefined =>
  rates.find((rate) => rate.code === code);

const rateSchema = (rates: readonly DeliveryRate[], tools: Tools) =>
  z
    .object({ rate: z.string(), ...ofEachArgument(rates, (_rate, field) => entered(field, tools)) })
    .superRefine((values, check) => {
      const rate = chosenOf(rates, values.rate);
      for (const field of rate?.arguments ?? []) {
        const name = fieldName(rate as DeliveryRate, field);
        const draft = draftIn(field, ((values as RateValues)[name] as Entered | undefined)?.held);
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

const storedValue = (rate: DeliveryRate, { name }: DescribedField, method: DeliveryMethod): unknown =>
  filledArguments(rate, method).find(({ description }) => description.name === name)?.value;

/** The API counts the arguments of the rule. */
function atField(error: UserError, rate: DeliveryRate | undefined): UserError {
  const field = error.path?.[0] === 'arguments' ? rate?.arguments[Number(error.path[1])] : undefined;
  return rate && field ? { ...error, path: [fieldName(rate, field)] } : error;
}
