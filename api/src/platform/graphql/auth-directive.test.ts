import { buildSchema } from 'graphql';
import { describe, expect, it } from 'vitest';
import { enforceAuth } from './auth-directive.js';
import { publicSchema } from './public-schema.js';

const schemaOf = (fields: string) =>
  buildSchema(`
    directive @auth(role: Role!, permission: Permission) on FIELD_DEFINITION
    directive @public on FIELD_DEFINITION
    enum Role { CUSTOMER SUPPORT }
    enum Permission { ORDER_READ }
    interface Node { id: ID! }
    type Secret implements Node { id: ID! note: Note }
    type Note { text: String }
    type Shop { name: String margin: Int @auth(role: SUPPORT, permission: ORDER_READ) notes: [Note] @auth(role: SUPPORT, permission: ORDER_READ) }
    type Query { ${fields} }
  `);

describe('a schema', () => {
  it('does not start with a root field that says nothing of who may ask', () => {
    expect(() => enforceAuth(schemaOf('shop: Shop @public secret: Secret'))).toThrow(
      'Root fields without @auth or @public: Query.secret',
    );
  });

  it('does not start with a role above customers that comes without a permission: nothing would be checked', () => {
    expect(() => enforceAuth(schemaOf('shop: Shop @public secret: Secret @auth(role: SUPPORT)'))).toThrow(
      'Query.secret',
    );
    expect(() =>
      enforceAuth(schemaOf('shop: Shop @public secret: Secret @auth(role: CUSTOMER)')),
    ).not.toThrow();
  });

  it('shows the public no field that asks for a permission, nor the types that only such fields lead to', () => {
    const shown = publicSchema(
      schemaOf(
        'shop: Shop @public node: Node @public secret: Secret @auth(role: SUPPORT, permission: ORDER_READ)',
      ),
    );

    expect(Object.keys(shown.getQueryType()!.getFields())).toEqual(['shop', 'node']);
    expect(Object.keys((shown.getType('Shop') as never as { getFields(): object }).getFields())).toEqual([
      'name',
    ]);
    expect(shown.getType('Secret')).toBeUndefined();
    expect(shown.getType('Note')).toBeUndefined();
  });
});
