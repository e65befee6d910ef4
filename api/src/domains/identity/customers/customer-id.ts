import { NotFoundError } from '../../../kernel/errors.js';
import { localId } from '../../../kernel/ids.js';

/** The account of a customer's id. Also accepts a user's id, because old links contain one. */
export function customerLocalId(id: string): string | null {
  return localId('cust', id) ?? localId('user', id);
}

/** The account of a customer's id in an input. @throws NotFoundError at that field for an invalid id */
export function requireCustomerId(id: string, ...path: string[]): string {
  const uuid = customerLocalId(id);
  if (!uuid) throw new NotFoundError('customer', path);
  return uuid;
}
