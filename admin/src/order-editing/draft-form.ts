import { readEmailAddress } from '@vitrine/api/email-address';
import type { Client } from '@urql/core';
import { z } from 'zod';
import { languageChoices, languageCode } from '../app/content-languages';
import { onVersion } from '../app/seen-version';
import type { Answer } from '../app/useIntent';
import type { UserError } from '../app/user-errors';
import { DraftOrderCreateDocument, DraftOrderUpdateDocument } from '../generated/order-editing/graphql';
import { defineForm } from '../ui/forms/define-form';
import { optionalMoney, optionalText, requiredText } from '../ui/forms/fields/codecs';
import type { FieldDefinition } from '../ui/forms/fields/field';
import type { FilterChoice } from '../ui/lists/list';
import type { Tools } from '../ui/useTools';
import { draftValues, toDraftInput } from './draft-order';
import type { DraftValues, SavedDraft } from './draft-order';
import { LINES_FIELDS, LINES_SHAPE } from './order-lines';

/** What every address must have; the API checks what its country requires, because some have no postal codes. */
const NEEDED = ['firstName', 'lastName', 'line1', 'city', 'countryCode'] as const;

const address = (needed: z.ZodString) =>
  z.object({
    ...{ firstName: needed, lastName: needed, company: optionalText() },
    ...{ line1: needed, line2: optionalText(), city: needed, region: optionalText() },
    ...{ postalCode: z.string().trim(), countryCode: needed, phone: optionalText() },
  });

export const draftSchema = (tools: Tools) =>
  z
    .object({
      customerId: z.string(),
      email: z
        .string()
        .trim()
        .refine((text) => readEmailAddress(text) !== null, tools.t('draft.emailInvalid')),
      phone: optionalText(),
      language: languageCode,
      shipping: address(requiredText(tools.t('draft.missing'))),
      billsElsewhere: z.boolean(),
      billing: address(z.string().trim()),
      shippingMethodId: z.string().min(1, tools.t('draft.methodMissing')),
      ...LINES_SHAPE,
      lines: LINES_SHAPE.lines.min(1, tools.t('draft.linesMissing')),
      discount: optionalMoney(tools),
      note: optionalText(),
    })
    .superRefine(({ billsElsewhere, billing }, context) => {
      if (!billsElsewhere) return;
      for (const name of NEEDED.filter((each) => billing[each] === ''))
        context.addIssue({ code: 'custom', path: ['billing', name], message: tools.t('draft.missing') });
    });

const ADDRESS_PARTS = Object.fromEntries(
  Object.entries({
    ...{ firstName: 'address.firstName', lastName: 'address.lastName', company: 'address.company' },
    ...{ line1: 'address.line1', line2: 'address.line2', city: 'address.city', region: 'address.region' },
    ...{ postalCode: 'address.postalCode', countryCode: 'address.country', phone: 'customer.phone' },
  }).map(([name, label]) => [name, { label, kind: 'text' } satisfies FieldDefinition<SavedDraft>]),
);

/** Drawn by the page where a card needs more than a field: the names, choices and parts say what errors and clashes are about. */
const fieldsOf = (words: DraftWords): Record<keyof DraftValues, FieldDefinition<SavedDraft>> => ({
  ...LINES_FIELDS,
  customerId: { label: 'orders.customer', kind: 'own', choices: () => words.customers() },
  email: { label: 'customers.email', kind: 'text', type: 'email' },
  phone: { label: 'customer.phone', kind: 'text', type: 'tel', isOptional: true },
  language: {
    label: 'draft.language',
    kind: 'choice',
    choices: ({ buyerLanguages, locale }) => languageChoices(buyerLanguages, undefined, locale),
  },
  shipping: {
    ...{ label: 'order.shippingAddress', kind: 'own' },
    ...{ parts: ADDRESS_PARTS, inputName: 'shippingAddress' },
  },
  billsElsewhere: { label: 'draft.billsElsewhere', kind: 'checkbox' },
  billing: {
    ...{ label: 'order.billingAddress', kind: 'own' },
    ...{ parts: ADDRESS_PARTS, inputName: 'billingAddress' },
  },
  shippingMethodId: { label: 'draft.delivery', kind: 'own', choices: () => words.deliveries() },
  discount: { label: 'order.discount', kind: 'money', isOptional: true },
  note: { label: 'order.note', help: 'draft.noteHelp', kind: 'long-text', isOptional: true },
});

/** The names of what a draft only has ids of. */
interface DraftWords {
  customers: () => readonly FilterChoice[];
  deliveries: () => readonly FilterChoice[];
}
interface DraftContext extends DraftWords {
  /** The shop's own country, where addresses begin. */
  home: string;
  /** Is called with the id of what was saved. */
  saved: (id: string) => void;
}

/**
 * An order that staff draw up, new or saved. Both mutations send the key: a new draft whose answer was lost is written
 * once, also when it is sent again after a reload.
 */
export const draftForm = ({ home, saved, ...words }: DraftContext) =>
  defineForm<SavedDraft, DraftValues>({
    name: 'draft-order',
    // It holds the address of a buyer.
    isPersonal: true,
    newTitle: 'draft.new',
    titleOf: ({ number }, { t }) => t('draft.title', { number }),
    done: 'draft.saved',
    schema: draftSchema,
    toFields: (order, { buyerLanguages, defaultLanguage }) =>
      draftValues(order, { languages: buyerLanguages, defaultLanguage }, home),
    fields: fieldsOf(words),
    create: (client, values, idempotencyKey) => send(client, { values, idempotencyKey, saved }),
    update: (client, order, values, idempotencyKey) => send(client, { order, values, idempotencyKey, saved }),
  });

interface Sending {
  order?: SavedDraft;
  values: DraftValues;
  idempotencyKey: string;
  saved: (id: string) => void;
}

/** Writes a draft down, or the saved one anew with the version that was read. */
async function send(client: Client, { order, values, idempotencyKey, saved }: Sending): Promise<Answer> {
  const input = { draft: toDraftInput(values, order), idempotencyKey };
  const answer = (result: Answer['result'], payload: Payload | null | undefined): Answer => {
    if (payload?.order) saved(payload.order.id);
    return { result, userErrors: payload?.errors.map(atField) };
  };
  if (!order) {
    const result = await client.mutation(DraftOrderCreateDocument, { input });
    return answer(result, result.data?.draftOrderCreate);
  }
  return onVersion(order.version, async (expectedVersion) => {
    const change = { ...input, orderId: order.id, expectedVersion };
    const result = await client.mutation(DraftOrderUpdateDocument, { input: change });
    return answer(result, result.data?.draftOrderUpdate);
  });
}
interface Payload {
  readonly order: { readonly id: string } | null;
  readonly errors: readonly UserError[];
}

/** Codes that are more specific than INVALID_INPUT, by field. */
const OF_FIELD: Readonly<Record<string, string>> = {
  postalCode: 'INVALID_POSTAL_CODE',
  countryCode: 'INVALID_COUNTRY',
  phone: 'INVALID_PHONE',
};

/** An error of the API as the form has its field: there is one phone number, for the buyer and for the courier. */
export function atField(error: UserError): UserError {
  const path = error.path ?? [];
  const [owner, last = ''] = path.slice(-2);
  const code = error.code === 'INVALID_INPUT' ? (OF_FIELD[last] ?? error.code) : error.code;
  return { ...error, code, ...(owner === 'shippingAddress' && last === 'phone' && { path: ['phone'] }) };
}
