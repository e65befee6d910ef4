import { DomainError, DomainErrors, InvalidInputError, NotFoundError } from '../../../kernel/errors.js';
import type { Tx } from '../../../platform/database/database.js';
import { readArgument } from '../../../platform/strategies/read-argument.js';
import type { StoredArguments } from '../../../platform/strategies/define-strategy.js';
import { regionalGroup, type SettingsService } from '../../store/index.js';
import type { DeliveryChanges } from '../delivery-changes.js';
import { storedConditions, type RateConditions } from '../rates/conditions.js';
import type { ShippingRates } from '../rates/rated-method.js';
import type { ShippingRate } from '../rates/shipping-rate.js';
import { MethodWithoutRateError } from '../shipping.errors.js';
import { ShippingRateEntity, ShippingZoneEntity } from '../shipping.entity.js';
import * as sql from '../shipping.statements.js';
import { lockMethod } from './lock-method.js';

export interface EnteredRate {
  readonly methodId: string;
  readonly zoneId: string;
  readonly strategy: string;
  readonly given: readonly { readonly name: string; readonly value: unknown }[];
  readonly conditions: RateConditions;
}

interface By {
  readonly actorId: string;
  /** Of the method: its rates are counted by its version. */
  readonly expectedVersion: number;
}

/** What a method costs in a zone. Locks: see `shipping.statements.ts`. */
export class RateService {
  constructor(
    private readonly changes: DeliveryChanges,
    private readonly rates: ShippingRates,
    private readonly settings: Pick<SettingsService, 'lockShared'>,
  ) {}

  /**
   * Sets the rate of a method in a zone, in place of the one that it has there. It is in the currency of the shop, whose
   * settings stay as they are until the transaction ends.
   *
   * @throws NotFoundError, StaleVersionError
   * @throws DomainError SHIPPING_METHOD_ARCHIVED
   * @throws InvalidInputError for a rule that there is not, and for conditions that nothing meets
   * @throws DomainErrors with one ARGS_INVALID for each argument that the rule does not take or needs
   */
  async set({ methodId, zoneId, strategy, given, conditions }: EnteredRate, by: By): Promise<void> {
    const rule = this.rates.find(strategy);
    if (!rule) throw new InvalidInputError('There is no rule of this code.', ['strategy']);
    const values = readArguments(rule.strategy, given);
    assertMeetable(conditions);
    let currency = '';
    await this.changes.write(
      async (tx) => {
        const method = await lockMethod(tx, methodId, by.expectedVersion);
        if (!(await tx.repository(ShippingZoneEntity).find({ id: zoneId })))
          throw new NotFoundError('zone of delivery', ['zoneId']);
        const rate = {
          ...{ strategy: rule.code, arguments: values, currency },
          conditions: storedConditions(conditions),
        };
        if (!(await this.write(tx, { methodId, zoneId }, rate))) return;
        await tx.count(sql.raiseMethod, { methodId });
        await this.changes.announce(
          tx,
          { id: methodId, version: method.version + 1 },
          {
            ...by,
            what: 'RATE',
            change: 'UPDATED',
            rate: { zoneId, strategy: rule.code, arguments: values },
          },
        );
      },
      async (tx) => {
        currency = (await this.settings.lockShared(tx, regionalGroup)).currency;
      },
    );
  }

  /**
   * Takes the rate of a method out of a zone: it is not offered there any more.
   *
   * @throws NotFoundError, StaleVersionError
   * @throws MethodWithoutRateError for the last rate of a method that is offered
   */
  async remove(
    { methodId, zoneId }: { readonly methodId: string; readonly zoneId: string },
    by: By,
  ): Promise<void> {
    await this.changes.write(async (tx) => {
      const method = await lockMethod(tx, methodId, by.expectedVersion);
      const zones = await tx.rows(sql.ratesOfMethod, { methodId });
      if (!zones.some((rate) => rate.zoneId === zoneId))
        throw new NotFoundError('rate of this way of delivery', ['zoneId']);
      if (method.active && zones.length === 1) throw new MethodWithoutRateError([method.code], ['zoneId']);
      await tx.repository(ShippingRateEntity).delete({ methodId, zoneId });
      await tx.count(sql.raiseMethod, { methodId });
      await this.changes.announce(
        tx,
        { id: methodId, version: method.version + 1 },
        { ...by, what: 'RATE', change: 'DELETED', rate: { zoneId, strategy: null, arguments: null } },
      );
    });
  }

  /** Returns whether anything is different now. */
  private async write(
    tx: Tx,
    at: { readonly methodId: string; readonly zoneId: string },
    rate: Omit<ShippingRateEntity, 'methodId' | 'zoneId'>,
  ): Promise<boolean> {
    const rates = tx.repository(ShippingRateEntity);
    const stored = await rates.lock(at);
    if (stored) return rates.update(stored, rate);
    await rates.insert([{ ...at, ...rate }]);
    return true;
  }
}

/** @throws DomainErrors with one for each argument that is unknown, given twice, wrong or missing */
function readArguments(rate: ShippingRate, given: EnteredRate['given']): StoredArguments {
  const errors: DomainError[] = [];
  const refuse = (message: string, path: readonly string[]): void => {
    errors.push(new DomainError('ARGS_INVALID', message, path));
  };
  given.forEach(({ name }, at) => {
    const isKnown = rate.fields.some((field) => field.name === name);
    if (isKnown && given.findIndex((other) => other.name === name) === at) return;
    const message = isKnown ? 'This argument is given twice.' : 'The rule has no argument of this name.';
    refuse(message, ['arguments', String(at), 'name']);
  });
  const values = rate.fields.flatMap((field) => {
    const at = given.findIndex(({ name }) => name === field.name);
    const path = at < 0 ? ['arguments'] : ['arguments', String(at), 'value'];
    const value = readArgument(field, given[at]?.value, path);
    if (value instanceof InvalidInputError) refuse(value.message, value.path ?? path);
    return value === null || value instanceof InvalidInputError ? [] : [[field.name, value] as const];
  });
  if (errors.length > 0) throw new DomainErrors(errors);
  return Object.fromEntries(values);
}

/** @throws InvalidInputError for borders that no shipment lies between */
function assertMeetable({ minGrams, maxGrams, minSubtotal, maxSubtotal }: RateConditions): void {
  const refuse = (field: string): InvalidInputError =>
    new InvalidInputError('The upper border lies below the lower one.', ['conditions', field]);
  if (minGrams !== null && maxGrams !== null && minGrams > maxGrams) throw refuse('maxGrams');
  if (minSubtotal !== null && maxSubtotal !== null && minSubtotal > maxSubtotal) throw refuse('maxSubtotal');
}
