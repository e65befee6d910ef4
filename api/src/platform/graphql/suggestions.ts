import type { RequestContext } from './context.js';

/** Whether the caller may know the whole schema. All others see the public part, in introspection and in errors. */
export function knowsWholeSchema({ viewer }: Partial<Pick<RequestContext, 'viewer'>>): boolean {
  return viewer != null && viewer.permissions.size > 0;
}

/** The suggestion that graphql-js appends to an error about an unknown name, taken from the whole schema. */
const SUGGESTION = / Did you mean .*\?$/s;

/** A graphql-js message without suggestions, which may name staff fields, types and values. */
export function withoutSuggestion(message: string): string {
  return message.replace(SUGGESTION, '');
}
