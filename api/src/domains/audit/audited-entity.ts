import { InvalidInputError } from '../../kernel/errors.js';
import { globalId, isUuid, localId, prefixOf, prefixOfType, typeOfPrefix } from '../../kernel/ids.js';

/** An entity as the audit log knows it. */
export interface AuditedEntity {
  readonly entityTypes: readonly string[];
  readonly entityId: string;
}

/** A customer is an account as staff see it: what happened to it is recorded under the account. */
const CUSTOMER = { prefix: 'cust', entityTypes: ['Customer', 'User'] } as const;

/** @throws InvalidInputError for an id that is none of the schema */
export function entityOf(id: string): AuditedEntity {
  const prefix = prefixOf(id);
  const type = prefix === null ? null : typeOfPrefix(prefix);
  const entityId = type === null ? null : localId(type.prefix, id);
  if (type === null || entityId === null)
    throw new InvalidInputError('The id of an entity of this shop.', ['filter', 'entityId']);
  return { entityTypes: prefix === CUSTOMER.prefix ? CUSTOMER.entityTypes : [type.name], entityId };
}

export function customerEntity(userId: string): AuditedEntity {
  return { entityTypes: CUSTOMER.entityTypes, entityId: userId };
}

/** The global id of an entity; null where its type has none. */
export function publicId(type: string, id: string | null): string | null {
  const prefix = prefixOfType(type);
  return prefix !== null && id !== null && isUuid(id) ? globalId(prefix, id) : null;
}
