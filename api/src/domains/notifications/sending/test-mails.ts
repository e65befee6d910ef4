import type { RenderedMail } from '../../../platform/mails/define-mail.js';
import { messagesOf } from '../../../platform/messages.js';
import type { Language } from '../../../kernel/languages.js';

/** Keys of mails that staff send to themselves begin with it. */
export const TEST_PREFIX = 'test:';

/** The key of a mail that staff send to themselves to look at it. */
export const testKey = (id: string): string => `${TEST_PREFIX}${id}`;

export const isTest = ({ dedupeKey }: { readonly dedupeKey: string }): boolean =>
  dedupeKey.startsWith(TEST_PREFIX);

/** The same mail with a subject that says that nothing has happened. */
export function asTest(mail: RenderedMail, language: Language): RenderedMail {
  const { subject } = mail;
  return { ...mail, subject: messagesOf('mails/layout', language).text('testSubject', { subject }) };
}
