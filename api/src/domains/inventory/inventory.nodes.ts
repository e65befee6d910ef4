import type { Statement } from '../../platform/database/database.js';
import type { RequestContext } from '../../platform/graphql/context.js';
import { loaderById } from '../../platform/graphql/load-many-by.js';
import type { Permission } from '../../platform/graphql/roles.js';
import type { ModuleDeclaration, NodeFinder } from '../../platform/module.js';
import { holdById, locationById, movementById, reservationById } from './stock-rows.js';

function found<T extends { id: string }>(
  type: string,
  by: Statement<{ readonly id: string }, T>,
  permission: Permission,
): NodeFinder {
  const loader = loaderById(by);
  return {
    type,
    find: async (id, context: RequestContext) =>
      context.viewer?.permissions.has(permission) ? loader(context).load(id) : null,
  };
}

/** Stock can be read by staff only. */
export const inventoryNodes: ModuleDeclaration['nodes'] = {
  loc: found('StockLocation', locationById, 'CATALOG_READ'),
  smov: found('StockMovement', movementById, 'CATALOG_READ'),
  resv: found('StockReservation', reservationById, 'CATALOG_READ'),
  hold: found('StockHold', holdById, 'STOCK_WRITE'),
};
