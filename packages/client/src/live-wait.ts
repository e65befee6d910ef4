/** All in milliseconds. */
export interface LiveTiming {
  /** Between two questions whether the server is still there. */
  keepAlive: number;
  /** For the answer to such a question, and for an attempt to connect. */
  answer: number;
  /** For the renewal of the session before an attempt. */
  signIn: number;
  /** The longest pause between two attempts, apart from the random fifth that spreads many clients. */
  longestWait: number;
  /** Until the subscriptions of a new socket stand. */
  settle: number;
}

/** An attempt (3 + 3 seconds at most) that began just before the network's return, and the pause after it: under ten. */
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

/** Waits that somebody can end at once. */
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

/** The answer, or this value when it does not come in time or fails. */
export async function within<Value>(ms: number, answer: Promise<Value>, otherwise: Value): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<Value>((resolve) => {
    timer = setTimeout(() => resolve(otherwise), ms);
  });
  return Promise.race([answer.catch(() => otherwise), late]).finally(() => clearTimeout(timer));
}

/** Something that is given up unless it is cleared in time. */
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
