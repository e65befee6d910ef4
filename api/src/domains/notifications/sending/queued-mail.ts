import type { MailProvider } from '../../../integrations/mail/port.js';
import type { Clock } from '../../../kernel/clock.js';
import type { Language } from '../../../kernel/languages.js';
import type { Logger } from '../../../kernel/logger.js';
import type { Database, Tx } from '../../../platform/database/database.js';
import type { Mails } from '../../../platform/mails/mails.js';
import type { MailFrameDeps } from '../templates/mail-frame.js';

/** A mail to be sent once, however often it is queued: `dedupeKey` is unique over all time. */
export interface QueuedMail {
  /** `order:<id>:confirmation`. */
  readonly dedupeKey: string;
  readonly to: string;
  /** The name of the mail. */
  readonly template: string;
  readonly language: Language;
  /** What it says; links that are secrets stand in it by what they open (`SecretLink`). */
  readonly model: object;
  /** When it is sent at the earliest; at once if absent. */
  readonly notBefore?: Date;
  /** `cancel` of this key stops it while it is not sent. */
  readonly cancelKey?: string;
  /** See `ComposedMail.isDue`; asked by `queue`. */
  readonly isDue?: (tx: Tx) => Promise<boolean>;
}

export interface MailQueueDeps extends MailFrameDeps {
  readonly database: Database;
  readonly mail: MailProvider;
  readonly mails: Pick<Mails, 'render' | 'links' | 'versionOf'>;
  readonly from: string;
  readonly clock: Clock;
  readonly logger: Logger;
  /** How many mails one address may receive within 24 hours, except mails to the owner. */
  readonly mailsPerDay: number;
  /** Called once for each sent mail, in the transaction that records it. */
  readonly onSent: (tx: Tx, mail: { dedupeKey: string; template: string }) => Promise<void>;
  /** Called once for each mail that will not arrive, in the transaction that records it. */
  readonly onFailed: (tx: Tx, mail: { id: string; dedupeKey: string; template: string }) => Promise<void>;
}
