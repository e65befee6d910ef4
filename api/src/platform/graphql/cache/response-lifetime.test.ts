import { buildSchema, Kind, parse } from 'graphql';
import { expect, it } from 'vitest';
import { lifetimeOf } from './response-lifetime.js';

const schema = buildSchema('type Query { word: String secret: String }');
const scope = { publicFields: new Set(['word']), movingFields: new Set<string>() };

/** Forty fragments, each of which spreads the next one twice. */
function lifetimeWith(field: string): number {
  const doubling = Array.from(
    { length: 40 },
    (_, i) => `fragment F${i} on Query { ...F${i + 1} ... on Query { ...F${i + 1} } }`,
  );
  const document = parse(`{ ...F0 } ${doubling.join(' ')} fragment F40 on Query { ${field} }`);
  const [operation] = document.definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('The document begins with no operation');
  return lifetimeOf(operation, { document, schema, scope });
}

it('reads each fragment of an operation once, however often it is spread', () => {
  expect(lifetimeWith('word')).toBeGreaterThan(0);
  expect(lifetimeWith('secret')).toBe(0);
});
