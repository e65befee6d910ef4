import type { ApolloServerPlugin } from '@apollo/server';
import { GraphQLError, Kind, OperationTypeNode, type OperationDefinitionNode } from 'graphql';
import type { ThrownCode } from '../../kernel/error-codes.js';
import type { RequestContext } from './context.js';

// Fields that a client without a valid token may select although it sends the old one, as clients do with every
// request.
const WITHOUT_TOKEN = new Set([
  // Caching clients add it to every selection.
  '__typename',
  'tokenRefresh',
  'login',
  'signUp',
  'logout',
  'passwordResetRequest',
  'passwordReset',
]);

/**
 * Throws UNAUTHENTICATED for a bearer token that has expired, was forged, or whose session has ended: treated as a
 * guest, an app would fill a cart that its customer never sees. A browser whose access cookie has expired while its
 * refresh cookie is present gets the same error for mutations; its queries run as a guest's. Operations that sign in,
 * sign out or refresh are executed.
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
