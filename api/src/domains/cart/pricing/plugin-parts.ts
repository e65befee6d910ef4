import type { Database, Querying } from '../../../platform/database/database.js';
import { PluginFailedError, type Hooks } from '../../../platform/hooks/hooks.js';
import type { Reference } from '../../pricing/index.js';
import { cartPriced, type PricedThing } from './cart-priced.hook.js';
import { NO_PARTS, toAdjustments, type PriceParts } from './price-parts.js';

/** Asks plugins for their parts of a price. Without a plugin that has any nothing is asked and no statement is sent. */
export class PluginParts {
  constructor(
    private readonly database: Database,
    private readonly hooks: Hooks,
  ) {}

  /** Whether any plugin has parts of prices. */
  get areAsked(): boolean {
    return this.hooks.has(cartPriced);
  }

  /** The parts of what is only shown, outside of transactions; none, with the plugin's name, while one fails. */
  async toShow(cart: PricedThing, reference: Reference): Promise<PriceParts> {
    try {
      return await this.of(this.database, cart, reference);
    } catch (error) {
      if (error instanceof PluginFailedError) return { ...NO_PARTS, failedPlugin: error.plugin };
      throw error;
    }
  }

  /** The parts of what is written. @throws PluginFailedError */
  async of(querying: Querying, cart: PricedThing, reference: Reference): Promise<PriceParts> {
    if (!this.areAsked) return NO_PARTS;
    const answers = await this.hooks.ask(querying, cartPriced, {
      input: cart,
      read: (answer, plugin) => toAdjustments(answer, plugin, { cart, reference }),
    });
    const parts = answers.flat();
    if (parts.length === 0) return NO_PARTS;
    return {
      adjustments: parts.map(({ adjustment }) => adjustment),
      taxes: parts.flatMap(({ tax }) => (tax ? [tax] : [])),
      failedPlugin: null,
    };
  }
}
