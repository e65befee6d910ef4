import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, type GraphQLSchema } from 'graphql';

export const ROOT = join(import.meta.dirname, '../../../..');

/** The committed schema; a separate check compares it with the code. */
export function contract(): GraphQLSchema {
  return buildSchema(readFileSync(join(ROOT, 'schema.graphql'), 'utf8'));
}
