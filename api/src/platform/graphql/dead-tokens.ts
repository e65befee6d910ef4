import type { ApolloServerPlugin } from '@apollo/server';
import { GraphQLError, Kind, OperationTypeNode, type OperationDefinitionNode } from 'graphql';
import type { ThrownCode } from '../../kernel/error-codes.js';
import type { RequestContext } from './context.js';

// What a client without a good token may ask although it sends the old one along, as clients do with every request.
const WITHOUT_TOKEN = new Set([
  // Caching clients ask for it beside whatever they do.
  '__typename',
  'tokenRefresh',
  'login',
  'signUp',
  'logout',
  'passwordResetRequest',
  'passwordReset',
]);

/**
 * Says UNAUTHENTICATED to whoever sends a bearer token that has run out, was forged, or whose session has ended: taken
 * for a guest, an app would fill a cart that its customer never sees. A browser whose access cookie has run out while its
 * refresh cookie is still there hears the same when it wants to change something; what it only reads is a guest's. Operations that sign in, out or on are answered.
 */
export function refuseDeadTokens(): ApolloServerPlugin<RequestContext> {
  return {
    requestDidStart: async () => ({
      async didResolveOperation({ operation, contextValue }) {
        const isRefused =
          contextValue.hasRefusedToken ||
          (contextValue.isToRenew && operation?.operation === OperationTypeNode.MUTATION);
        if (isRefused && !signsIn(operation)) throw deadToken();
      },
    }),
  };
}

function signsIn(asked: OperationDefinitionNode | undefined): boolean {
  return (
    asked?.operation === OperationTypeNode.MUTATION &&
    asked.selectionSet.selections.every(
      (node) => node.kind === Kind.FIELD && WITHOUT_TOKEN.has(node.name.value),
    )
  );
}

function deadToken(): GraphQLError {
  return new GraphQLError(
    'The access token is not good, or not any more. Get the next one with tokenRefresh, or sign in again.',
    { extensions: { code: 'UNAUTHENTICATED' satisfies ThrownCode, http: { status: 401 } } },
  );
}
