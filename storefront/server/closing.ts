import type { Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

/** Longer than any answer of the API: a checkout whose payment provider does not answer takes some ten seconds. */
const LONGEST_ANSWER_MS = 15_000;
const LOOK_AGAIN_MS = 50;

const draining = new WeakSet<Server>();
const socketsOf = new WeakMap<Server, Set<Duplex>>();

/** Prepares a server for `closeInOrder`. */
export function makeClosable(server: Server): void {
  const sockets = new Set<Duplex>();
  socketsOf.set(server, sockets);
  server.on('upgrade', (_request, socket: Duplex) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.prependListener('request', (_request, response) => {
    if (draining.has(server)) response.shouldKeepAlive = false;
  });
}

/**
 * From now on `/health` answers 503, so that load balancers send requests elsewhere, and each connection ends with its
 * next answer. Everything is still answered.
 */
export function beginDraining(server: Server): void {
  draining.add(server);
}

export const isDraining = (server: Server): boolean => draining.has(server);

/**
 * Drains for some time, accepts nothing more, ends the sockets, which their pages open again elsewhere, and resolves once
 * all that was begun is answered; at the latest after `limitMs`.
 */
export async function closeInOrder(
  server: Server,
  { drainMs = 0, limitMs = LONGEST_ANSWER_MS }: { drainMs?: number; limitMs?: number } = {},
): Promise<void> {
  beginDraining(server);
  await sleep(drainMs);
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  for (const socket of socketsOf.get(server) ?? []) socket.destroy();
  // A connection whose last answer began before would stay open for as long as its client keeps it.
  const look = setInterval(() => server.closeIdleConnections(), LOOK_AGAIN_MS);
  await Promise.race([closed, sleep(limitMs, undefined, { ref: false })]);
  clearInterval(look);
}
