import { Arg, Mutation, Resolver } from 'type-graphql';
import type { ProviderIntent } from '../../integrations/payments/port.js';
import { PaymentRejectedError } from '../../integrations/payments/port.js';
import { DomainError } from '../../kernel/errors.js';
import { Public } from '../../platform/graphql/auth-directive.js';
import { asPayload } from '../../platform/graphql/payload.js';
import { isPaymentError, type TestPayments } from '../payments/index.js';
import { toStatus } from './checkout.resolver.js';
import { PaymentTestConfirmInput, PaymentTestConfirmPayload } from './checkout.type.js';
import type { PaymentStatusService } from './payment-status.service.js';
import { UserErrors } from '../../platform/graphql/errors/user-errors-of.js';

@Resolver()
export class TestPaymentResolver {
  constructor(
    private readonly statuses: PaymentStatusService,
    private readonly testPayments: () => TestPayments | null,
  ) {}

  @Public()
  @UserErrors(
    'NOT_FOUND',
    'PAYMENT_FAILED',
    'CARD_DECLINED',
    'INSUFFICIENT_FUNDS',
    'EXPIRED_CARD',
    'UNKNOWN_TEST_CARD',
    'TEST_PAYMENTS_OFF',
  )
  @Mutation(() => PaymentTestConfirmPayload, {
    description:
      'Pays with a test card. Only where the shop runs on the test provider; errors carry the decline code in capitals, such as CARD_DECLINED.',
  })
  paymentTestConfirm(
    @Arg('input', () => PaymentTestConfirmInput, { description: 'Session and test card.' })
    input: PaymentTestConfirmInput,
  ): Promise<PaymentTestConfirmPayload> {
    return asPayload(
      input,
      async () => {
        const progress = await this.statuses.applied(await this.pay(input));
        if (!progress) throw noSuchPayment();
        const { intent } = progress;
        if (intent?.status === 'requires_payment_method' && intent.failureCode) {
          throw declined(intent.failureCode, 'The card was declined. Nothing was charged; try another one.');
        }
        return { paymentStatus: toStatus(progress) };
      },
      async () => {
        const intent = await this.testPayments()?.findBySecret(input.clientSecret);
        const progress = intent && (await this.statuses.progressOf(intent));
        return { paymentStatus: progress ? toStatus(progress) : null };
      },
    );
  }

  private async pay({ clientSecret, cardNumber }: PaymentTestConfirmInput): Promise<ProviderIntent> {
    const payments = this.testPayments();
    if (!payments) throw new DomainError('TEST_PAYMENTS_OFF', 'This shop takes real payments.');
    try {
      return await payments.confirm(clientSecret, cardNumber);
    } catch (error) {
      if (!(error instanceof PaymentRejectedError)) throw error;
      throw error.code === 'resource_missing' ? noSuchPayment() : declined(error.code, error.message);
    }
  }
}

function noSuchPayment(): DomainError {
  return new DomainError('NOT_FOUND', 'There is no such payment.', ['clientSecret']);
}

/** The provider's reason as our code; PAYMENT_FAILED for one that we have no code for. */
function declined(reason: string, message: string): DomainError {
  const code = reason.toUpperCase();
  return new DomainError(isPaymentError(code) ? code : 'PAYMENT_FAILED', message, ['cardNumber']);
}
