import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocket, type WebSocketServer } from 'ws';
import type { Logger } from '../../kernel/logger.js';
import { networksOf, WIDE_TIMES, type Networks } from '../../kernel/networks.js';
import { refuse } from './early-answers.js';

const MAX_SOCKETS_PER_PROCESS = 2_000;
// Enough for an office behind one address, but no single network can take all sockets of the process.
const MAX_SOCKETS_PER_NETWORK = 50;

/**
 * How much of what a socket is sent may wait for its client to read it. Every message and ping of a client is answered,
 * so one that sends and never reads would fill the memory of the process.
 */
const MAX_UNREAD_BYTES = 1024 * 1024;

/** How many subscriptions one socket may hold open at a time. */
export const MAX_OPERATIONS_PER_SOCKET = 20;

type Data = Parameters<WebSocket['send']>[0];
type Options = Exclude<Parameters<WebSocket['send']>[1], ((error?: Error) => void) | undefined>;
type Sent = (error?: Error) => void;

/** A client's socket that is dropped when the client does not read what it is sent. */
export class ClientSocket extends WebSocket {
  override send(data: Data, options?: Options | Sent, callback?: Sent): void {
    const sent = typeof options === 'function' ? options : callback;
    if (this.isUnread()) return sent?.();
    // A client that left before it was sent everything is no failure of the server: graphql-ws would print it as one.
    super.send(data, typeof options === 'object' ? options : {}, () => sent?.());
  }

  override pong(data?: Data, mask?: boolean, callback?: (error: Error) => void): void {
    if (!this.isUnread()) super.pong(data, mask, callback);
  }

  private isUnread(): boolean {
    const isUnread = this.bufferedAmount > MAX_UNREAD_BYTES;
    if (isUnread) this.terminate();
    return isUnread;
  }
}

/** Accepts sockets up to the limit of their network, and refuses others with a status that gives the reason. */
export class SocketAdmission {
  private readonly open = new Map<string, number>();

  constructor(
    private readonly sockets: WebSocketServer,
    private readonly logger: Logger,
  ) {
    // A handshake that cannot be; without a listener the library answers it by itself, without our headers.
    sockets.on('wsClientError', (_error, socket: Duplex) => refuse(socket, 400));
  }

  admit(request: IncomingMessage, socket: Duplex, { head, ip }: { head: Buffer; ip: string }): void {
    const networks = networksOf(ip);
    if (!this.hasRoom(networks)) {
      refuse(socket, 429);
      return;
    }
    if (this.sockets.clients.size >= MAX_SOCKETS_PER_PROCESS) {
      refuse(socket, 503);
      return;
    }
    this.sockets.handleUpgrade(request, socket, head, (opened) => {
      const names = [networks.near, ...(networks.wide === null ? [] : [networks.wide])];
      for (const name of names) this.open.set(name, (this.open.get(name) ?? 0) + 1);
      opened.once('close', () => names.forEach((name) => this.release(name)));
      this.sockets.emit('connection', opened, request);
      this.hearItsErrors(opened);
    });
  }

  private hasRoom({ near, wide }: Networks): boolean {
    const count = (name: string): number => this.open.get(name) ?? 0;
    if (count(near) >= MAX_SOCKETS_PER_NETWORK) return false;
    return wide === null || count(wide) < MAX_SOCKETS_PER_NETWORK * WIDE_TIMES;
  }

  private release(network: string): void {
    const count = (this.open.get(network) ?? 1) - 1;
    if (count > 0) this.open.set(network, count);
    else this.open.delete(network);
  }

  /** Ignores errors caused by the client (a message that is too big, a broken frame); ws closes the socket. */
  private hearItsErrors(opened: WebSocket): void {
    // graphql-ws would print such errors on the console as if they were the server's.
    opened.removeAllListeners('error');
    opened.on('error', ({ message }) => this.logger.debug({ reason: message }, 'A socket was closed'));
  }
}
