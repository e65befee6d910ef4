import {
  PaymentOutcomeUnknown,
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

interface Trouble {
  inARow: number;
  since: Date;
  because: UnknownBecause;
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
          if (answer instanceof Promise) this.listen(provider.name, answer);
          return answer;
        };
      },
    });
  }

  /** The providers that cannot be used now, as far as this process has tried. */
  outages(): string[] {
    return [...this.troubles].filter(([, trouble]) => isOutage(trouble)).map(([name]) => name);
  }

  private listen(name: string, answer: Promise<unknown>): void {
    answer.then(
      () => this.worked(name),
      (error: unknown) => {
        // A refusal also shows that the provider is reachable.
        if (error instanceof PaymentOutcomeUnknown) this.failed(name, error);
        else this.worked(name);
      },
    );
  }

  private worked(name: string): void {
    const trouble = this.troubles.get(name);
    if (!trouble) return;
    this.troubles.delete(name);
    if (isOutage(trouble))
      this.deps.logger.info({ provider: name, since: trouble.since }, 'The payment provider responds again');
  }

  private failed(name: string, error: PaymentOutcomeUnknown): void {
    const now = this.deps.clock.now();
    const trouble = this.troubles.get(name) ?? {
      ...{ inARow: 0, since: now, because: error.because, loggedAt: -Infinity, alertedAt: -Infinity },
    };
    this.troubles.set(name, trouble);
    trouble.inARow++;
    // A refusal of our keys is logged at once, although another error was logged a moment ago.
    if (error.because === 'LOCKED_OUT' && trouble.because !== 'LOCKED_OUT') trouble.loggedAt = -Infinity;
    trouble.because = error.because;
    if (now.getTime() - trouble.loggedAt >= LOG_EVERY_MS) {
      trouble.loggedAt = now.getTime();
      const { inARow, because } = trouble;
      this.deps.logger.error(
        { provider: name, because, inARow, reason: error.message },
        'The payment provider gave no outcome',
      );
    }
    if (!isOutage(trouble) || now.getTime() - trouble.alertedAt < ALERT_EVERY_MS) return;
    trouble.alertedAt = now.getTime();
    this.alert(name, trouble.because, now).catch((failure: unknown) =>
      this.deps.logger.error({ err: failure }, 'The owner could not be alerted to a payment outage'),
    );
  }

  private async alert(provider: string, because: UnknownBecause, now: Date): Promise<void> {
    const hour = Math.floor(now.getTime() / ALERT_EVERY_MS);
    const event = paymentOutage(newId(), { provider, because }, String(hour));
    await this.deps.database.transaction((tx) => this.deps.outbox.append(tx, event));
    this.deps.outbox.notifyRelay();
  }
}

function isOutage({ inARow, because }: Trouble): boolean {
  return inARow >= OUTAGE_AFTER || because === 'LOCKED_OUT';
}
