import { createClient } from 'graphql-ws';
import type { Client, ClientOptions, FormattedExecutionResult, Sink, SubscribePayload } from 'graphql-ws';
import { makeDeadline, makeSwitch, TIMING, waitBefore, within } from './live-wait';
import type { LiveTiming } from './live-wait';

/** 'signed-out' means that the user has to sign in again; otherwise the socket tries to reconnect. */
export type SignedIn = 'ready' | 'signed-out';

export interface LiveOptions {
  url: () => string;
  connectionParams: Record<string, unknown>;
  /** Renews the session before the socket reconnects, because the server reads the cookies when it opens. */
  signIn?: () => Promise<SignedIn>;
  /** Called when the session has ended. The subscriptions wait for `resume`. */
  onSignedOut?: () => void;
  /**
   * Called when the subscriptions are active for the first time. Events since the page was loaded were missed, so the
   * page has to reload what it shows.
   */
  onListening?: () => void;
  /** Called after a reconnection. Events may have been missed, so the page has to reload what it shows. */
  onReconnected?: () => void;
  webSocketImpl?: unknown;
  timing?: Partial<LiveTiming>;
}

type Errors = readonly { extensions?: Record<string, unknown> }[];
type Result = FormattedExecutionResult<Record<string, unknown>, Record<string, unknown>>;

export interface Live {
  /** Subscribes until the returned function is called, across reconnections. */
  subscribe: (request: SubscribePayload, sink: Sink<Result>) => () => void;
  /** Reconnects after the user signed in again, and pings a socket that may be dead. */
  resume: () => void;
  /** Ends all subscriptions and the socket; a new user needs a new instance. */
  disconnect: () => void;
}

/**
 * One lazy socket for all subscriptions of a page. It reconnects by itself:
 * - after a disconnection it retries at short intervals without limit, and at once when the browser reports that the
 *   network is back or the page becomes visible, so that it reconnects within ten seconds of the network's return;
 * - an attempt without a response, and a socket without a pong of the server, are given up;
 * - before each attempt it renews the session, because the access token has usually expired by then.
 */
export const makeLive = (options: LiveOptions): Live => new Line(options);

class Line implements Live {
  private readonly timing: LiveTiming;
  /** The active subscriptions, each as the function that restarts or stops it. */
  private readonly running = new Set<() => void>();
  private readonly wait = makeSwitch();
  private readonly deadline = makeDeadline(() => this.client.terminate());
  private readonly stopWatching = onNetworkOrPageReturn(() => this.resume());
  private readonly client: Client;
  private socket: WebSocket | undefined;
  private mustSignIn = false;
  private signInsInVain = 0;
  private wasLost = false;
  private wasListening = false;
  private isOver = false;

  constructor(private readonly options: LiveOptions) {
    this.timing = { ...TIMING, ...options.timing };
    this.client = createClient({
      connectionParams: options.connectionParams,
      webSocketImpl: options.webSocketImpl,
      keepAlive: this.timing.keepAlive,
      retryAttempts: Number.POSITIVE_INFINITY,
      shouldRetry: () => true,
      retryWait: (tries) => this.wait.pause(waitBefore(tries, this.timing.longestWait)),
      url: async () => {
        await this.signIn();
        this.deadline.set(this.timing.answer);
        return options.url();
      },
      on: this.listeners(),
    });
  }

