import type { SampleFrame } from '../../../platform/mails/define-mail.js';
import { OWNER_ALERTS, type OwnerAlert } from '../owner-alerts.js';
import type { OwnerAlertModel } from './mail-model.js';
import { DAY_AFTER, DELIVERY, linesOf, NUMBER, PRICE, price, word } from './samples.js';

type AlertKind = OwnerAlertModel['alert'];
/** Every kind of alert that can be sent: those of single events, and the one that collects many of a kind. */
const ALERT_KINDS: readonly AlertKind[] = [...OWNER_ALERTS, 'digest'];

const LINK = 'https://admin.shop.invalid/orders';
const EMPTY = { amount: null, count: null, detail: null, dueAt: null, lines: [], link: LINK } as const;

type Sample = Partial<Omit<OwnerAlertModel, 'alert'>> & Pick<OwnerAlertModel, 'subject'>;

/** What each alert tells of in a preview. Codes are those of providers and checks. */
const SAMPLES: Readonly<Record<OwnerAlert, (frame: SampleFrame) => Sample>> = {
  'new-order': (frame) => ({
    subject: NUMBER,
    amount: price(2 * PRICE + DELIVERY, frame),
    detail: word(frame, 'delivery'),
    lines: linesOf(frame),
  }),
  'stock-low': (frame) => ({ subject: `${word(frame, 'product')} (SKU-101)`, count: 2, detail: '5' }),
  'return-requested': () => ({ subject: 'R101', detail: NUMBER }),
  'refund-failed': (frame) => ({
    subject: NUMBER,
    amount: price(PRICE, frame),
    detail: 'expired_or_canceled_card',
  }),
  'dispute-opened': (frame) => ({
    subject: NUMBER,
    amount: price(2 * PRICE, frame),
    detail: 'fraudulent',
    dueAt: DAY_AFTER,
  }),
  'payment-mismatch': (frame) => ({ subject: NUMBER, amount: price(2 * PRICE, frame) }),
  'order-refused-late': (frame) => ({ subject: NUMBER, amount: price(2 * PRICE, frame) }),
  'webhook-dead': () => ({ subject: 'payment_intent.succeeded' }),
  'payment-outage': () => ({ subject: 'stripe', detail: 'NO_ANSWER' }),
  'plugin-failed': () => ({ subject: 'gift-wrap', detail: 'checkout.beforePlace' }),
  'mail-failed': () => ({ subject: NUMBER, detail: 'order-confirmation' }),
  'integrity-broken': () => ({ subject: '', count: 2, detail: 'ORDER_TOTALS, STOCK_LEVELS' }),
  'stock-held-unpaid': () => ({ subject: NUMBER, count: 12, detail: '40' }),
  'token-reused': () => ({ subject: 'ana@shop.invalid' }),
  'logins-refused': () => ({ subject: 'ana@shop.invalid', count: 60 }),
};

/** Of an alert that says something else for each cause, the causes beside the one of its kind's own sample. */
const OTHER_CAUSES: Partial<Record<AlertKind, Readonly<Record<string, string>>>> = {
  'payment-outage': { 'locked-out': 'LOCKED_OUT', refused: 'REFUSED' },
};

/** The previews of alerts by name, one for each kind and cause: `alert-stock-low`, `alert-payment-outage-refused`. */
export function alertPreviews(): Record<string, (frame: SampleFrame) => OwnerAlertModel> {
  const previews: Record<string, (frame: SampleFrame) => OwnerAlertModel> = {};
  for (const kind of ALERT_KINDS) {
    previews[`alert-${kind}`] = (frame) => sampleOfAlert(kind, frame);
    for (const [cause, detail] of Object.entries(OTHER_CAUSES[kind] ?? {}))
      previews[`alert-${kind}-${cause}`] = (frame) => ({ ...sampleOfAlert(kind, frame), detail });
  }
  return previews;
}

export function sampleOfAlert(alert: AlertKind, frame: SampleFrame): OwnerAlertModel {
  if (alert === 'digest')
    return {
      ...EMPTY,
      alert,
      about: 'dispute-opened',
      subject: '1003',
      count: 3,
      detail: '1003, 1004, 1005',
    };
  return { ...EMPTY, alert, ...SAMPLES[alert](frame) };
}
