import { globSync } from 'node:fs';
import type { CodegenConfig } from '@graphql-codegen/cli';
import { areaOf } from './scripts/codegen-areas';

/** The areas of a client: the folders of its sources with operations. */
const areasOf = (client: string): string[] => [
  ...new Set(
    globSync('*/**/*.graphql', { cwd: `${client}/src` }).flatMap((file) => file.split('/')[0] ?? []),
  ),
];

// One target per area, so that a page ships only its own operations (a single map would put all of them into one chunk).
const generates = Object.fromEntries(
  ['storefront', 'admin'].flatMap((client) =>
    areasOf(client).map((area) => [
      `${client}/src/generated/${area}/`,
      areaOf([`${client}/src/${area}/**/*.graphql`]),
    ]),
  ),
);

const config: CodegenConfig = { schema: 'schema.graphql', ignoreNoDocuments: true, generates };

export default config;
