import { bringMessages } from '../messages.js';
import type { Mail, MailFrame, RenderedMail } from './define-mail.js';

/** How a kind of mail is written: `name` is the mail's, and tells which messages it says. */
export type MailLayout = (name: string, frame: MailFrame, model: object) => RenderedMail;

/** The mails of all modules of a process, by their names, and the layouts that several of them share. */
export class Mails {
  private readonly mails = new Map<string, Mail>();
  private readonly layouts = new Map<string, MailLayout>();

  /** @throws Error for a second mail of the same name */
  add(mail: Mail): void {
    if (mail.messages) bringMessages(`mails/${mail.name}`, mail.messages);
    for (const name of [mail.name, ...mail.alternatives]) {
      if (this.mails.has(name)) throw new Error(`Two mails are named ${name}`);
      this.mails.set(name, mail);
    }
  }

  addLayout(name: string, layout: MailLayout): void {
    this.layouts.set(name, layout);
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
    const write = this.layouts.get(layout);
    if (!write) throw new Error(`No module declares the mail ${name}`);
    return write(name, frame, model);
  }
}
