import { z } from 'zod';
import { onVersion } from '../../app/seen-version';
import {
  TaxClassArchiveDocument,
  TaxClassCreateDocument,
  TaxClassUpdateDocument,
  TaxRateAddDocument,
  TaxRateDeleteDocument,
} from '../../generated/settings/graphql';
import type { TaxTranslationInput } from '../../generated/settings/graphql';
import { shortDate } from '../../ui/dates';
import { defineForm } from '../../ui/forms/define-form';
import { optionalText, requiredText } from '../../ui/forms/fields/codecs';
import type { FieldDefinition } from '../../ui/forms/fields/field';
import { translations } from '../../ui/forms/fields/translations';
import type { Tools } from '../../ui/useTools';
import type { TaxClass, TaxRate } from './useTaxes';

/** What is written of taxes is told to every query that read them. */
const CONTEXT = { additionalTypenames: ['TaxRate', 'TaxClass'] };
const PERCENT = /^(?:\d{1,2}(?:[.,]\d{1,2})?|100)$/;
const CODE = /^[a-z][a-z0-9-]{0,39}$/;

/** Where a rate is to begin. */
export interface RatePlace {
  /** Country and class. */
  readonly id: string;
  readonly country: string;
  readonly countryName: string;
  readonly taxClass: TaxClass;
  /** The rate that it follows; null for the first one of the country. */
  readonly rate: TaxRate | null;
}

interface RateValues {
  ratePercent: string;
  from: string;
  translations: TaxTranslationInput[];
  legalRef: string | null;
}

const NAME: FieldDefinition<RatePlace>['parts'] = {
  name: { label: 'taxes.name', kind: 'text', letters: 60 },
};

/** Another rate from a day on. */
export const taxRateForm = defineForm<RatePlace, RateValues>({
  titleOf: ({ taxClass, countryName }, { t }) =>
    t('taxes.newRateOf', { name: taxClass.name, country: countryName }),
  hint: 'taxes.newRateHint',
  submitLabel: 'taxes.addRate',
  schema: (tools) =>
    z.object({
      ratePercent: z
        .string()
        .trim()
        .regex(PERCENT, tools.t('taxes.percentInvalid'))
        .transform((text) => text.replace(',', '.')),
      from: requiredText(tools.t('taxes.fromMissing')),
      translations: translations(tools, { name: requiredText(tools.t('taxes.nameMissing')) }),
      legalRef: optionalText(),
    }),
  toFields: (place) => ({
    ratePercent: '',
    from: '',
    translations: (place?.rate?.translations ?? []).map(({ locale, name }) => ({ locale, name })),
    legalRef: null,
  }),
  fields: {
    ratePercent: { label: 'taxes.percent', kind: 'text', placeholder: () => '21' },
    from: { label: 'taxes.from', help: 'taxes.fromHelp', kind: 'day' },
    translations: {
      label: 'taxes.names',
      help: 'taxes.namesHelp',
      kind: 'translations',
      parts: NAME,
      isOptional: true,
    },
    legalRef: {
      label: 'taxes.legalRef',
      help: 'taxes.legalRefHelp',
      kind: 'text',
      isOptional: true,
      letters: 200,
    },
  },
  fieldOfCode: { RATE_IN_FORCE: 'from', RATE_EXISTS: 'from' },
  done: (place, { from }, { t, locale }) =>
    t('taxes.rateAdded', { name: place?.taxClass.name ?? '', day: shortDate(from, locale) }),
  update: async (client, { country, taxClass }, values, idempotencyKey) => {
    const input = { country, taxClass: taxClass.code, ...values, idempotencyKey };
    const result = await client.mutation(TaxRateAddDocument, { input }, CONTEXT);
    return { result, userErrors: result.data?.taxRateAdd.errors };
  },
});

/** A rate that has not begun. */
export const taxRateDeleteForm = defineForm<TaxRate, object>({
  titleOf: ({ ratePercent, name, from }, { t, locale }) =>
    t('taxes.deleteTitle', { percent: ratePercent, name, day: shortDate(from ?? '', locale) }),
  hint: 'taxes.deleteHint',
  submitLabel: 'common.delete',
  done: 'taxes.deleted',
  isDanger: true,
  schema: () => z.object({}),
  toFields: () => ({}),
  fields: {},
  update: (client, { id, version }) =>
    onVersion(version, async (expectedVersion) => {
      const input = { taxRateId: id, expectedVersion };
      const result = await client.mutation(TaxRateDeleteDocument, { input }, CONTEXT);
      return { result, userErrors: result.data?.taxRateDelete.errors };
    }),
});

interface ClassValues {
  code: string;
  translations: TaxTranslationInput[];
}

/** A tax class: its names, and of a new one its code. */
export const taxClassForm = defineForm<TaxClass, ClassValues>({
  name: 'tax-class',
  newTitle: 'taxes.newClass',
  titleOf: ({ name }) => name,
  hint: 'taxes.classHint',
  schema: (tools) =>
    z.object({
      code: z.string().trim().regex(CODE, tools.t('taxes.codeInvalid')),
      translations: translations(
        tools,
        { name: requiredText(tools.t('taxes.nameMissing')) },
        { mustHave: 'default' },
      ),
    }),
  toFields: (taxClass) => ({
    code: taxClass?.code ?? '',
    translations: (taxClass?.translations ?? []).map(({ locale, name }) => ({ locale, name })),
  }),
  fields: {
    code: {
      label: 'taxes.code',
      help: 'taxes.codeHelp',
      kind: 'code',
      isFor: (taxClass) => taxClass === undefined,
    },
    translations: {
      label: 'taxes.names',
      kind: 'translations',
      parts: { name: { label: 'taxes.name', kind: 'text', letters: 60 } },
    },
  },
  fieldOfCode: { TAX_CLASS_EXISTS: 'code' },
  create: async (client, values, idempotencyKey) => {
    const result = await client.mutation(
      TaxClassCreateDocument,
      { input: { ...values, idempotencyKey } },
      CONTEXT,
    );
    return { result, userErrors: result.data?.taxClassCreate.errors };
  },
  update: (client, { id, version }, { translations: names }) =>
    onVersion(version, async (expectedVersion) => {
      const input = { taxClassId: id, expectedVersion, translations: names };
      const result = await client.mutation(TaxClassUpdateDocument, { input }, CONTEXT);
      return { result, userErrors: result.data?.taxClassUpdate.errors };
    }),
});

/** Archives a class, or takes it back. */
export const taxClassArchiveForm = defineForm<TaxClass, object>({
  titleOf: ({ name, isArchived }, { t }) =>
    t(isArchived ? 'taxes.restoreTitle' : 'taxes.archiveTitle', { name }),
  hintOf: ({ isArchived }, { t }: Tools) => t(isArchived ? 'taxes.restoreHint' : 'taxes.archiveHint'),
  submitLabel: ({ entity, tools: { t } }) => t(entity?.isArchived ? 'taxes.restore' : 'taxes.archive'),
  done: (taxClass, _values, { t }) => t(taxClass?.isArchived ? 'taxes.restored' : 'taxes.archived'),
  schema: () => z.object({}),
  toFields: () => ({}),
  fields: {},
  update: (client, { id, version, isArchived }) =>
    onVersion(version, async (expectedVersion) => {
      const input = { taxClassId: id, expectedVersion, isArchived: !isArchived };
      const result = await client.mutation(TaxClassArchiveDocument, { input }, CONTEXT);
      return { result, userErrors: result.data?.taxClassArchive.errors };
    }),
});
