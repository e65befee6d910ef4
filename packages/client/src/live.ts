import { createClient } from 'graphql-ws';
import type { Client, ClientOptions, FormattedExecutionResult, Sink, SubscribePayload } from 'graphql-ws';
import { makeDeadline, makeSwitch, TIMING, waitBefore, within } from './live-wait';
import type { LiveTiming } from './live-wait';

/** 'signed-out' means that only the person can help; everything else is worth a try. */
export type SignedIn = 'ready' | 'signed-out';

export interface LiveOptions {
  url: () => string;
  connectionParams: Record<string, unknown>;
  /** Makes the session good before the socket comes back: the server reads the cookies as it opens. */
  signIn?: () => Promise<SignedIn>;
  /** The session is over. The subscriptions wait for `resume`. */
  onSignedOut?: () => void;
  /**
   * The subscriptions stand for the first time. What happened since the page was read, while nobody listened yet, was
   * missed: read again what is shown.
   */
  onListening?: () => void;
  /** The line was down, so news may have been missed: read again what is shown. */
  onReconnected?: () => void;
  webSocketImpl?: unknown;
  timing?: Partial<LiveTiming>;
}

type Errors = readonly { extensions?: Record<string, unknown> }[];
type Result = FormattedExecutionResult<Record<string, unknown>, Record<string, unknown>>;

export interface Live {
  /** Listens until the returned function is called, over any number of sockets. */
  subscribe: (request: SubscribePayload, sink: Sink<Result>) => () => void;
  /** Goes on after the person signed in again, and asks a socket that may be dead for a sign of life. */
  resume: () => void;
  /** Ends everything; a new person needs a new line. */
  hangUp: () => void;
}

/**
 * One lazy socket for all subscriptions of a page. It comes back by itself:
 * - after a break it tries again at short intervals without end, and at once when the browser says that the network
 *   is there or the page is looked at again, so that it is back within ten seconds of the network's return;
 * - an attempt that gets no answer, and a socket over which the server stays silent, are given up;
 * - before each return it signs in, because the access token has run out by then more often than not.
 */
export const makeLive = (options: LiveOptions): Live => new Line(options);

class Line implements Live {
  private readonly timing: LiveTiming;
  /** What is listened to, each by the function that stops it. */
  private readonly running = new Set<() => void>();
  private readonly wait = makeSwitch();
  private readonly deadline = makeDeadline(() => this.client.terminate());
  private readonly stopHearing = hearOfReturn(() => this.resume());
  private readonly client: Client;
  private socket: WebSocket | undefined;
  private mustSignIn = false;
  private signInsInVain = 0;
  private wasLost = false;
  private hasStood = false;
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
        // The server gives up listeners that fall behind: they listen again and read what they missed.
        complete: () => {
          if (isReplaced || !this.running.has(stop)) return;
          startAgain();
          this.tellOnceSettled(this.options.onReconnected);
        },
        error: (problem) => {
          if (isReplaced || !this.running.has(stop)) return;
          // Not an answer of the server but the end of a socket: no reason to stop listening.
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

  hangUp(): void {
    this.isOver = true;
    this.stopHearing();
    this.deadline.clear();
    for (const stop of [...this.running]) stop();
    this.wait.wake();
    // Rejects when the last attempt to connect fails, which is no news to anybody.
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

  /** True when the sign-in that the socket opened with was refused: the first time that is worth another socket. */
  private signsInAgain(errors: Errors | undefined, start: () => void): boolean {
    if (!this.options.signIn || !isRefusedSignIn(errors) || this.signInsInVain++ > 0) return false;
    this.mustSignIn = true;
    this.wasLost = true;
    this.client.terminate();
    start();
    return true;
  }

  /** A little later: the subscriptions have to stand before what was missed is read. */
  private tellOnceSettled(tell?: () => void): void {
    setTimeout(() => !this.isOver && tell?.(), this.timing.settle);
  }

  private listeners(): NonNullable<ClientOptions['on']> {
    return {
      connected: (opened) => {
        this.deadline.clear();
        this.socket = opened as WebSocket;
        if (this.wasLost) this.tellOnceSettled(this.options.onReconnected);
        else if (!this.hasStood) this.tellOnceSettled(this.options.onListening);
        this.wasLost = false;
        this.hasStood = true;
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

/** The network is there again, or the page is looked at again: after a sleep no timer of before is worth waiting for. */
function hearOfReturn(wake: () => void): () => void {
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
