import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { WebSocket, WebSocketServer } from 'ws';
import type { Logger } from '../kernel/logger.js';
import { networksOf, WIDE_TIMES, type Networks } from '../kernel/networks.js';

const MAX_SOCKETS_PER_PROCESS = 2_000;
// An office behind one address has room; nobody can take all the places of the process.
const MAX_SOCKETS_PER_NETWORK = 50;

/** How many subscriptions one socket may hold open at a time. */
export const MAX_OPERATIONS_PER_SOCKET = 20;

/** Opens sockets as long as there is room for their network, and refuses the others with a status that says why. */
export class SocketAdmission {
  private readonly open = new Map<string, number>();

  constructor(
    private readonly sockets: WebSocketServer,
    private readonly logger: Logger,
  ) {}

  admit(request: IncomingMessage, socket: Duplex, { head, ip }: { head: Buffer; ip: string }): void {
    const networks = networksOf(ip);
    if (!this.hasRoom(networks)) {
      refuse(socket, '429 Too Many Requests');
      return;
    }
    if (this.sockets.clients.size >= MAX_SOCKETS_PER_PROCESS) {
      refuse(socket, '503 Service Unavailable');
      return;
    }
    this.sockets.handleUpgrade(request, socket, head, (opened) => {
      const names = [networks.near, ...(networks.wide === null ? [] : [networks.wide])];
      for (const name of names) this.open.set(name, (this.open.get(name) ?? 0) + 1);
      opened.once('close', () => names.forEach((name) => this.leave(name)));
      this.sockets.emit('connection', opened, request);
      this.hearItsErrors(opened);
    });
  }

  private hasRoom({ near, wide }: Networks): boolean {
    const count = (name: string): number => this.open.get(name) ?? 0;
    if (count(near) >= MAX_SOCKETS_PER_NETWORK) return false;
    return wide === null || count(wide) < MAX_SOCKETS_PER_NETWORK * WIDE_TIMES;
  }

  private leave(network: string): void {
    const count = (this.open.get(network) ?? 1) - 1;
    if (count > 0) this.open.set(network, count);
    else this.open.delete(network);
  }

  /** What a client does wrong (a message that is too big, a broken frame) is its own affair; ws closes the socket. */
  private hearItsErrors(opened: WebSocket): void {
    // graphql-ws prints such errors on the console, as if they were ours.
    opened.removeAllListeners('error');
    opened.on('error', ({ message }) => this.logger.debug({ reason: message }, 'A socket was closed'));
  }
}

/** A status that a client, or a person with the browser's tools, can read; then the end. */
export function refuse(socket: Duplex, status: string): void {
  socket.once('error', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () => socket.destroy());
}
