import { money, type Money } from '../../../kernel/money.js';
import type { SampleFrame } from '../../../platform/mails/define-mail.js';
import { messagesOf } from '../../../platform/messages.js';
import type { OrderLineForMail, OrderNoticeModel } from '../../orders/index.js';
import type { AccountNoticeModel } from '../../identity/index.js';
import type {
  MailAddress,
  OrderConfirmationModel,
  OrderShippedModel,
  PasswordResetModel,
} from './mail-model.js';

// What previews of the mails say. No person, no order and no page is meant: `.invalid` leads nowhere.

export const NUMBER = '1001';
const LINK = 'https://shop.invalid/order';
export const [PRICE, DELIVERY] = [12_900, 1_900];
export const [MORNING, DAY_AFTER] = ['2026-12-01T08:00:00.000Z', '2026-12-02T08:00:00.000Z'];

/** Words of the sample in the language of the mail. */
export const word = ({ language }: SampleFrame, key: string): string =>
  messagesOf('mails/layout', language).text(`sample.${key}`);
export const price = (amount: number, { currency }: SampleFrame): Money => money(amount, currency);

const addressOf = (frame: SampleFrame): MailAddress => ({
  firstName: word(frame, 'firstName'),
  lastName: word(frame, 'lastName'),
  company: null,
  line1: word(frame, 'street'),
  line2: null,
  city: 'Sibiu',
  region: 'RO-SB',
  postalCode: '550001',
  countryCode: 'RO',
});

export const linesOf = (frame: SampleFrame): OrderLineForMail[] => [
  {
    name: word(frame, 'product'),
    variant: word(frame, 'variant'),
    quantity: 2,
    total: price(2 * PRICE, frame),
  },
];

export function sampleOfOrderConfirmation(frame: SampleFrame): OrderConfirmationModel {
  return {
    number: NUMBER,
    lines: linesOf(frame),
    subtotal: price(2 * PRICE, frame),
    shipping: price(DELIVERY, frame),
    shippingMethod: word(frame, 'delivery'),
    total: price(2 * PRICE + DELIVERY, frame),
    payment: 'PAID',
    address: addressOf(frame),
    link: LINK,
  };
}

export function sampleOfOrderShipped(frame: SampleFrame): OrderShippedModel {
  return {
    number: NUMBER,
    lines: linesOf(frame),
    carrier: 'Sameday',
    trackingNumber: 'SD123456789',
    trackingUrl: 'https://carrier.invalid/SD123456789',
    expectedDelivery: { from: MORNING, to: DAY_AFTER },
    address: addressOf(frame),
    link: LINK,
  };
}

/** A notice with what its mail says beside the order: an account to transfer to, a note of staff, the lines to pay for. */
export function sampleOfOrderNotice(name: string, frame: SampleFrame): OrderNoticeModel {
  const isToBePaid = name === 'payment-link' || name === 'transfer-instructions';
  return {
    number: NUMBER,
    firstName: word(frame, 'firstName'),
    link: LINK,
    amount: price(2 * PRICE, frame),
    lines: isToBePaid ? linesOf(frame) : [],
    dueAt: DAY_AFTER,
    reference: 'R101',
    note: name === 'return-rejected' || name === 'return-approved' ? word(frame, 'note') : null,
    transfer:
      name === 'transfer-instructions'
        ? { holder: word(frame, 'holder'), iban: 'RO49AAAA1B31007593840000', reference: NUMBER }
        : null,
  };
}

export function sampleOfAccountNotice(_name: string, frame: SampleFrame): AccountNoticeModel {
  return { firstName: word(frame, 'firstName'), at: MORNING, link: LINK };
}

export function sampleOfPasswordReset(frame: SampleFrame): PasswordResetModel {
  return { firstName: word(frame, 'firstName'), link: LINK };
}
