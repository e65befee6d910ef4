import {
  PaymentOutcomeUnknown,
  PaymentRejectedError,
  type ProviderIntent,
} from '../../integrations/payments/port.js';
import type { PaymentEntity } from './payment.entity.js';
import type { PaymentIntents } from './payment-intents.js';

/** Bounds the memory: above this number the oldest answers are forgotten first. */
const MOST_REMEMBERED = 10_000;

interface Question {
  readonly answer: Promise<ProviderIntent | null>;
  /** Until when the answer is returned to others, in milliseconds; Infinity while the provider has not answered. */
  until: number;
}

/**
 * Whether the limits of the client leave room for a question; called after the payment's own limit, so that a page that
 * gets what is known does not use up its network's limit. May throw instead of returning false.
 */
type MayAsk = () => Promise<boolean>;

/**
 * Asks the provider about a payment because a client's request needs it: at most once per payment in `everySeconds`,
 * whoever asks, however often, and in whatever process. The claim stands in the payment's row. Within that time this
 * process returns the answer that it has, and every other process returns null. Answers hold the secret of an intent,
 * so they stay in the memory of the process and are forgotten after that time.
 *
 * Only for requests of clients: jobs and staff ask `PaymentIntents` directly.
 */
export class ClientQuestions {
  private readonly questions = new Map<string, Question>();

  constructor(
    private readonly intents: PaymentIntents,
    private readonly everySeconds: number,
  ) {}

  /**
   * The intent of a payment that was created just now, which no other request can have asked about before.
   *
   * @throws PaymentRejectedError | PaymentOutcomeUnknown
   */
  begin(payment: PaymentEntity): Promise<ProviderIntent> {
    return this.remember(payment.id, this.intents.ensure(payment));
  }

  /** Whether `latest` returns an answer of this process without asking. */
  isAnswered({ id }: PaymentEntity): boolean {
    return this.known(id) !== null;
  }

  /**
   * The intent, at most `everySeconds` old. Null when another process asked within that time, and while `mayAsk` says
   * no.
   *
   * @throws PaymentRejectedError | PaymentOutcomeUnknown, also for a request that shares the answer of another
   */
  latest(payment: PaymentEntity, mayAsk: MayAsk): Promise<ProviderIntent | null> {
    return this.known(payment.id) ?? this.remember(payment.id, this.claimed(payment, mayAsk));
  }

  /**
   * The intent as it is now. Null when anybody asked within `everySeconds`, and while `mayAsk` says no.
   *
   * @throws PaymentRejectedError | PaymentOutcomeUnknown
   */
  async current(payment: PaymentEntity, mayAsk: MayAsk): Promise<ProviderIntent | null> {
    if (!(await this.claim(payment, mayAsk))) return null;
    return this.remember(payment.id, this.intents.ensure(payment));
  }

  private async claimed(payment: PaymentEntity, mayAsk: MayAsk): Promise<ProviderIntent | null> {
    return (await this.claim(payment, mayAsk)) ? this.intents.ensure(payment) : null;
  }

  private async claim(payment: PaymentEntity, mayAsk: MayAsk): Promise<boolean> {
    return (await this.intents.mayAsk(payment, this.everySeconds)) && (await mayAsk());
  }

  private known(id: string): Promise<ProviderIntent | null> | null {
    const question = this.questions.get(id);
    return question && question.until > Date.now() ? question.answer : null;
  }

  /** Stores the promise itself and before it is settled, so that simultaneous requests share one question. */
  private async remember<T extends ProviderIntent | null>(id: string, answer: Promise<T>): Promise<T> {
    const question: Question = { answer, until: Infinity };
    this.forgetOld();
    this.questions.delete(id);
    this.questions.set(id, question);
    try {
      const intent = await answer;
      // Another process asks: its claim may end sooner than our own would.
      question.until = intent === null ? 0 : this.rememberedUntil();
      return intent;
    } catch (error) {
      const isProviders = error instanceof PaymentOutcomeUnknown || error instanceof PaymentRejectedError;
      question.until = isProviders ? this.rememberedUntil() : 0;
      throw error;
    }
  }

  private rememberedUntil(): number {
    return Date.now() + this.everySeconds * 1000;
  }

  /** The map is in the order of asking. */
  private forgetOld(): void {
    for (const [id, { until }] of this.questions) {
      if (until > Date.now() && this.questions.size < MOST_REMEMBERED) return;
      this.questions.delete(id);
    }
  }
}
