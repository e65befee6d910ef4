import type { Language } from '../../../kernel/languages.js';
import { accountNotice } from './account-notice.js';
import type {
  AccountNotice,
  AccountNoticeModel,
  MailModels,
  MailTemplate,
  OrderNotice,
  OrderNoticeModel,
  RenderedMail,
} from './mail-model.js';
import { ACCOUNT_NOTICES, ORDER_NOTICES } from './mail-model.js';
import { orderConfirmation } from './order-confirmation.js';
import { orderNotice } from './order-notice.js';
import { orderShipped } from './order-shipped.js';
import { ownerAlert } from './owner-alert.js';
import { passwordReset } from './password-reset.js';

const TEMPLATES: {
  readonly [T in MailTemplate]: (language: Language, model: MailModels[T]) => RenderedMail;
} = {
  'order-confirmation': orderConfirmation,
  'order-shipped': orderShipped,
  'password-reset': passwordReset,
  'owner-alert': ownerAlert,
  ...(Object.fromEntries(
    ORDER_NOTICES.map((notice) => [
      notice,
      (language: Language, model: OrderNoticeModel) => orderNotice(notice, language, model),
    ]),
  ) as Record<OrderNotice, (language: Language, model: OrderNoticeModel) => RenderedMail>),
  ...(Object.fromEntries(
    ACCOUNT_NOTICES.map((notice) => [
      notice,
      (language: Language, model: AccountNoticeModel) => accountNotice(notice, language, model),
    ]),
  ) as Record<AccountNotice, (language: Language, model: AccountNoticeModel) => RenderedMail>),
};

/** The mail in the recipient's language, as HTML and as text. Values of the model are always escaped. */
export function renderMail<T extends MailTemplate>(
  template: T,
  language: Language,
  model: MailModels[T],
): RenderedMail {
  return TEMPLATES[template](language, model);
}
