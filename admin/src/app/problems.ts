import type { OperationResult } from '@urql/core';

/** A refusal. Behaviour follows the code; words come from `error-words`. */
export interface Problem {
  code: string;
  path?: readonly string[] | null;
  currentQuantity?: number;
}

/**
 * Everything that went wrong with one operation, in one shape: typed refusals of the payload first,
 * else FORBIDDEN, UNAUTHENTICATED ... from the GraphQL error, else NETWORK when nothing came back.
 */
export function problemsOf(result: Pick<OperationResult, 'error'>, refusals?: readonly Problem[]): Problem[] {
  if (refusals && refusals.length > 0) return [...refusals];
  if (!result.error) return [];
  if (result.error.networkError) return [{ code: 'NETWORK' }];
  return result.error.graphQLErrors.map((error) => {
    const code = error.extensions['code'];
    return { code: typeof code === 'string' ? code : 'INTERNAL' };
  });
}
