import type { Querying } from '../database/database.js';

/*
 * Hooks: places inside a transaction of the shop at which modules outside it take part
 *
 * A hook is called when the transaction has locked and written all that is the shop's own. What a handler locks comes
 * last, so no two transactions wait for each other's locks because of it, as long as every handler locks the rows of
 * its own tables in one order (by id), and none of the shop's.
 *
 * A handler has two seconds, its statements included. Handlers are called one after the other: the modules that a
 * module depends on first, then in the order of the list of modules. Without a handler a hook costs no statement.
 *
 * What a fault means depends on the hook, because both ways may cost money:
 * - REFUSE: the transaction has no effect outside the database yet. A handler may refuse by throwing a DomainError with
 *   a code of its own module, which is returned to the caller. Anything else that it throws, and running out of time,
 *   is returned as PLUGIN_FAILED: what the handler was to check or to write must not be left out silently.
 * - SKIP: what happened outside cannot be undone, such as money that was taken. Nothing may be refused: whatever the
 *   handler throws, only its own writes are rolled back, and the transaction continues.
 * - ASK: handlers answer a question of the shop and write nothing, within a transaction or outside of any. They may not
 *   refuse: whatever they throw, an answer that the caller cannot use, and running out of time are PLUGIN_FAILED for the
 *   caller, who says what follows.
 * In all, the fault is logged with the module's name and the owner is alerted.
 */

/** What a fault of a handler does to the transaction, see above. */
export type OnFault = 'REFUSE' | 'SKIP' | 'ASK';

/** Reads and writes of a handler, on the transaction that called it. It ends with the handler's time. */
export type HookQuerying = Pick<Querying, 'rows' | 'row' | 'count'>;

export interface Hook<Input extends object = object> {
  /** `<module>.<moment>`; it is in logs and alerts. */
  readonly name: string;
  readonly onFault: OnFault;
  /** Never read: it ties the handlers to the type of what they are given. */
  readonly input?: Input;
}

/** Defines a hook. Its module calls it by `hooks.run`. */
export function defineHook<Input extends object>(name: string, onFault: OnFault): Hook<Input> {
  return { name, onFault };
}

/** A handler with the hook that calls it. */
export interface HandledHook {
  readonly hook: Hook;
  readonly run: (tx: HookQuerying, input: never) => Promise<unknown>;
}

/**
 * Handles a hook. `run` is called within the transaction, and again when the transaction is repeated after a deadlock,
 * so it must have no effect outside it: what is to follow goes into the outbox. It asks nobody over the network.
 */
export function handleHook<Input extends object>(
  hook: Hook<Input>,
  run: (tx: HookQuerying, input: Input) => Promise<void>,
): HandledHook {
  return { hook, run };
}
