/** All in milliseconds. */
export interface LiveTiming {
  /** The interval between two pings of the server. */
  keepAlive: number;
  /** The timeout of a ping, and of an attempt to connect. */
  answer: number;
  /** The timeout of the session renewal before an attempt. */
  signIn: number;
  /** The longest pause between two attempts, apart from the random fifth that spreads many clients. */
  longestWait: number;
  /** The time after which the subscriptions of a new socket are active. */
  settle: number;
}

/** An attempt (at most 3 + 3 seconds) that began just before the network's return, and the pause after it, take under ten seconds. */
export const TIMING: LiveTiming = {
  keepAlive: 8_000,
  answer: 3_000,
  signIn: 3_000,
  longestWait: 2_500,
  settle: 400,
};

const SHORTEST_WAIT = 300;

/** Doubles from a third of a second up to the longest. Up to a fifth is added, so that not all clients come at once. */
export function waitBefore(tries: number, longest: number, chance = Math.random()): number {
  return Math.min(SHORTEST_WAIT * 2 ** Math.min(tries, 20), longest) * (1 + chance / 5);
}

export interface Switch {
  /** Resolves after this time or when woken. */
  pause: (ms: number) => Promise<void>;
  untilWoken: () => Promise<void>;
  wake: () => void;
}

/** Waits that can be ended early. */
export function makeSwitch(): Switch {
  const waiting = new Set<() => void>();
  const hold = (ms?: number): Promise<void> =>
    new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        waiting.delete(done);
        resolve();
      };
      const timer = ms === undefined ? undefined : setTimeout(done, ms);
      waiting.add(done);
    });
  return {
    pause: hold,
    untilWoken: () => hold(),
    wake: () => [...waiting].forEach((done) => done()),
  };
}

/** The result of the promise, or `instead` when it fails or takes too long. */
export async function within<Value>(ms: number, answer: Promise<Value>, otherwise: Value): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<Value>((resolve) => {
    timer = setTimeout(() => resolve(otherwise), ms);
  });
  return Promise.race([answer.catch(() => otherwise), late]).finally(() => clearTimeout(timer));
}

/** Calls `giveUp` unless it is cleared in time. */
export function makeDeadline(missed: () => void): { set: (ms: number) => void; clear: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const clear = (): void => clearTimeout(timer);
  return {
    clear,
    set(ms) {
      clear();
      timer = setTimeout(missed, ms);
    },
  };
}
