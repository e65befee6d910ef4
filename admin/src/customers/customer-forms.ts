import { z } from 'zod';
import { languageChoices, languageCode } from '../app/content-languages';
import { onVersion } from '../app/seen-version';
import {
  CustomerCreateDocument,
  CustomerDataExportDocument,
  CustomerLockDocument,
  CustomerNoteAddDocument,
  CustomerPasswordResetSendDocument,
  CustomerTagsSetDocument,
  CustomerUnlockDocument,
  CustomerUpdateDocument,
} from '../generated/customers/graphql';
import type { CustomerDetailsFragment, LanguageCode } from '../generated/customers/graphql';
import { defineForm } from '../ui/forms/define-form';
import type { FieldDefinition } from '../ui/forms/fields/field';
import TagsField from '../ui/forms/fields/TagsField.vue';
import type { Tools } from '../ui/useTools';
import { nameOf } from './customer-filter';

type Customer = CustomerDetailsFragment;

interface Person {
  email: string;
  firstName: string;
  lastName: string;
  phone: string;
  language: LanguageCode;
}

const CONTEXT = { additionalTypenames: ['Customer'] };
const NOTHING = { schema: () => z.object({}), toFields: () => ({}), fields: {} };

const tagsField: FieldDefinition<Customer> = {
  ...{ label: 'customers.tags', help: 'customer.tagsHelp', kind: 'own', component: TagsField },
};

const personSchema = ({ t }: Tools) => ({
  email: z.email(t('login.emailInvalid')),
  firstName: z.string().trim(),
  lastName: z.string().trim(),
  phone: z.string().trim(),
  language: languageCode,
});
const personFields: { readonly [Key in keyof Person]: FieldDefinition<Customer> } = {
  email: {
    ...{ label: 'customers.email', kind: 'text', type: 'email' },
    isFixed: Boolean,
  },
  firstName: { label: 'customer.firstName', kind: 'text', isHalf: true, isOptional: true },
  lastName: { label: 'customer.lastName', kind: 'text', isHalf: true, isOptional: true },
  phone: { label: 'customer.phone', kind: 'text', type: 'tel', isOptional: true },
  language: {
    label: 'draft.language',
    kind: 'choice',
    choices: ({ buyerLanguages, locale }, customer) =>
      languageChoices(buyerLanguages, customer?.language, locale),
  },
};
const personOf = (customer: Customer | undefined, { defaultLanguage }: Tools): Person => ({
  email: customer?.email ?? '',
  firstName: customer?.firstName ?? '',
  lastName: customer?.lastName ?? '',
  phone: customer?.phonePrinted ?? customer?.phone ?? '',
  language: customer?.language ?? defaultLanguage,
});
/** A name that is left empty stays: nobody has no name once they had one. */
const sent = ({ firstName, lastName, phone, language }: Person) => ({
  ...(firstName && { firstName }),
  ...(lastName && { lastName }),
  ...{ phone: phone || null, language },
});

/** Adds somebody who has no account. `made` is called with the id. */
export const newCustomerForm = (made: (id: string) => void) =>
  defineForm<Customer, Person & { tags: string[] }>({
    name: 'customer',
    isPersonal: true,
    newTitle: 'customer.new',
    hint: 'customer.newHint',
    titleOf: nameOf,
    schema: (tools) => z.object({ ...personSchema(tools), tags: z.array(z.string()) }),
    toFields: (customer, tools) => ({ ...personOf(customer, tools), tags: [] }),
    fields: { ...personFields, tags: tagsField },
    create: async (client, values, idempotencyKey) => {
      const { email, tags } = values;
      const input = { email, tags, ...sent(values), idempotencyKey };
      const result = await client.mutation(CustomerCreateDocument, { input }, CONTEXT);
      const id = result.data?.customerCreate.customer?.id;
      if (id) made(id);
      return { result, userErrors: result.data?.customerCreate.errors };
    },
  });

export const customerForm = defineForm<Customer, Person>({
  name: 'customer',
  isPersonal: true,
  titleOf: nameOf,
  hintOf: ({ hasAccount }, { t }) => t(hasAccount ? 'customer.editAccountHint' : 'customer.editGuestHint'),
  schema: (tools) => z.object(personSchema(tools)),
  toFields: personOf,
  fields: personFields,
  update: (client, customer, values) =>
    onVersion(customer.version, async (expectedVersion) => {
      const input = { customerId: customer.id, expectedVersion, ...sent(values) };
      const result = await client.mutation(CustomerUpdateDocument, { input }, CONTEXT);
      return { result, userErrors: result.data?.customerUpdate.errors };
    }),
});

