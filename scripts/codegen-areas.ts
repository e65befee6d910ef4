import { createHash } from 'node:crypto';
import type { CodegenConfig } from '@graphql-codegen/cli';
import { addTypenameSelectionDocumentTransform } from '@graphql-codegen/client-preset';

/** Fragments of both clients; an area carries those that it uses. */
const SHARED = 'packages/client/graphql/*.graphql';

const scalars = {
  ID: 'string',
  Date: 'string',
  DateTime: 'string',
  MinorUnits: 'number',
  CurrencyCode: 'string',
  CountryCode: 'string',
  EmailAddress: 'string',
  URL: 'string',
  SafeHtml: 'string',
  FieldValue: 'unknown',
};

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** How the operations of these files become typed documents. */
export const areaOf = (documents: readonly string[]): CodegenConfig['generates'][string] => ({
  documents: [...documents, SHARED],
  preset: 'client',
  presetConfig: {
    fragmentMasking: false,
    // Bare hex: the form Apollo's persisted-query protocol compares.
    persistedDocuments: { hashAlgorithm: sha256 },
  },
  config: { scalars, strictScalars: true, useTypeImports: true },
  documentTransforms: [addTypenameSelectionDocumentTransform],
});
