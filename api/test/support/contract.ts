import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSchema, type GraphQLSchema } from 'graphql';

export const ROOT = join(import.meta.dirname, '../../..');

/** The contract as third parties read it; a check of its own holds it to be what the code says. */
export function contract(): GraphQLSchema {
  return buildSchema(readFileSync(join(ROOT, 'schema.graphql'), 'utf8'));
}
