import { readFileSync } from 'node:fs';
import { buildSchema, isObjectType } from 'graphql';
import type { Plugin } from 'vite';

const VIRTUAL = 'virtual:id-less-types';

/**
 * Serves `virtual:id-less-types`: the object types that have no `id`.
 *
 * Graphcache warns about, and refuses to normalise, every type it cannot find a key for; taking the list from the
 * schema keeps it right when the schema grows.
 */
export function idLessTypes(schemaFile: string): Plugin {
  return {
    name: 'id-less-types',
    resolveId: (id) => (id === VIRTUAL ? `\0${VIRTUAL}` : undefined),
    load(id) {
      if (id !== `\0${VIRTUAL}`) return undefined;
      this.addWatchFile(schemaFile);
      return `export const idLessTypes = ${JSON.stringify(namesWithoutId(schemaFile))};`;
    },
  };
}

function namesWithoutId(schemaFile: string): string[] {
  const schema = buildSchema(readFileSync(schemaFile, 'utf8'), { assumeValid: true });
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  return Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type) && !type.name.startsWith('__') && !roots.includes(type))
    .filter((type) => isObjectType(type) && !('id' in type.getFields()))
    .map((type) => type.name);
}
