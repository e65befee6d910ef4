import { perRequest } from '../../platform/graphql/context.js';
import { loadManyBy } from '../../platform/graphql/load-many-by.js';
import * as sql from './order-editing.statements.js';

export const orderEditingLoaders = perRequest(({ database }) => ({
  edits: loadManyBy(database, sql.editsByOrder, (edit) => edit.orderId),
}));
