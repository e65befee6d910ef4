import { DomainError, NotFoundError } from '../../../kernel/errors.js';
import type { Tx } from '../../../platform/database/database.js';
import { StaleVersionError } from '../../../platform/graphql/user-error.type.js';
import { ShippingMethodEntity } from '../shipping.entity.js';

/**
 * The row of a method, locked until the transaction ends.
 *
 * @throws NotFoundError, StaleVersionError
 * @throws DomainError SHIPPING_METHOD_ARCHIVED, unless archived ones are wanted too
 */
export async function lockMethod(
  tx: Tx,
  id: string,
  expectedVersion: number,
  { isArchivedToo = false } = {},
): Promise<ShippingMethodEntity> {
  const method = await tx.repository(ShippingMethodEntity).lock({ id });
  if (!method) throw new NotFoundError('way of delivery', ['methodId']);
  if (method.version !== expectedVersion) throw new StaleVersionError(method.version);
  if (method.archivedAt && !isArchivedToo)
    throw new DomainError('SHIPPING_METHOD_ARCHIVED', 'Take it back first.', ['methodId']);
  return method;
}
