/** A refusal of the API. Behaviour follows the code; words are found for it in the person's language. */
export interface Refusal {
  code: string;
  message?: string;
  path?: readonly string[] | null;
}

interface Failure {
  networkError?: unknown;
  graphQLErrors: readonly { extensions?: Record<string, unknown> | undefined }[];
}

/**
 * Everything that went wrong with one operation, in one shape: typed refusals of the payload first,
 * else FORBIDDEN, UNAUTHENTICATED ... from the GraphQL error, else NETWORK when nothing came back.
 */
export function userErrorsOf<Typed extends Refusal>(
  failure: Failure | undefined,
  typed?: readonly Typed[],
): (Typed | Refusal)[] {
  if (typed && typed.length > 0) return [...typed];
  if (!failure) return [];
  if (failure.networkError) return [{ code: 'NETWORK' }];
  return failure.graphQLErrors.map(({ extensions }) => {
    const code = extensions?.['code'];
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
 * One sentence for a refusal: the client's own words under `errors.<CODE>` when it has some, else the API's message,
 * else the general sentence under `errors.UNKNOWN`, which names the code.
 */
export function messageForError(
  { has, say }: Dictionary,
  refusal: Refusal,
  values: Record<string, unknown> = {},
): string {
  const key = `errors.${refusal.code}`;
  if (has(key)) return say(key, { ...values, code: refusal.code });
  return refusal.message ?? say('errors.UNKNOWN', { ...values, code: refusal.code });
}
