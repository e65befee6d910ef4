import { NotFoundError } from './errors.js';
import { localId, type IdPrefix } from './ids.js';

/** The UUID of a public id in an input. @throws NotFoundError at that field for an invalid id */
export function requireId(prefix: IdPrefix, id: string, what: string, ...path: string[]): string {
  const uuid = localId(prefix, id);
  if (!uuid) throw new NotFoundError(what, path);
  return uuid;
}
