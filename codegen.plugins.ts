import { readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { CodegenConfig } from '@graphql-codegen/cli';
import { areaOf } from './scripts/codegen-areas';

// The operations of plugins, against the schema with them: `generated/` beside those of each part. A package brings its own.
const folder = process.env.PLUGINS_DIR ?? '.cache/plugins';
const parts = JSON.parse(readFileSync(join(folder, 'plugins.json'), 'utf8')) as Record<
  string,
  string | null
>[];
const folders = parts
  .flatMap(({ admin, storefront }) => [admin, storefront])
  .flatMap((entry) => (entry && !entry.includes('node_modules') ? [relative('.', dirname(entry))] : []));

const config: CodegenConfig = {
  schema: join(folder, 'schema.graphql'),
  ignoreNoDocuments: true,
  generates: Object.fromEntries(
    folders.map((part) => [`${part}/generated/`, areaOf([`${part}/**/*.graphql`])]),
  ),
};

export default config;
