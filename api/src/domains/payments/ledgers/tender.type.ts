import { Field, ObjectType, registerEnumType } from 'type-graphql';
import { localized } from '../../../kernel/languages.js';
import { money, type Money as MoneyValue } from '../../../kernel/money.js';
import type { RequestContext } from '../../../platform/graphql/context.js';
import { Money } from '../../../platform/graphql/money.type.js';
import type { PaymentEntity } from '../payment.entity.js';
import type { AppliedTender } from './ledger.js';

export enum TenderStatus {
  HELD = 'HELD',
  TAKEN = 'TAKEN',
  RELEASED = 'RELEASED',
}
registerEnumType(TenderStatus, {
  name: 'TenderStatus',
  description: 'What became of the money that an account of the shop pays for an order.',
  valuesConfig: {
    HELD: { description: 'Taken off the account and kept for the order, which is not paid yet.' },
    TAKEN: { description: 'It paid for the order; what goes back of it is a refund.' },
    RELEASED: { description: 'Back on the account: the order ended before it was paid.' },
  },
});

@ObjectType({
  description:
    'An account of the shop, such as a gift card, that pays a part of a cart. It changes neither price nor tax.',
  simpleResolvers: true,
})
export class CartTender {
  @Field(() => String, {
    description: 'The kind of account: a name that its module gives, such as `gift-card`.',
  })
  readonly ledger!: string;

  @Field(() => String, { description: 'What the account is called, in the language of the request.' })
  readonly name!: string;

  @Field(() => Money, { description: 'What it pays of this cart; 0 when others pay all of it.' })
  readonly amount!: MoneyValue;

  @Field(() => Money, { description: 'What it could pay now; 0 when it is empty or has expired.' })
  readonly balance!: MoneyValue;
}

@ObjectType({
  description: 'An account of the shop, such as a gift card, that paid a part of an order.',
  simpleResolvers: true,
})
export class OrderTender {
  @Field(() => String, {
    description: 'The kind of account: a name that its module gives, such as `gift-card`.',
  })
  readonly ledger!: string;

  @Field(() => String, { description: 'What the account is called, in the language of the request.' })
  readonly name!: string;

  @Field(() => Money, { description: 'What it pays of the price.' })
  readonly amount!: MoneyValue;

  @Field(() => TenderStatus, { description: 'What became of it.' })
  readonly status!: TenderStatus;
}

type Reader = Pick<RequestContext, 'language' | 'defaultLanguage'>;

export function toCartTenders(
  tenders: readonly AppliedTender[],
  currency: string,
  reader: Reader,
): CartTender[] {
  return tenders.map(({ ledger, name, amount, balance }) => ({
    ledger,
    name: localized(name, reader.language, reader.defaultLanguage) ?? ledger,
    amount: money(amount, currency),
    balance: money(balance, currency),
  }));
}

/** The tenders among the payments of an order. */
export function toOrderTenders(payments: readonly PaymentEntity[], reader: Reader): OrderTender[] {
  return payments.flatMap(({ tender, amount, currency, status }) =>
    tender
      ? [
          {
            ledger: tender.ledger,
            name: localized(tender.name, reader.language, reader.defaultLanguage) ?? tender.ledger,
            amount: money(amount, currency),
            status:
              status === 'CAPTURED'
                ? TenderStatus.TAKEN
                : status === 'CANCELLED'
                  ? TenderStatus.RELEASED
                  : TenderStatus.HELD,
          },
        ]
      : [],
  );
}
