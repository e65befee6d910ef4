import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  startSmtpServer,
  type SmtpFailure,
  type SmtpServer,
} from '@vitrine/testing/simulators/smtp-server.js';
import { aMail, describeMailProvider } from '../contract.js';
import { MailRejectedError, MailUnavailable } from '../port.js';
import { createSmtpMail } from './smtp-mail.js';

const NOBODY = 'smtp://127.0.0.1:1';

describeMailProvider(
  'A mail server',
  async () => {
    const server = await startSmtpServer();
    return {
      provider: createSmtpMail({ url: server.url }),
      close: () => server.close(),
      delivered: async () => [...server.received],
      trouble: {
        refuseNext: () => server.failNext('refuse-recipient'),
        failNext: () => server.failNext('defer'),
        loseNextAnswer: () => server.failNext('answer-lost'),
        nobody: createSmtpMail({ url: NOBODY }),
      },
    };
  },
  { canFind: false, isRemote: true },
);

describe('SMTP on the wire', () => {
  let server: SmtpServer;
  beforeAll(async () => {
    server = await startSmtpServer();
  });
  afterAll(() => server.close());

  it('gives a mail that is sent twice the same Message-ID', async () => {
    const mail = aMail();
    const provider = createSmtpMail({ url: server.url });

    await provider.send(mail);
    await provider.send(mail);

    expect(server.received.slice(-2).map(({ messageId }) => messageId)).toEqual(
      Array(2).fill(`<${mail.key}@lutsilana.example>`),
    );
  });

  it.each<[SmtpFailure, typeof MailUnavailable]>([
    ['refuse-recipient', MailRejectedError],
    ['refuse-content', MailRejectedError],
    ['refuse-sender', MailUnavailable],
    ['defer', MailUnavailable],
  ])('tells what is final from what can be mended: %s', async (failure, error) => {
    server.failNext(failure);

    await expect(createSmtpMail({ url: server.url }).send(aMail())).rejects.toThrow(error);
  });
});
