import type { Language } from '../../../kernel/languages.js';
import type { MailModels, MailTemplate, RenderedMail } from './mail-model.js';
import { orderConfirmation } from './order-confirmation.js';
import { orderShipped } from './order-shipped.js';
import { passwordReset } from './password-reset.js';

const TEMPLATES: {
  readonly [T in MailTemplate]: (language: Language, model: MailModels[T]) => RenderedMail;
} = {
  'order-confirmation': orderConfirmation,
  'order-shipped': orderShipped,
  'password-reset': passwordReset,
};

/** The mail in the buyer's language, as HTML and as text. Whatever the model holds stays text. */
export function renderMail<T extends MailTemplate>(
  template: T,
  language: Language,
  model: MailModels[T],
): RenderedMail {
  return TEMPLATES[template](language, model);
}
