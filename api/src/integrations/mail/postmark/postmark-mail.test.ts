import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  startPostmarkServer,
  type PostmarkFailure,
  type PostmarkServer,
} from '@vitrine/testing/simulators/postmark-server.js';
import { aMail, describeMailProvider } from '../contract.js';
import { MailOutcomeUnknown, MailRejectedError, MailUnavailable } from '../port.js';
import { createPostmarkMail } from './postmark-mail.js';

describeMailProvider(
  'Postmark',
  async () => {
    const server = await startPostmarkServer();
    const closed = await startPostmarkServer();
    await closed.close();
    return {
      provider: createPostmarkMail({ token: server.token, apiBase: server.url }),
      close: () => server.close(),
      delivered: async () =>
        server.sent.map(({ To, Subject, HtmlBody, TextBody }) => ({
          to: To,
          subject: Subject,
          html: HtmlBody,
          text: TextBody,
        })),
      trouble: {
        refuseNext: ({ to }) => server.deactivate(to),
        failNext: () => server.failNext('rate-limited'),
        loseNextAnswer: () => server.failNext('answer-lost'),
        nobody: createPostmarkMail({ token: server.token, apiBase: closed.url }),
      },
    };
  },
  { canFind: true, isRemote: true },
);

describe('Postmark on the wire', () => {
  let server: PostmarkServer;
  beforeAll(async () => {
    server = await startPostmarkServer();
  });
  afterAll(() => server.close());

  it('carries our key as metadata', async () => {
    const mail = aMail();
    await createPostmarkMail({ token: server.token, apiBase: server.url }).send(mail);

    expect(server.sent.at(-1)?.Metadata).toEqual({ key: mail.key });
  });

  it.each<[PostmarkFailure, typeof MailUnavailable]>([
    ['rate-limited', MailUnavailable],
    ['status-500', MailUnavailable],
    ['not-allowed', MailUnavailable],
    ['unreachable', MailOutcomeUnknown],
    ['answer-lost', MailOutcomeUnknown],
    ['answer-cut', MailOutcomeUnknown],
    ['hang', MailOutcomeUnknown],
  ])('answers %s with the right doubt', async (failure, error) => {
    server.failNext(failure);

    await expect(
      createPostmarkMail({ token: server.token, apiBase: server.url, timeoutSeconds: 1 }).send(aMail()),
    ).rejects.toThrow(error);
  });

  it('refuses an address that is none', async () => {
    await expect(
      createPostmarkMail({ token: server.token, apiBase: server.url }).send({ ...aMail(), to: 'nobody' }),
    ).rejects.toThrow(MailRejectedError);
  });

  it('keeps mails for later while the token is wrong, and does not take a silent search for "not sent"', async () => {
    const stranger = createPostmarkMail({ token: 'old', apiBase: server.url });

    await expect(stranger.send(aMail())).rejects.toThrow(MailUnavailable);
    await expect(stranger.find('some-key')).rejects.toThrow(MailUnavailable);
  });
});
