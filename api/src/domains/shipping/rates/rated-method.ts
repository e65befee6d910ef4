import type { Logger } from '../../../kernel/logger.js';
import type { Hooks } from '../../../platform/hooks/hooks.js';
import type {
  OfferedStrategy,
  StoredArguments,
  StrategyRegistry,
} from '../../../platform/strategies/define-strategy.js';
import { fittingArgument } from '../../../platform/strategies/read-argument.js';
import { SHIPPING_RATE, type ShipmentToPrice, type ShippingRate } from './shipping-rate.js';

/** The largest price that a rule may return, minor units. */
const LARGEST = 1_000_000_000_000;

/** What decides the price of a method in a zone, as it is stored. */
export interface StoredRate {
  /** The code of the method. */
  readonly code: string;
  /** The code of the rule. */
  readonly strategy: string;
  readonly arguments: StoredArguments;
}

/** What a shipment costs; null where the rule does not take it. `failed`: the rule is at fault. */
export type RatePrice = number | null | 'failed';

/** Tells of a rule that failed. `plugin` is null for one of the shop itself, and for a rule that there is no more. */
export type OnRateFault = (fault: { plugin: string | null; method: string; error: unknown }) => void;

/** Logs a rule that failed; the owner is told of a plugin's as of a hook's. */
export function reportRateFaults(hooks: Pick<Hooks, 'reportFault'>, logger: Logger): OnRateFault {
  return ({ plugin, method, error }) => {
    if (plugin) hooks.reportFault(plugin, SHIPPING_RATE, error);
    else logger.error({ method, err: error }, 'A delivery has no price and is not offered');
  };
}

/** The rules by which deliveries are priced. */
export class ShippingRates {
  private readonly byCode: ReadonlyMap<string, OfferedStrategy<ShippingRate>>;

  constructor(
    strategies: StrategyRegistry,
    private readonly onFault: OnRateFault,
  ) {
    this.byCode = new Map(strategies.of<ShippingRate>(SHIPPING_RATE).map((rate) => [rate.code, rate]));
  }

  list(): readonly OfferedStrategy<ShippingRate>[] {
    return [...this.byCode.values()];
  }

  /** Undefined for the code of a plugin that is not there. */
  find(code: string): OfferedStrategy<ShippingRate> | undefined {
    return this.byCode.get(code);
  }

  /** From which sum of goods a rule of the shop itself costs nothing, minor units; null when it always costs something. */
  freeFromOf({ strategy, arguments: stored }: StoredRate): number | null {
    const freeFrom = this.find(strategy)?.plugin === null ? stored['freeFrom'] : undefined;
    return typeof freeFrom === 'number' ? freeFrom : null;
  }

  /**
   * How a method is priced: in minor units, or null where it is not offered for the shipment. A rule that is not there, has
   * not all of its arguments, or fails has no price; it is reported, and the method is not offered.
   */
  pricerOf({ code, strategy, arguments: stored }: StoredRate): (shipment: ShipmentToPrice) => RatePrice {
    const rate = this.find(strategy);
    const args = rate && argumentsFor(rate.strategy, stored);
    return (shipment) => {
      try {
        if (!rate) throw new Error(`Its price is computed by ${strategy}, which no plugin offers`);
        if (!args) throw new Error(`Not all arguments of ${strategy} have a value: choose it anew`);
        return priceOf(rate.strategy, args, shipment);
      } catch (error) {
        this.onFault({ plugin: rate?.plugin ?? null, method: code, error });
        return 'failed';
      }
    };
  }
}

/** Null when one that the rule needs is missing, as after a change of its declaration. */
function argumentsFor({ fields }: ShippingRate, stored: StoredArguments): object | null {
  const values = fields.map((field) => [field.name, fittingArgument(field, stored[field.name])] as const);
  const isComplete = fields.every(({ required }, at) => !required || values[at]?.[1] !== null);
  return isComplete ? Object.fromEntries(values) : null;
}

/** @throws whatever the rule throws, and Error for what is no price */
function priceOf(rate: ShippingRate, args: object, shipment: ShipmentToPrice): number | null {
  const price: unknown = rate.price(args as never, shipment);
  if (price === null) return null;
  if (typeof price !== 'number' || !Number.isSafeInteger(price) || price < 0 || price > LARGEST)
    throw new Error(`It returned ${String(price)}, which is no price in minor units`);
  return price;
}
