import type { RequestContext } from './context.js';

/** Whether the caller may know of the whole schema. All others are shown the public part: by introspection and by errors. */
export function knowsWholeSchema({ viewer }: Partial<Pick<RequestContext, 'viewer'>>): boolean {
  return viewer != null && viewer.permissions.size > 0;
}

/** What graphql-js ends an error with when a name is like others; it looks for them in the whole schema. */
const SUGGESTION = / Did you mean .*\?$/s;

/** A message of graphql-js without the names that it proposes: among them are fields, types and values of staff. */
export function withoutSuggestion(message: string): string {
  return message.replace(SUGGESTION, '');
}
