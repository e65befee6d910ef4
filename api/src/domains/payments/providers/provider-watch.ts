import {
  PaymentOutcomeUnknown,
  PaymentRejectedError,
  type PaymentProvider,
  type UnknownBecause,
} from '../../../integrations/payments/port.js';
import type { Clock } from '../../../kernel/clock.js';
import { newId } from '../../../kernel/ids.js';
import type { Logger } from '../../../kernel/logger.js';
import type { Database } from '../../../platform/database/database.js';
import type { Outbox } from '../../../platform/jobs/outbox.js';
import { paymentOutage } from '../payment.events.js';

/** So many calls in a row without an outcome count as an outage; a single one happens every day. */
const OUTAGE_AFTER = 5;
const LOG_EVERY_MS = 60_000;
/** The owner is alerted of an outage that goes on once an hour, by the process that noticed it first. */
const ALERT_EVERY_MS = 3_600_000;

/** A failure is forgotten when the provider has worked since, and the same operation has not failed for so long. */
const FORGOTTEN_AFTER_MS = 600_000;

/** REFUSED: new payments are refused for good, one after the other. One such rejection is about an amount or a card. */
type Because = UnknownBecause | 'REFUSED';

/** Failures of one operation in a row: reads may work while nobody can pay. */
interface Failures {
  inARow: number;
  because: Because;
  failedAt: number;
}

interface Trouble {
  readonly since: Date;
  readonly operations: Map<string, Failures>;
  loggedAt: number;
  alertedAt: number;
}

/**
 * Notices when a payment provider cannot be used, so that an outage is never silent: logs an error at most once a
 * minute, alerts the owner (at once when our keys are refused, which does not recover by itself), and reports the
 * outage at `/ready`.
 */
export class ProviderWatch {
  private readonly troubles = new Map<string, Trouble>();

  constructor(private readonly deps: { database: Database; outbox: Outbox; clock: Clock; logger: Logger }) {}

  /** Wraps a provider so that the outcomes of its calls are counted. */
  over<P extends PaymentProvider>(provider: P): P {
    return new Proxy(provider, {
      get: (target, key) => {
        const value: unknown = Reflect.get(target, key, target);
        if (typeof value !== 'function') return value;
        return (...given: unknown[]): unknown => {
          const answer: unknown = Reflect.apply(value, target, given);
          if (answer instanceof Promise) this.listen(provider.name, String(key), answer);
          return answer;
        };
      },
    });
  }

  /** Forgets the failures of a provider whose keys were changed. */
  forget(name: string): void {
    this.troubles.delete(name);
  }

  /** The providers that cannot be used now, as far as this process has tried. */
  outages(): string[] {
    return [...this.troubles].filter(([, trouble]) => outageOf(trouble) !== null).map(([name]) => name);
  }

  private listen(name: string, operation: string, answer: Promise<unknown>): void {
    answer.then(
      () => this.worked(name, operation),
      (error: unknown) => {
        const because = becauseOf(operation, error);
        if (because === null) this.worked(name, operation);
        else this.failed(name, operation, { because, reason: String((error as Error).message) });
      },
    );
  }

  private worked(name: string, operation: string): void {
    const trouble = this.troubles.get(name);
    if (!trouble) return;
    const wasOutage = outageOf(trouble) !== null;
    const forgotten = this.deps.clock.now().getTime() - FORGOTTEN_AFTER_MS;
    for (const [failing, { failedAt }] of trouble.operations)
      if (failing === operation || failedAt < forgotten) trouble.operations.delete(failing);
    if (trouble.operations.size === 0) this.troubles.delete(name);
    if (wasOutage && outageOf(trouble) === null)
      this.deps.logger.info({ provider: name, since: trouble.since }, 'The payment provider responds again');
  }

  private failed(
    name: string,
    operation: string,
    { because, reason }: { because: Because; reason: string },
  ): void {
    const now = this.deps.clock.now();
    const trouble: Trouble = this.troubles.get(name) ?? {
      ...{ since: now, operations: new Map(), loggedAt: -Infinity, alertedAt: -Infinity },
    };
    this.troubles.set(name, trouble);
    const before = trouble.operations.get(operation);
    const inARow = (before?.inARow ?? 0) + 1;
    trouble.operations.set(operation, { inARow, because, failedAt: now.getTime() });
    // A rejection of our keys is logged at once, although another error was logged a moment ago. A refused payment is
    // logged once it is an outage: one alone says nothing about the shop.
    if (because === 'LOCKED_OUT' && before?.because !== 'LOCKED_OUT') trouble.loggedAt = -Infinity;
    const isSaid = because !== 'REFUSED' || inARow >= OUTAGE_AFTER;
    if (isSaid && now.getTime() - trouble.loggedAt >= LOG_EVERY_MS) {
      trouble.loggedAt = now.getTime();
      this.deps.logger.error(
        { provider: name, operation, because, inARow, reason },
        'The payment provider gave no outcome',
      );
    }
    const outage = outageOf(trouble);
    if (outage === null || now.getTime() - trouble.alertedAt < ALERT_EVERY_MS) return;
    trouble.alertedAt = now.getTime();
    this.alert(name, outage, now).catch((failure: unknown) =>
      this.deps.logger.error({ err: failure }, 'The owner could not be alerted to a payment outage'),
    );
  }

  private async alert(provider: string, because: Because, now: Date): Promise<void> {
    const hour = Math.floor(now.getTime() / ALERT_EVERY_MS);
    const event = paymentOutage(newId(), { provider, because }, String(hour));
    await this.deps.database.transaction((tx) => this.deps.outbox.append(tx, event));
    this.deps.outbox.notifyRelay();
  }
}

/** Null for a call that shows that the provider works: a rejection of anything but a new payment shows it too. */
function becauseOf(operation: string, error: unknown): Because | null {
  if (error instanceof PaymentOutcomeUnknown) return error.because;
  return operation === 'createIntent' && error instanceof PaymentRejectedError ? 'REFUSED' : null;
}

/** Why the provider cannot be used; null when it can. */
function outageOf({ operations }: Trouble): Because | null {
  for (const { inARow, because } of operations.values())
    if (inARow >= OUTAGE_AFTER || because === 'LOCKED_OUT') return because;
  return null;
}
