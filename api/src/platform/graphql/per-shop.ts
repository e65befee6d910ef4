import type { Database } from '../database/database.js';
import type { RequestContext } from './context.js';

/**
 * Services of a shop for plain field functions and subscriptions, which type-graphql gives no services. Stored by
 * database, because a test process runs several shops.
 */
export class PerShop<T extends object> {
  private readonly values = new WeakMap<Database, T>();

  /** Called once by the domain's `create…` function. */
  register(database: Database, value: T): void {
    this.values.set(database, value);
  }

  of({ database }: Pick<RequestContext, 'database'>): T {
    const value = this.values.get(database);
    if (!value) throw new Error('This part of the shop was not wired');
    return value;
  }
}
