import type { Database } from '../../../platform/database/database.js';
import type { Mail } from '../../../platform/mails/define-mail.js';
import { bankAccountOf } from '../../payments/index.js';
import type { SettingsService } from '../../store/index.js';
import { orderCancelled } from './order-cancelled.mail.js';
import { orderLink } from './order-link.mail.js';
import type { OrderMails } from './order-mail.js';
import { paymentReceived } from './payment-received.mail.js';
import { transferInstructions } from './transfer-instructions.mail.js';
import { transferReminder } from './transfer-reminder.mail.js';

/** The mails to buyers that orders themselves send. */
export function mailsOfOrders(
  mails: OrderMails,
  deps: { readonly database: Database; readonly settings: SettingsService; readonly cardsByHand: boolean },
): Mail[] {
  const { database, settings, cardsByHand } = deps;
  return [
    transferInstructions(mails, () => bankAccountOf(settings)),
    transferReminder(mails),
    paymentReceived(mails, database, cardsByHand),
    orderCancelled(mails, database),
    orderLink(mails),
  ];
}
