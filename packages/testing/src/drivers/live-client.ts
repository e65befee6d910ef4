import { createClient, type Client } from 'graphql-ws';
import WebSocket from 'ws';

/** The events of one subscription so far. */
export interface Heard {
  readonly events: Record<string, unknown>[];
  readonly errors: { message: string; extensions?: { code?: string } }[];
  /** True once the server has ended it. */
  ended: boolean;
}

export interface LiveClient {
  listen(query: string, variables?: Record<string, unknown>): Heard;
  /** Resolves once the socket is open; later events are received. */
  ready(): Promise<void>;
  /** The code with which the server closed the socket, once it did. */
  closed(): number | null;
  close(): Promise<void>;
}

export interface LiveOptions {
  readonly cookie?: string;
  readonly origin?: string;
  /** Headers of the upgrade request. */
  readonly headers?: Record<string, string>;
  readonly params?: Record<string, unknown>;
}

/** A subscriber: graphql-ws as browsers use it. */
export function liveClient(
  url: string,
  { cookie = '', origin, headers = {}, params = {} }: LiveOptions = {},
): LiveClient {
  class Socket extends WebSocket {
    constructor(address: string, protocols: string) {
      super(address, protocols, { headers: { cookie, ...headers }, ...(origin && { origin }) });
    }
  }
  let code: number | null = null;
  let connect: () => void = () => undefined;
  let fall: (reason: Error) => void = () => undefined;
  const connected = new Promise<void>((resolve, reject) => {
    connect = resolve;
    fall = reject;
  });
  connected.catch(() => undefined);
  const client: Client = createClient({
    url: `${url.replace(/^http/, 'ws')}/graphql`,
    webSocketImpl: Socket,
    connectionParams: params,
    lazy: false,
    retryAttempts: 0,
    onNonLazyError: () => undefined,
    on: {
      connected: () => connect(),
      closed: (event) => {
        code = (event as { code?: number }).code ?? 0;
        fall(new Error(`The socket was closed with ${code}`));
      },
    },
  });
  return {
    listen(query, variables = {}) {
      const heard: Heard = { events: [], errors: [], ended: false };
      client.subscribe(
        { query, variables },
        {
          next: ({ data, errors }) => {
            if (data) heard.events.push(data as Record<string, unknown>);
            heard.errors.push(...((errors ?? []) as Heard['errors']));
          },
          error: (error) =>
            void heard.errors.push(
              ...((Array.isArray(error) ? error : [{ message: String(error) }]) as Heard['errors']),
            ),
          complete: () => void (heard.ended = true),
        },
      );
      return heard;
    },
    ready: () => connected,
    closed: () => code,
    close: async () => client.dispose(),
  };
}
