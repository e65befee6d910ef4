import type { Language } from '../../kernel/languages.js';
import type { Tx } from '../database/database.js';
import { bringMessages } from '../messages.js';
import { SecretLinks } from './secret-link.js';
import { templateVersion, VERSION_CURRENCY, VERSION_FRAME } from './template-version.js';
import type { Mail, MailFrame, RenderedMail, SampleFrame } from './define-mail.js';

type CancelMails = (tx: Tx, cancelKey: string) => Promise<number>;

/** How a kind of mail is written: `name` is the mail's, and tells which messages it says. */
export type MailLayout = (name: string, frame: MailFrame, model: object) => RenderedMail;

/** What a preview of the mail `name` says. */
export type MailSample = (name: string, frame: SampleFrame) => object;

interface Layout {
  readonly write: MailLayout;
  readonly sample: MailSample;
  /** Written by nothing but a mail of the same name, which no module defines. */
  readonly isMail: boolean;
}

/** The mails of all modules of a process, by their names, and the layouts that several of them share. */
export class Mails {
  private readonly mails = new Map<string, Mail>();
  private readonly layouts = new Map<string, Layout>();
  private readonly versions = new Map<string, string | null>();
  /** The links of mails that are secrets. */
  readonly links = new SecretLinks();

  /**
   * The version of what a mail says in a language, see `templateVersion`. Null for one of which there is no preview, and for
   * one whose preview fails: the mail itself leaves all the same.
   */
  versionOf(name: string, language: Language): string | null {
    const key = `${name} ${language}`;
    const known = this.versions.get(key);
    if (known !== undefined) return known;
    const version = this.versionNow(name, language);
    this.versions.set(key, version);
    return version;
  }

  private versionNow(name: string, language: Language): string | null {
    try {
      const sample = this.sample(name, { language, currency: VERSION_CURRENCY });
      return sample && templateVersion(this.render(name, { ...VERSION_FRAME, language }, sample));
    } catch {
      // Made-up data of a plugin that its own mail does not take; whoever asks for the preview sees it fail.
      return null;
    }
  }

  private cancelling: CancelMails | null = null;

  /** Stops the mails of this key that are not sent, within a transaction; answers how many. */
  cancel(tx: Tx, cancelKey: string): Promise<number> {
    if (!this.cancelling) throw new Error('No module sends mails');
    return this.cancelling(tx, cancelKey);
  }

  /** For the module that keeps mails. */
  cancelBy(cancelling: CancelMails): void {
    this.cancelling = cancelling;
  }

  /** @throws Error for a second mail of the same name */
  add(mail: Mail): void {
    if (mail.messages) bringMessages(`mails/${mail.name}`, mail.messages);
    for (const name of [mail.name, ...mail.alternatives]) {
      if (this.mails.has(name)) throw new Error(`Two mails are named ${name}`);
      this.mails.set(name, mail);
    }
  }

  /** A layout that mails name. */
  addLayout(name: string, write: MailLayout, sample: MailSample): void {
    this.layouts.set(name, { write, sample, isMail: false });
  }

  /** A mail that is queued by itself, in a layout of its own. */
  addOwnLayout(name: string, write: MailLayout, sample: MailSample): void {
    this.layouts.set(name, { write, sample, isMail: true });
  }

  /** Every mail of which there can be a preview, by name. */
  names(): string[] {
    const own = [...this.layouts].filter(([, { isMail }]) => isMail).map(([name]) => name);
    const defined = [...this.mails].filter(([, { layout, sample }]) => sample ?? typeof layout === 'string');
    return [...own, ...defined.map(([name]) => name)].sort();
  }

  /** Made-up data for a preview of a mail. Null for an unknown one, and where its module gives none. */
  sample(name: string, frame: SampleFrame): object | null {
    const mail = this.mails.get(name);
    if (mail?.sample) return mail.sample(frame);
    const layout = this.layouts.get(typeof mail?.layout === 'string' ? mail.layout : name);
    return layout?.sample(name, frame) ?? null;
  }

  /** @throws Error naming the mails whose layout nobody added */
  assertLayouts(): void {
    const without = [...this.mails.values()].filter(
      ({ layout }) => typeof layout === 'string' && !this.layouts.has(layout),
    );
    if (without.length > 0)
      throw new Error(`Mails without a layout: ${without.map(({ name }) => name).join(', ')}`);
  }

  /** @throws Error for a name that no module declares (any more) */
  get(name: string): Mail {
    const mail = this.mails.get(name);
    if (!mail) throw new Error(`No module declares the mail ${name}`);
    return mail;
  }

  /** Writes a mail, or one that only has a layout of its own name. @throws Error for an unknown name */
  render(name: string, frame: MailFrame, model: object): RenderedMail {
    const layout = this.mails.get(name)?.layout ?? name;
    if (typeof layout === 'function') return layout(frame, model);
    const found = this.layouts.get(layout);
    if (!found) throw new Error(`No module declares the mail ${name}`);
    return found.write(name, frame, model);
  }
}
