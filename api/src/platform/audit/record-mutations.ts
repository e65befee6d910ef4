import { defaultFieldResolver, type GraphQLSchema } from 'graphql';
import type { RequestContext } from '../graphql/context.js';
import { recording } from './recording.js';

/**
 * Runs each mutation of this schema with the name of its field, the id of its request and, where staff is signed in,
 * who that is: their writes go into the audit log. The writes of customers and guests do not.
 */
export function recordMutations(schema: GraphQLSchema): void {
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const { name: operation, resolve = defaultFieldResolver } = field;
    field.resolve = (source, args, context: RequestContext, info) => {
      const { viewer, requestId } = context;
      const isStaff = viewer !== null && viewer.permissions.size > 0;
      const actor = isStaff
        ? ({ actorKind: 'STAFF', actorId: viewer.userId } as const)
        : { actorKind: null, actorId: null };
      return recording({ ...actor, operation, requestId }, () => resolve(source, args, context, info));
    };
  }
}
