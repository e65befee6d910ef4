import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  MailOutcomeUnknown,
  MailRejectedError,
  MailUnavailable,
  type Mail,
  type MailProvider,
} from './port.js';

/** A mail as the provider received it. */
export interface DeliveredMail {
  readonly to: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

/** An adapter with the controls of its simulated provider. */
export interface MailSubject {
  readonly provider: MailProvider;
  delivered(): Promise<DeliveredMail[]>;
  /** Network failures; absent where no network is involved. */
  readonly trouble?: {
    /** Makes the provider refuse the next mail because its recipient does not exist. */
    refuseNext(mail: Mail): void;
    failNext(): void;
    loseNextAnswer(): void;
    /** The same adapter configured with an address on which nothing listens. */
    readonly nobody: MailProvider;
  };
  close(): Promise<void>;
}

/** The contract of every mail adapter. */
export function describeMailProvider(
  name: string,
  open: () => Promise<MailSubject>,
  { canFind, isRemote }: { canFind: boolean; isRemote: boolean },
): void {
  describe(`${name} as a mail provider`, () => {
    let subject: MailSubject;

    beforeAll(async () => {
      subject = await open();
    });
    afterAll(() => subject.close());

    it('delivers the mail as it was written, diacritics included', async () => {
      const mail = aMail();

      const messageId = await subject.provider.send(mail);

      expect(messageId).toBeTruthy();
      expect((await subject.delivered()).at(-1)).toMatchObject({
        to: mail.to,
        subject: mail.subject,
        html: mail.html,
        text: mail.text,
      });
    });

    it(
      canFind ? 'finds a mail by our key, and none by another' : 'admits that it cannot look a mail up',
      async () => {
        const mail = aMail();

        const messageId = await subject.provider.send(mail);

        expect(await subject.provider.find(mail.key)).toBe(canFind ? messageId : null);
        expect(await subject.provider.find(randomUUID())).toBeNull();
      },
    );

    if (!isRemote) return;

    it('tells a recipient who will never take mail from a bad moment', async () => {
      const [refused, deferred] = [aMail(), aMail()];

      subject.trouble?.refuseNext(refused);
      await expect(subject.provider.send(refused)).rejects.toThrow(MailRejectedError);
      subject.trouble?.failNext();
      await expect(subject.provider.send(deferred)).rejects.toThrow(MailUnavailable);

      const reached = (await subject.delivered()).map(({ to }) => to);
      expect(reached).not.toContain(refused.to);
      expect(reached).not.toContain(deferred.to);
    });

    it('knows that nothing was sent where nobody listens', async () => {
      await expect(subject.trouble?.nobody.send(aMail())).rejects.toThrow(MailUnavailable);
    });

    it('does not claim to know when the answer got lost', async () => {
      const mail = aMail();

      subject.trouble?.loseNextAnswer();
      await expect(subject.provider.send(mail)).rejects.toThrow(MailOutcomeUnknown);

      expect((await subject.delivered()).map(({ to }) => to)).toContain(mail.to);
    });
  });
}

export function aMail(): Mail {
  const key = randomUUID();
  return {
    key,
    from: 'Lut & Lână <comenzi@lutsilana.example>',
    to: `ana-${key}@cumparator.example`,
    subject: 'Comanda 1001 a ajuns la noi – mulțumim!',
    html: '<p>Bună, Ana! Cană „Țărmul” – 129,00 lei</p>',
    text: 'Bună, Ana!\n\nCană „Țărmul” – 129,00 lei',
  };
}
