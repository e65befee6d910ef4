import { DomainErrors, InvalidInputError, NotFoundError } from '../../../kernel/errors.js';
import type { Database, Tx } from '../../../platform/database/database.js';
import { readField } from '../../../platform/fields/read-field.js';
import { StaleVersionError } from '../../../platform/graphql/user-error.type.js';
import type { Outbox } from '../../../platform/jobs/outbox.js';
import type { OfferedStrategy, StoredArguments } from '../../../platform/strategies/define-strategy.js';
import { announceCatalogChange } from '../../catalog/index.js';
import { ShippingMethodEntity } from '../reference.entity.js';
import { flatRate } from './own-rates.js';
import type { ShippingRates } from './rated-method.js';
import type { ShippingRate } from './shipping-rate.js';
import { shippingMethodChanged } from './shipping-method.events.js';

export interface RateUpdate {
  readonly methodId: string;
  readonly rate: string;
  readonly given: readonly { readonly name: string; readonly value: unknown }[];
  readonly expectedVersion: number;
  readonly actorId: string;
}

/** By which rule the price of a delivery is computed. */
export class ShippingRateService {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly rates: ShippingRates,
  ) {}

  /**
   * Chooses the rule of a method and replaces its arguments.
   *
   * The transaction locks the row of the method (FOR NO KEY UPDATE), compares the version, writes, appends
   * `shipping-method.changed` and announces the change, which makes every process read the methods again: the version of
   * the catalogue is the last lock, as in a change of the currency, which writes the rows of the methods before it.
   * Checkouts take no lock of a method. One that read the methods before the commit orders at the price that its buyer
   * agreed to (`expectedTotal`); one that reads them after it returns PRICE_CHANGED to a buyer who saw another price.
   *
   * @throws NotFoundError, StaleVersionError
   * @throws DomainErrors with one INVALID_INPUT for the rule, or for each argument that it does not take or needs
   */
  async update(change: RateUpdate): Promise<void> {
    const rate = this.rates.find(change.rate);
    if (!rate) throw new InvalidInputError('There is no rule of this code.', ['rate']);
    const values = readArguments(rate.strategy, change.given);
    await this.database.transaction((tx) => this.write(tx, change, { rate, values }));
    this.outbox.notifyRelay();
  }

  private async write(
    tx: Tx,
    { methodId, expectedVersion, actorId }: RateUpdate,
    { rate, values }: { readonly rate: OfferedStrategy<ShippingRate>; readonly values: StoredArguments },
  ): Promise<void> {
    const rows = tx.repository(ShippingMethodEntity);
    const row = await rows.lock({ id: methodId });
    if (!row) throw new NotFoundError('shipping method', ['shippingMethodId']);
    if (row.version !== expectedVersion) throw new StaleVersionError(row.version);
    const isFlat = rate.strategy === this.rates.find(flatRate.code)?.strategy;
    const freeFrom = rate.plugin === null ? values['freeFrom'] : undefined;
    const isChanged = await rows.update(row, {
      rateCode: rate.code,
      rateArguments: isFlat ? {} : values,
      freeFrom: typeof freeFrom === 'number' ? freeFrom : null,
      ...(isFlat && { price: Number(values['price']) }),
    });
    if (!isChanged) return;
    await this.outbox.append(
      tx,
      shippingMethodChanged(methodId, {
        ...{ version: row.version, changedBy: actorId, rate: rate.code, arguments: values },
      }),
    );
    await announceCatalogChange(tx);
  }
}

/** @throws DomainErrors with one for each argument that is unknown, given twice, wrong or missing */
function readArguments(rate: ShippingRate, given: RateUpdate['given']): StoredArguments {
  const errors: InvalidInputError[] = [];
  given.forEach(({ name }, at) => {
    const isKnown = rate.fields.some((field) => field.name === name);
    if (isKnown && given.findIndex((other) => other.name === name) === at) return;
    const message = isKnown ? 'This argument is given twice.' : 'The rule has no argument of this name.';
    errors.push(new InvalidInputError(message, ['arguments', String(at), 'name']));
  });
  const values = rate.fields.flatMap((field) => {
    const at = given.findIndex(({ name }) => name === field.name);
    const path = at < 0 ? ['arguments'] : ['arguments', String(at), 'value'];
    const value = readField(field, given[at]?.value, path);
    if (value instanceof InvalidInputError) errors.push(value);
    return value === null || value instanceof InvalidInputError ? [] : [[field.name, value] as const];
  });
  if (errors.length > 0) throw new DomainErrors(errors);
  return Object.fromEntries(values);
}
