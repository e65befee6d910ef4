/** A user error of the API. Behaviour follows the code; its message is translated by the client. */
export interface UserError {
  code: string;
  message?: string;
  path?: readonly string[] | null;
}

interface Failure {
  networkError?: unknown;
  graphQLErrors: readonly { extensions?: Record<string, unknown> | undefined }[];
}

/**
 * All errors of one operation in one shape: user errors of the payload first, else FORBIDDEN, UNAUTHENTICATED ...
 * from the GraphQL error, else NETWORK when there was no response. A query that a rule of the shop refuses has the code of
 * that rule as its reason.
 */
export function userErrorsOf<Typed extends UserError>(
  failure: Failure | undefined,
  typed?: readonly Typed[],
): (Typed | UserError)[] {
  if (typed && typed.length > 0) return [...typed];
  if (!failure) return [];
  if (failure.networkError) return [{ code: 'NETWORK' }];
  return failure.graphQLErrors.map(({ extensions }) => {
    const code = extensions?.['reason'] ?? extensions?.['code'];
    return { code: typeof code === 'string' ? code : 'INTERNAL' };
  });
}

export const isSignedOut = (failure: Pick<Failure, 'graphQLErrors'> | undefined): boolean =>
  Boolean(failure?.graphQLErrors.some(({ extensions }) => extensions?.['code'] === 'UNAUTHENTICATED'));

export interface Dictionary {
  has: (key: string) => boolean;
  say: (key: string, values: Record<string, unknown>) => string;
}

/**
 * The message of a user error: the client's own under `errors.<CODE>` when there is one, else the API's message, else
 * the general one under `errors.UNKNOWN`, which names the code.
 */
export function messageForError(
  { has, say }: Dictionary,
  userError: UserError,
  values: Record<string, unknown> = {},
): string {
  const key = `errors.${userError.code}`;
  if (has(key)) return say(key, { ...values, code: userError.code });
  return userError.message ?? say('errors.UNKNOWN', { ...values, code: userError.code });
}
