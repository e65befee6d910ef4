import type { CodegenConfig } from '@graphql-codegen/cli';
import { areaOf } from './scripts/codegen-areas';

// One target per area, so that a page ships only its own operations (a single map would put all of them into one chunk).
const areas: Record<string, string[]> = {
  storefront: ['shell', 'catalog', 'cart', 'checkout', 'orders', 'account', 'addresses'],
  admin: [
    'shell',
    'catalog',
    'inventory',
    'imports',
    'orders',
    'returns',
    'order-editing',
    'customers',
    'jobs',
    'metadata',
    'custom-fields',
    'saved-views',
    'settings',
    'system',
  ],
};

const generates = Object.fromEntries(
  Object.entries(areas).flatMap(([client, names]) =>
    names.map((area) => [`${client}/src/generated/${area}/`, areaOf([`${client}/src/${area}/**/*.graphql`])]),
  ),
);

const config: CodegenConfig = { schema: 'schema.graphql', ignoreNoDocuments: true, generates };

export default config;
