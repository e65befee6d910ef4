import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GraphQLError, GraphQLNonNull, GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';

/** Tells news to whoever listens and, like the shop's API, reads who is calling only while a socket opens. */
export interface LiveServer {
  readonly port: number;
  /** How many listen now. */
  readonly listeners: number;
  /** Whether a socket that opens now belongs to somebody signed in. */
  isSignedIn: boolean;
  tell: (updates: string) => void;
  /** The access token runs out: the server closes the sockets that it opened for it. */
  expire: () => void;
  /** Ends what everybody listens to, with the sockets open. */
  endAll: () => void;
  /** Closes the sockets with a code. */
  hangUp: (code: number) => void;
  close: () => Promise<void>;
}

export async function openLiveServer(): Promise<LiveServer> {
  const mailboxes = new Map<(updates: string) => void, () => void>();
  let isSignedIn = true;
  const admitted = new WeakMap<object, boolean>();

  const schema = new GraphQLSchema({
    query: new GraphQLObjectType({ name: 'Query', fields: { nothing: { type: GraphQLString } } }),
    subscription: new GraphQLObjectType({
      name: 'Subscription',
      fields: {
        updates: {
          type: new GraphQLNonNull(GraphQLString),
          subscribe: (_root, _args, { socket }: { socket: object }) => {
            if (!admitted.get(socket))
              throw new GraphQLError('Sign in.', { extensions: { code: 'UNAUTHENTICATED' } });
            return letters(mailboxes);
          },
          resolve: (updates: string) => updates,
        },
      },
    }),
  });
  const http = createServer();
  const sockets = new WebSocketServer({ server: http });
  useServer(
    {
      schema,
      onConnect: ({ extra }) => void admitted.set(extra.socket, isSignedIn),
      context: ({ extra }) => ({ socket: extra.socket }),
    },
    sockets,
  );
  await new Promise<void>((resolve) => http.listen(0, resolve));
  const hangUp = (code: number): void => sockets.clients.forEach((socket) => socket.close(code));

  return {
    port: (http.address() as AddressInfo).port,
    get listeners() {
      return mailboxes.size;
    },
    get isSignedIn() {
      return isSignedIn;
    },
    set isSignedIn(now) {
      isSignedIn = now;
    },
    tell: (updates) => mailboxes.forEach((_end, deliver) => deliver(updates)),
    endAll: () => mailboxes.forEach((end) => end()),
    expire() {
      isSignedIn = false;
      hangUp(4403);
    },
    hangUp,
    async close() {
      sockets.clients.forEach((socket) => socket.terminate());
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

function letters(mailboxes: Map<(updates: string) => void, () => void>): AsyncIterableIterator<string> {
  const unread: string[] = [];
  let isOver = false;
  let wake: () => void = () => undefined;
  const deliver = (updates: string): void => {
    unread.push(updates);
    wake();
  };
  mailboxes.set(deliver, () => {
    isOver = true;
    mailboxes.delete(deliver);
    wake();
  });
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      while (unread.length === 0 && !isOver) await new Promise<void>((resolve) => (wake = resolve));
      const updates = unread.shift();
      return updates === undefined ? { value: undefined, done: true } : { value: updates, done: false };
    },
    async return() {
      isOver = true;
      mailboxes.delete(deliver);
      wake();
      return { value: undefined, done: true };
    },
  };
}
