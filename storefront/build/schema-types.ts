import { readFileSync } from 'node:fs';
import { buildSchema, isInterfaceType, isObjectType, type GraphQLSchema } from 'graphql';
import type { Plugin } from 'vite';

const VIRTUAL = 'virtual:schema-types';

/**
 * Serves `virtual:schema-types`, what the cache has to know of the schema; taken from it, both stay right when it grows.
 *
 * - `idLessTypes`: the object types that have no `id`. Graphcache warns about, and refuses to normalise, every type that
 *   it cannot find a key for.
 * - `possibleTypes`: the object types of each interface. Without them Graphcache guesses whether a fragment on an
 *   interface fits, and an answer loses the fields of those that it guesses wrong: all of an error's, say.
 */
export function schemaTypes(schemaFile: string): Plugin {
  return {
    name: 'schema-types',
    resolveId: (id) => (id === VIRTUAL ? `\0${VIRTUAL}` : undefined),
    load(id) {
      if (id !== `\0${VIRTUAL}`) return undefined;
      this.addWatchFile(schemaFile);
      const schema = buildSchema(readFileSync(schemaFile, 'utf8'), { assumeValid: true });
      return [
        `export const idLessTypes = ${JSON.stringify(namesWithoutId(schema))};`,
        `export const possibleTypes = ${JSON.stringify(possibleTypes(schema))};`,
      ].join('\n');
    },
  };
}

function namesWithoutId(schema: GraphQLSchema): string[] {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  return Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type) && !type.name.startsWith('__') && !roots.includes(type))
    .filter((type) => isObjectType(type) && !('id' in type.getFields()))
    .map((type) => type.name);
}

/** `Node` is left out: the shop has no fragment on it, and most types implement it. */
function possibleTypes(schema: GraphQLSchema): Record<string, string[]> {
  return Object.fromEntries(
    Object.values(schema.getTypeMap())
      .filter((type) => isInterfaceType(type) && type.name !== 'Node')
      .map((type) => [type.name, schema.getPossibleTypes(type as never).map(({ name }) => name)]),
  );
}
