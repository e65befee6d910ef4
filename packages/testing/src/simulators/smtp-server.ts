import { createServer, type AddressInfo, type Socket } from 'node:net';

export interface ReceivedMail {
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly html: string;
  readonly text: string;
  readonly messageId: string;
}

/** The failures of the next sends. */
export type SmtpFailure = 'defer' | 'refuse-recipient' | 'refuse-sender' | 'refuse-content' | 'answer-lost';

export interface SmtpServer {
  readonly url: string;
  readonly received: readonly ReceivedMail[];
  failNext(failure: SmtpFailure, times?: number): void;
  close(): Promise<void>;
}

/** A local mail server that stores the mails it receives. */
export async function startSmtpServer(): Promise<SmtpServer> {
  const received: ReceivedMail[] = [];
  const failures: SmtpFailure[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    converse(socket, received, failures);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));

  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    failNext: (failure, times = 1) => void failures.push(...Array.from({ length: times }, () => failure)),
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function converse(socket: Socket, received: ReceivedMail[], failures: SmtpFailure[]): void {
  let unread = '';
  let isContent = false;
  let failure: SmtpFailure | null = null;
  const say = (line: string): void => void socket.write(`${line}\r\n`);

  const hear = (line: string): void => {
    const verb = line.slice(0, 4).toUpperCase();
    if (verb === 'EHLO' || verb === 'HELO') return say('250 loopback');
    if (verb === 'MAIL') {
      failure = failures.shift() ?? null;
      return say(failure === 'refuse-sender' ? '550 5.7.1 not your domain' : '250 ok');
    }
    if (verb === 'RCPT')
      return say(
        failure === 'refuse-recipient'
          ? '550 5.1.1 no such mailbox'
          : failure === 'defer'
            ? '451 4.7.1 try later'
            : '250 ok',
      );
    if (verb === 'DATA') {
      isContent = true;
      return say('354 go on');
    }
    if (verb === 'QUIT') return void socket.end('221 bye\r\n');
    say('250 ok');
  };
  const keep = (content: string): void => {
    isContent = false;
    if (failure === 'refuse-content') return say('554 5.6.0 this looks like spam');
    received.push(readMail(content));
    if (failure === 'answer-lost') return void socket.destroy();
    say('250 2.0.0 queued');
  };

  say('220 loopback');
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    unread += chunk;
    for (;;) {
      const mark = isContent ? '\r\n.\r\n' : '\r\n';
      const end = unread.indexOf(mark);
      if (end < 0) return;
      const piece = unread.slice(0, end);
      unread = unread.slice(end + mark.length);
      if (isContent) keep(piece.replace(/^\.\./gm, '.'));
      else hear(piece);
    }
  });
}

function readMail(content: string): ReceivedMail {
  const { headers, body } = split(content);
  const boundary = /boundary="([^"]+)"/.exec(headers.get('content-type') ?? '')?.[1] ?? '';
  const parts = body
    .split(`--${boundary}`)
    .slice(1, -1)
    .map((part) => split(part.trim()));
  const partOf = (type: string): string => {
    const part = parts.find(({ headers: own }) => own.get('content-type')?.startsWith(type));
    return part ? decode(part.body, part.headers.get('content-transfer-encoding') ?? '') : '';
  };
  return {
    from: words(headers.get('from') ?? ''),
    to: words(headers.get('to') ?? ''),
    subject: words(headers.get('subject') ?? ''),
    messageId: headers.get('message-id') ?? '',
    html: partOf('text/html'),
    text: partOf('text/plain'),
  };
}

function split(content: string): { headers: Map<string, string>; body: string } {
  const end = content.indexOf('\r\n\r\n');
  const lines = content
    .slice(0, end)
    .replace(/\r\n[ \t]+/g, ' ')
    .split('\r\n');
  const headers = new Map(
    lines.map((line) => [
      line.slice(0, line.indexOf(':')).toLowerCase(),
      line.slice(line.indexOf(':') + 1).trim(),
    ]),
  );
  return { headers, body: content.slice(end + 4) };
}

function decode(body: string, encoding: string): string {
  if (encoding === 'base64') return Buffer.from(body, 'base64').toString('utf8').replace(/\r\n/g, '\n');
  if (encoding !== 'quoted-printable') return body.replace(/\r\n/g, '\n');
  return quoted(body.replace(/=\r\n/g, '')).replace(/\r\n/g, '\n');
}

function quoted(text: string): string {
  return Buffer.from(
    text.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
    'latin1',
  ).toString('utf8');
}

/** The encoded words of RFC 2047 in a header. */
function words(header: string): string {
  return header
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?UTF-8\?([QB])\?([^?]*)\?=/gi, (_, kind: string, text: string) =>
      kind.toUpperCase() === 'B'
        ? Buffer.from(text, 'base64').toString('utf8')
        : quoted(text.replaceAll('_', ' ')),
    );
}
