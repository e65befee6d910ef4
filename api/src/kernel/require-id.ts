import { NotFoundError } from './errors.js';
import { customerLocalId, localId, type IdPrefix } from './ids.js';

/** The stored id behind a public one of an input. @throws NotFoundError at that field for anything that is no such id */
export function requireId(prefix: IdPrefix, id: string, what: string, ...path: string[]): string {
  const uuid = localId(prefix, id);
  if (!uuid) throw new NotFoundError(what, path);
  return uuid;
}

/** The account behind a customer's id. @throws NotFoundError as above */
export function requireCustomerId(id: string, ...path: string[]): string {
  const uuid = customerLocalId(id);
  if (!uuid) throw new NotFoundError('customer', path);
  return uuid;
}
