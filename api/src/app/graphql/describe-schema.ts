import { getDirective } from '@graphql-tools/utils';
import { isInputObjectType, isObjectType, type GraphQLSchema } from 'graphql';
import { thrownCodes } from '../../kernel/error-codes.js';
import { neverNullIn } from '../../platform/graphql/never-null.js';
import { userErrorsOf } from '../../platform/graphql/errors/user-errors-of.js';

const OVERVIEW = `The whole shop: catalog, cart, checkout and orders for buyers, and the back office for staff.

Signing in: \`login\` sets cookies; with \`tokenDelivery: BODY\` it returns tokens instead, to be sent as \`Authorization: Bearer ...\`. A guest's cart is identified by a cookie, or by the header \`x-cart-token\` with the \`token\` that the first cart mutation returns.

User errors are data: every mutation returns \`errors\`, each with a code of ErrorCode, the path of the input field and, where useful, what the caller can do; the payload also returns the entity as it is now. Invalid values of scalars are reported this way too.

All other errors are thrown, with one of these in \`extensions.code\`:
`;

/**
 * Adds to the schema what introspection alone would not show: an introduction, the error codes of each mutation, and in
 * words who may call each guarded field.
 */
export function describeSchema(schema: GraphQLSchema): void {
  const thrown = Object.entries(thrownCodes).map(([code, meaning]) => `- ${code}: ${meaning}`);
  schema.description = OVERVIEW + thrown.join('\n');
  for (const mutation of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const codes = userErrorsOf(schema, mutation);
    const sentence = codes.length > 0 ? `Errors: ${codes.join(', ')}.` : 'It refuses nothing.';
    mutation.description = [mutation.description, sentence].filter(Boolean).join(' ');
  }
  describeNulls(schema);
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const auth = getDirective(schema, field, 'auth')?.[0];
      if (!auth) continue;
      const { role, permission } = auth as { role: string; permission?: string };
      const who = roots.includes(type) ? callers(role, permission) : nullUnless(permission);
      field.description = [field.description, who].filter(Boolean).join(' ');
    }
  }
}

/** Describes, for each update field that cannot be cleared, what null does there. */
function describeNulls(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isInputObjectType(type)) continue;
    for (const name of neverNullIn(type.name)) {
      const field = type.getFields()[name];
      if (!field) throw new Error(`${type.name} has no field ${name}`);
      field.description = `${field.description ?? ''} Null is refused: leave it out to keep what is stored.`;
    }
  }
}

function callers(role: string, permission: string | undefined): string {
  return permission
    ? `Who may call: staff with the permission ${permission}; ${role} is the least role that has it.`
    : 'Who may call: every signed-in customer and staff member.';
}

function nullUnless(permission: string | undefined): string {
  return `Null for callers ${permission ? `without the permission ${permission}` : 'who are not signed in'}.`;
}
