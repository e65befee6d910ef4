import { NotFoundError } from './errors.js';
import { customerLocalId, localId, type IdPrefix } from './ids.js';

/** The UUID of a public id in an input. @throws NotFoundError at that field for an invalid id */
export function requireId(prefix: IdPrefix, id: string, what: string, ...path: string[]): string {
  const uuid = localId(prefix, id);
  if (!uuid) throw new NotFoundError(what, path);
  return uuid;
}

/** The account of a customer's id. @throws NotFoundError as above */
export function requireCustomerId(id: string, ...path: string[]): string {
  const uuid = customerLocalId(id);
  if (!uuid) throw new NotFoundError('customer', path);
  return uuid;
}
