import { createHash } from 'node:crypto';
import type { CodegenConfig } from '@graphql-codegen/cli';
import { addTypenameSelectionDocumentTransform } from '@graphql-codegen/client-preset';

// One target per area, so that a page ships only its own operations (a single map would put all of them into one chunk).
const areas: Record<string, string[]> = {
  storefront: ['shell', 'catalog', 'cart', 'checkout', 'orders', 'account', 'addresses'],
  admin: [
    'shell',
    'catalog',
    'inventory',
    'orders',
    'returns',
    'order-editing',
    'customers',
    'jobs',
    'metadata',
    'settings',
    'system',
  ],
};

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
};

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const generates = Object.fromEntries(
  Object.entries(areas).flatMap(([client, names]) =>
    names.map((area) => [
      `${client}/src/generated/${area}/`,
      {
        documents: [`${client}/src/${area}/**/*.graphql`, SHARED],
        preset: 'client',
        presetConfig: {
          fragmentMasking: false,
          // Bare hex: the form Apollo's persisted-query protocol compares.
          persistedDocuments: { hashAlgorithm: sha256 },
        },
        config: { scalars, strictScalars: true, useTypeImports: true },
        documentTransforms: [addTypenameSelectionDocumentTransform],
      },
    ]),
  ),
);

const config: CodegenConfig = { schema: 'schema.graphql', ignoreNoDocuments: true, generates };

export default config;
