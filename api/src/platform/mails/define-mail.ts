import { z } from 'zod';
import type { Language } from '../../kernel/languages.js';
import type { EventType, JobEvent } from '../jobs/define-event.js';
import { defineJob, on, type Subscription } from '../jobs/define-job.js';
import type { Tx } from '../database/database.js';
import type { MessagesByLanguage } from '../messages.js';
import type { StoredModel } from './secret-link.js';

/** A mail in a language, as HTML and as text. */
export interface RenderedMail {
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

/** To whom a mail goes, and what it says. */
export interface ComposedMail<Model extends object = object> {
  readonly to: string;
  readonly language: Language;
  /** Stored with the mail until it is deleted as old; what `render` or the layout reads. */
  readonly model: StoredModel<Model>;
  /** Which of `alternatives` goes in place of this mail. */
  readonly instead?: string;
  /** When it is sent at the earliest, with the data of now; at once if absent. */
  readonly notBefore?: Date;
  /** Stops it while it is not sent: `mails.cancel(tx, cancelKey)`. */
  readonly cancelKey?: string;
  /**
   * Whether the mail is still to be stored: asked in the transaction that stores it. Locks what makes it needless, so that
   * whoever cancels it by its key comes before, and is seen here, or after, and finds it.
   */
  readonly isDue?: (tx: Tx) => Promise<boolean>;
}

/** What stands around every mail. */
export interface MailFrame {
  readonly language: Language;
  /** As the settings of the shop say when the mail is sent. */
  readonly shopName: string;
  /** The time zone of the shop when the mail is sent, in which it tells days and hours. */
  readonly timeZone: string;
  /** The look of the shop when the mail is sent. */
  readonly brand: MailBrand;
}

/** The look of a shop in its mails. Colours are `#rrggbb`. */
export interface MailBrand {
  /** Of buttons, and of words on them. */
  readonly accent: string;
  readonly onAccent: string;
  /** The same in dark mode. */
  readonly darkAccent: string;
  readonly onDarkAccent: string;
  /** Stands for the name at the head; null where that is written. */
  readonly logo: MailImage | null;
  /** The logo in dark mode; null where `logo` stands on a light plate then. */
  readonly darkLogo: MailImage | null;
}

export interface MailImage {
  /** Absolute: mail programs know no page that it could be relative to. */
  readonly url: string;
  /** Of the file, in pixels. */
  readonly width: number;
  readonly height: number;
}

/** Of what a preview tells: made-up data in the words of a language. */
export interface SampleFrame {
  readonly language: Language;
  /** ISO 4217. */
  readonly currency: string;
}

type Render<Model extends object> = (frame: MailFrame, model: Model) => RenderedMail;

interface MailOptions<Payload extends object, Model extends object> {
  /**
   * Stored with each mail, and shown in the list of mails and in timelines under the `name` of its messages. Its
   * messages are in `locales/<language>/mails/<name>.json`. It never changes.
   */
  readonly name: string;
  /** Names of mails that `compose` may send in its place, in the same layout and with messages of their own. */
  readonly alternatives?: readonly string[];
  readonly on: EventType<Payload>;
  /** Which of these events have a mail; all if absent. */
  readonly when?: (payload: Payload) => boolean;
  /** What the event's aggregate is. A mail about an `order` is listed with it and written into its timeline. */
  readonly aggregate: string;
  /** The payload's id that lets one mail be sent, however many such events come; the event's own id if absent. */
  readonly about?: keyof Payload & string;
  /** Loads the data of the mail, when its job runs. Null: it is not to be sent (any more). */
  compose(event: JobEvent<Payload>): Promise<ComposedMail<Model> | null>;
  /** The name of a layout of the core (`order-notice`, `account-notice`), or how the mail is written. */
  readonly layout: string | Render<Model>;
  /**
   * What a preview of the mail says; staff see none of a mail without one. Those in a layout of the core take the layout's.
   */
  readonly sample?: (frame: SampleFrame) => Model;
  /** Messages that the module brings itself instead of in `locales`; a language without any reads the first one's. */
  readonly messages?: MessagesByLanguage;
}

/** A mail that an event causes. Its module returns it from `setup` in `mails`. */
export interface Mail {
  readonly name: string;
  readonly alternatives: readonly string[];
  readonly aggregate: string;
  readonly subscription: Subscription;
  readonly layout: string | Render<object>;
  readonly messages: MessagesByLanguage | undefined;
  readonly sample: ((frame: SampleFrame) => object) | undefined;
  compose(event: JobEvent<Record<string, unknown>>): Promise<ComposedMail | null>;
}

export function defineMail<Payload extends object, Model extends object>({
  name,
  aggregate,
  layout,
  messages,
  sample,
  alternatives = [],
  ...mail
}: MailOptions<Payload, Model>): Mail {
  return {
    ...{ name, aggregate, messages, sample, alternatives },
    layout: layout as string | Render<object>,
    subscription: on(mail.on, mailJob, ({ id, aggregateId, payload }) =>
      mail.when && !mail.when(payload)
        ? null
        : {
            ...{ mail: name, eventId: id, aggregateId, payload: { ...payload } as Record<string, unknown> },
            about: mail.about ? String(payload[mail.about]) : id,
          },
    ),
    compose: ({ payload, ...event }) => mail.compose({ ...event, payload: mail.on.payload.parse(payload) }),
  };
}

/** Composes a mail, stores it and sends it. One for each event that has a mail. */
export const mailJob = defineJob({
  queue: 'notifications.mail',
  formerly: ['notifications.order-notice', 'notifications.account-notice'],
  payload: z.preprocess(
    fromFormerQueues,
    z.object({
      mail: z.string().min(1),
      eventId: z.uuid(),
      /** The id that makes the mail unique. */
      about: z.string().min(1),
      aggregateId: z.uuid(),
      payload: z.record(z.string(), z.unknown()),
    }),
  ),
  concurrency: 3,
});

/** Reads jobs that wait in the queues that this one replaced: one for notices about orders, one for those of accounts. */
function fromFormerQueues(job: unknown): unknown {
  const { notice, userId, at, ...rest } = job as Record<string, unknown>;
  if (notice === undefined) return job;
  if (userId === undefined) return { ...rest, mail: notice, eventId: rest['about'] };
  return {
    mail: notice,
    eventId: rest['eventId'],
    about: rest['eventId'],
    aggregateId: userId,
    payload: { at },
  };
}
