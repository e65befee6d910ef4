import { z } from 'zod';
import type { UnpaidLimits } from '../../domains/checkout/index.js';
import { keptDays, keptSettings } from './env-retention.js';
import { WIDE_TIMES } from '../../kernel/networks.js';

const atLeastOne = (what: string) =>
  z.coerce
    .number({ error: `write ${what}` })
    .int(`write ${what}`)
    .min(1, `write ${what}`);
const percent = z.coerce
  .number({ error: 'write a percentage from 1 to 100' })
  .min(1, 'write a percentage from 1 to 100')
  .max(100, 'write a percentage from 1 to 100')
  .transform((value) => value / 100);

/**
 * Limits for what anonymous callers can cause (unpaid orders, carts, mails), and how long it is remembered.
 * `.env.example` explains each.
 */
export const limitSettings = {
  PERSISTED_OPERATIONS: z
    .string()
    .default('')
    .transform((text) =>
      text
        .split(',')
        .map((path) => path.trim())
        .filter(Boolean),
    ),
  UNPAID_ORDERS_PER_BUYER: atLeastOne('a number of orders, such as 5').default(5),
  UNPAID_ORDERS_PER_NETWORK: atLeastOne('a number of orders, such as 60').default(60),
  ORDERS_PER_HOUR_PER_BUYER: atLeastOne('a number of orders, such as 10').default(10),
  ORDERS_PER_HOUR_PER_NETWORK: atLeastOne('a number of orders, such as 120').default(120),
  LAPSED_ORDERS_PER_DAY_PER_BUYER: atLeastOne('a number of orders, such as 10').default(10),
  LAPSED_ORDERS_PER_DAY_PER_NETWORK: atLeastOne('a number of orders, such as 150').default(150),
  UNPAID_UNITS_PER_BUYER: atLeastOne('a number of units, such as 30').default(30),
  UNPAID_PERCENT_PER_BUYER: percent.default(0.1),
  UNPAID_UNITS_PER_NETWORK: atLeastOne('a number of units, such as 60').default(60),
  UNPAID_PERCENT_PER_NETWORK: percent.default(0.3),
  UNPAID_FREE_UNITS: atLeastOne('a number of units, such as 3').default(3),
  UNSECURED_UNITS_PER_BUYER: atLeastOne('a number of units, such as 20').default(20),
  UNSECURED_PERCENT_PER_BUYER: percent.default(0.05),
  UNSECURED_PERCENT_OF_VARIANT: percent.default(0.5),
  UNSECURED_VALUE_PER_BUYER: atLeastOne('an amount in minor units, such as 2000000').default(2_000_000),
  UNPAID_ALERT_PERCENT: percent.default(0.15),
  CARTS_PER_MINUTE_PER_NETWORK: atLeastOne('a number of carts, such as 60').default(60),
  CART_LINES_PER_MINUTE_PER_NETWORK: atLeastOne('a number of lines, such as 2000').default(2_000),
  MAILS_PER_DAY_PER_ADDRESS: atLeastOne('a number of mails, such as 50').default(50),
  LOGIN_ATTEMPTS_PER_ACCOUNT: atLeastOne('a number of logins, such as 10').default(10),
  LOGIN_ATTEMPTS_PER_NETWORK: atLeastOne('a number of logins, such as 100').default(100),
  REFUSED_LOGINS_PER_HOUR: atLeastOne('a number of logins, such as 200').default(200),
  REFUSED_LOGINS_PER_HOUR_PER_ACCOUNT: atLeastOne('a number of logins, such as 20').default(20),
  ...keptSettings,
};

type LimitSettings = { readonly [K in keyof typeof limitSettings]: z.output<(typeof limitSettings)[K]> };

/** Ten units never alert the owner, however small the shop is. */
const ALERT_UNITS = 10;

/** Once a network has spent its attempts, the next login is possible after this time: in all, and to one account. */
const NETWORK_LOGIN_SECONDS = 2;
const ACCOUNT_LOGIN_SECONDS = 30;

/** The limits in the form that the modules take. */
export function limitsOf(env: LimitSettings) {
  return {
    unpaid: unpaidLimits(env),
    /** Manifests of the only operations that are executed; empty if all are. */
    knownOperations: env.PERSISTED_OPERATIONS,
    cartsPerMinute: env.CARTS_PER_MINUTE_PER_NETWORK,
    cartLinesPerMinute: env.CART_LINES_PER_MINUTE_PER_NETWORK,
    mailsPerDay: env.MAILS_PER_DAY_PER_ADDRESS,
    /** Logins that one network may attempt, successful or not. */
    loginAttempts: {
      network: { burst: env.LOGIN_ATTEMPTS_PER_NETWORK, everySeconds: NETWORK_LOGIN_SECONDS },
      account: { burst: env.LOGIN_ATTEMPTS_PER_ACCOUNT, everySeconds: ACCOUNT_LOGIN_SECONDS },
    },
    /** The owner is notified of more refused logins than these within an hour. */
    refusedLogins: {
      shop: env.REFUSED_LOGINS_PER_HOUR,
      account: env.REFUSED_LOGINS_PER_HOUR_PER_ACCOUNT,
    },
    kept: keptDays(env),
  };
}

function unpaidLimits(env: LimitSettings): UnpaidLimits {
  const network = {
    orders: env.UNPAID_ORDERS_PER_NETWORK,
    ordersPerHour: env.ORDERS_PER_HOUR_PER_NETWORK,
    lapsedPerDay: env.LAPSED_ORDERS_PER_DAY_PER_NETWORK,
    units: env.UNPAID_UNITS_PER_NETWORK,
    share: env.UNPAID_PERCENT_PER_NETWORK,
  };
  return {
    buyer: {
      orders: env.UNPAID_ORDERS_PER_BUYER,
      ordersPerHour: env.ORDERS_PER_HOUR_PER_BUYER,
      lapsedPerDay: env.LAPSED_ORDERS_PER_DAY_PER_BUYER,
      units: env.UNPAID_UNITS_PER_BUYER,
      share: env.UNPAID_PERCENT_PER_BUYER,
    },
    network,
    wide: {
      orders: network.orders * WIDE_TIMES,
      ordersPerHour: network.ordersPerHour * WIDE_TIMES,
      lapsedPerDay: network.lapsedPerDay * WIDE_TIMES,
      units: network.units * WIDE_TIMES,
      // Four times a third of the stock would be all of it.
      share: Math.min(1, network.share * 1.5),
    },
    freeUnits: env.UNPAID_FREE_UNITS,
    unsecured: {
      units: env.UNSECURED_UNITS_PER_BUYER,
      share: env.UNSECURED_PERCENT_PER_BUYER,
      shareOfVariant: env.UNSECURED_PERCENT_OF_VARIANT,
      value: env.UNSECURED_VALUE_PER_BUYER,
    },
    alert: { share: env.UNPAID_ALERT_PERCENT, units: ALERT_UNITS },
  };
}