  subscribe(request: SubscribePayload, sink: Sink<Result>): () => void {
    let release: () => void = () => undefined;
    const stop = (): void => {
      this.running.delete(stop);
      release();
    };
    let failures = 0;
    const startAgain = (): void => {
      const pause = waitBefore(failures++, this.timing.longestWait);
      void this.wait.pause(pause).then(() => this.running.has(stop) && start());
    };
    const start = (): void => {
      let isReplaced = false;
      release = this.client.subscribe<Record<string, unknown>, Record<string, unknown>>(request, {
        next: (result) => {
          failures = 0;
          isReplaced ||= this.signsInAgain(result.errors, start);
          if (!isReplaced) sink.next(result);
        },
        // The server ends subscriptions that fall behind: they subscribe again and the page reloads what it missed.
        complete: () => {
          if (isReplaced || !this.running.has(stop)) return;
          startAgain();
          this.callOnceSettled(this.options.onReconnected);
        },
        error: (problem) => {
          if (isReplaced || !this.running.has(stop)) return;
          // Not an error of the server but the end of a socket: the subscription continues.
          if (!Array.isArray(problem)) return startAgain();
          isReplaced = this.signsInAgain(problem as Errors, start);
          if (!isReplaced && this.running.delete(stop)) sink.error(problem);
        },
      });
    };
    this.running.add(stop);
    start();
    return stop;
  }

  resume(): void {
    this.wait.wake();
    const { socket } = this;
    if (!socket || socket.readyState !== socket.OPEN) return;
    socket.send(JSON.stringify({ type: 'ping' }));
    this.deadline.set(this.timing.answer);
  }

  disconnect(): void {
    this.isOver = true;
    this.stopWatching();
    this.deadline.clear();
    for (const stop of [...this.running]) stop();
    this.wait.wake();
    // Rejects when the last attempt to connect fails, which needs no handling.
    Promise.resolve(this.client.dispose()).catch(() => undefined);
  }

  private async signIn(): Promise<void> {
    const { signIn, onSignedOut } = this.options;
    if (!signIn || !this.mustSignIn) return;
    while ((await within<SignedIn>(this.timing.signIn, signIn(), 'ready')) === 'signed-out' && !this.isOver) {
      onSignedOut?.();
      await this.wait.untilWoken();
    }
    this.mustSignIn = false;
  }

  /** True when the server refused the session of this socket: the first time, another socket is opened. */
  private signsInAgain(errors: Errors | undefined, start: () => void): boolean {
    if (!this.options.signIn || !isRefusedSignIn(errors) || this.signInsInVain++ > 0) return false;
    this.mustSignIn = true;
    this.wasLost = true;
    this.client.terminate();
    start();
    return true;
  }

  /** Delayed, because the subscriptions have to be active before missed data is reloaded. */
  private callOnceSettled(callback?: () => void): void {
    setTimeout(() => !this.isOver && callback?.(), this.timing.settle);
  }

  private listeners(): NonNullable<ClientOptions['on']> {
    return {
      connected: (opened) => {
        this.deadline.clear();
        this.socket = opened as WebSocket;
        if (this.wasLost) this.callOnceSettled(this.options.onReconnected);
        else if (!this.wasListening) this.callOnceSettled(this.options.onListening);
        this.wasLost = false;
        this.wasListening = true;
      },
      ping: (isReceived) => !isReceived && this.deadline.set(this.timing.answer),
      message: () => this.deadline.clear(),
      pong: (isReceived) => isReceived && (this.signInsInVain = 0),
      closed: () => {
        this.deadline.clear();
        this.socket = undefined;
        this.mustSignIn = true;
        this.wasLost = this.running.size > 0;
      },
    };
  }
}

const isRefusedSignIn = (errors: Errors | undefined): boolean =>
  Boolean(errors?.some(({ extensions }) => extensions?.['code'] === 'UNAUTHENTICATED'));

/** Calls `wake` when the network is back or the page becomes visible, because timers may be late after a sleep. */
function onNetworkOrPageReturn(wake: () => void): () => void {
  const onVisible = (): void => {
    if (document.visibilityState === 'visible') wake();
  };
  globalThis.addEventListener?.('online', wake);
  globalThis.document?.addEventListener('visibilitychange', onVisible);
  return () => {
    globalThis.removeEventListener?.('online', wake);
    globalThis.document?.removeEventListener('visibilitychange', onVisible);
  };
}
