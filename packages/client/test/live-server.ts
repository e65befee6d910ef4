import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GraphQLError, GraphQLNonNull, GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';

/** Publishes events to all subscribers and, like the shop's API, authenticates only while a socket opens. */
export interface LiveServer {
  readonly port: number;
  /** The number of active subscriptions. */
  readonly listeners: number;
  /** Whether a socket that opens now is authenticated. */
  isSignedIn: boolean;
  publish: (update: string) => void;
  /** Expires the access token: the server closes the sockets that it opened for it. */
  expire: () => void;
  /** Ends all subscriptions while the sockets stay open. */
  endAll: () => void;
  /** Closes the sockets with a code. */
  closeSockets: (code: number) => void;
  close: () => Promise<void>;
}

export async function openLiveServer(): Promise<LiveServer> {
  const subscribers = new Map<(update: string) => void, () => void>();
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
            return events(subscribers);
          },
          resolve: (update: string) => update,
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
  const closeSockets = (code: number): void => sockets.clients.forEach((socket) => socket.close(code));

  return {
    port: (http.address() as AddressInfo).port,
    get listeners() {
      return subscribers.size;
    },
    get isSignedIn() {
      return isSignedIn;
    },
    set isSignedIn(now) {
      isSignedIn = now;
    },
    publish: (update) => subscribers.forEach((_end, deliver) => deliver(update)),
    endAll: () => subscribers.forEach((end) => end()),
    expire() {
      isSignedIn = false;
      closeSockets(4403);
    },
    closeSockets,
    async close() {
      sockets.clients.forEach((socket) => socket.terminate());
      await new Promise((resolve) => http.close(resolve));
    },
  };
}

function events(subscribers: Map<(update: string) => void, () => void>): AsyncIterableIterator<string> {
  const unread: string[] = [];
  let isOver = false;
  let wake: () => void = () => undefined;
  const deliver = (update: string): void => {
    unread.push(update);
    wake();
  };
  subscribers.set(deliver, () => {
    isOver = true;
    subscribers.delete(deliver);
    wake();
  });
  return {
    [Symbol.asyncIterator]() {
      return this;
    },
    async next() {
      while (unread.length === 0 && !isOver) await new Promise<void>((resolve) => (wake = resolve));
      const update = unread.shift();
      return update === undefined ? { value: undefined, done: true } : { value: update, done: false };
    },
    async return() {
      isOver = true;
      subscribers.delete(deliver);
      wake();
      return { value: undefined, done: true };
    },
  };
}