export const customerTagsForm = defineForm<Customer, { tags: string[] }>({
  name: 'customer-tags',
  titleOf: (customer, { t }) => t('customer.tagsOf', { name: nameOf(customer) }),
  schema: () => z.object({ tags: z.array(z.string()) }),
  toFields: (customer) => ({ tags: [...(customer?.tags ?? [])] }),
  fields: { tags: tagsField },
  update: (client, customer, { tags }) =>
    onVersion(customer.version, async (expectedVersion) => {
      const input = { customerId: customer.id, expectedVersion, tags };
      const result = await client.mutation(CustomerTagsSetDocument, { input }, CONTEXT);
      return { result, userErrors: result.data?.customerTagsSet.errors };
    }),
});

export const customerNoteForm = defineForm<Customer, { body: string }>({
  name: 'customer-note',
  isPersonal: true,
  titleOf: (customer, { t }) => t('customer.noteOf', { name: nameOf(customer) }),
  hint: 'customer.notesHint',
  done: 'customer.noteAdded',
  schema: ({ t }) => z.object({ body: z.string().trim().min(1, t('customer.noteMissing')) }),
  toFields: () => ({ body: '' }),
  fields: { body: { label: 'customer.note', kind: 'long-text', letters: 2_000 } },
  update: async (client, { id }, { body }, idempotencyKey) => {
    const input = { customerId: id, body, idempotencyKey };
    const result = await client.mutation(CustomerNoteAddDocument, { input }, CONTEXT);
    return { result, userErrors: result.data?.customerNoteAdd.errors };
  },
});

export const customerLockForm = defineForm<Customer, object>({
  ...NOTHING,
  titleOf: (customer, { t }) => t('customer.lockTitle', { name: nameOf(customer) }),
  hint: 'customer.lockHint',
  submitLabel: 'customer.lock',
  done: 'customer.locked',
  isDanger: true,
  update: (client, customer) =>
    onVersion(customer.version, async (expectedVersion) => {
      const input = { customerId: customer.id, expectedVersion };
      const result = await client.mutation(CustomerLockDocument, { input }, CONTEXT);
      return { result, userErrors: result.data?.customerLock.errors };
    }),
});

export const customerUnlockForm = defineForm<Customer, object>({
  ...NOTHING,
  titleOf: (customer, { t }) => t('customer.unlockTitle', { name: nameOf(customer) }),
  hint: 'customer.unlockHint',
  submitLabel: 'customer.unlock',
  done: 'customer.unlocked',
  update: (client, customer) =>
    onVersion(customer.version, async (expectedVersion) => {
      const input = { customerId: customer.id, expectedVersion };
      const result = await client.mutation(CustomerUnlockDocument, { input }, CONTEXT);
      return { result, userErrors: result.data?.customerUnlock.errors };
    }),
});

export const customerResetForm = defineForm<Customer, object>({
  ...NOTHING,
  titleOf: (_customer, { t }) => t('customer.resetTitle'),
  hintOf: ({ email }, { t }) => t('customer.resetHint', { email }),
  submitLabel: 'customer.reset',
  done: ({ email } = { email: '' } as Customer, _values, { t }) => t('customer.resetSent', { email }),
  update: async (client, { id }) => {
    const result = await client.mutation(CustomerPasswordResetSendDocument, { input: { customerId: id } });
    return { result, userErrors: result.data?.customerPasswordResetSend.errors };
  },
});

/** `ready` is called with the address of the file. */
export const customerDataForm = (ready: (url: string) => void) =>
  defineForm<Customer, object>({
    ...NOTHING,
    titleOf: (customer, { t }) => t('customer.dataTitle', { name: nameOf(customer) }),
    hint: 'customer.dataHint',
    submitLabel: 'customer.data',
    done: 'customer.dataDone',
    update: async (client, { id }) => {
      const result = await client.mutation(CustomerDataExportDocument, { input: { customerId: id } });
      const url = result.data?.customerDataExport.url;
      if (url) ready(url);
      return { result, userErrors: result.data?.customerDataExport.errors };
    },
  });
