import type { Clock } from '../../kernel/clock.js';
import { DomainError } from '../../kernel/errors.js';
import type { Logger } from '../../kernel/logger.js';
import { isRetryable, type Querying, type Tx } from '../database/database.js';
import { TooManyReadersError } from '../database/visitor-reads.js';
import type { HandledHook, Hook, HookQuerying } from './define-hook.js';
import { inLimit, inTime } from './hook-time.js';

/** The owner is alerted of a handler that fails again and again once an hour. */
const ALERT_EVERY_MS = 3_600_000;

/** A handler with the module that brought it. */
interface Handler {
  readonly module: string;
  /** The error codes that it may refuse with: those that its module declares. */
  readonly codes: ReadonlySet<string>;
  readonly run: HandledHook['run'];
}

/** Which module failed at which hook, and in which hour of time (since 1970). */
export interface FailedHook {
  readonly plugin: string;
  readonly hook: string;
  readonly hour: number;
}

export interface HooksDeps {
  readonly clock: Clock;
  readonly logger: Logger;
}

/** The handlers of a shop's hooks. What a hook is, and what a fault means, stands in `define-hook.ts`. */
export class Hooks {
  private readonly handlers = new Map<Hook, Handler[]>();
  /** When each module was last reported for each hook, so that a fault in every request does not fill the pool. */
  private readonly alerted = new Map<string, number>();

  private alert: (failed: FailedHook) => Promise<void> = () => Promise.resolve();

  constructor(private readonly deps: HooksDeps) {}

  /** Who tells the owner of a handler that failed: called once an hour for each module and hook. */
  onFailed(alert: (failed: FailedHook) => Promise<void>): void {
    this.alert = alert;
  }

  /** Adds a handler of a module, which may refuse with these codes. Called while the modules are built, in their order. */
  add(module: string, { hook, run }: HandledHook, codes: readonly string[]): void {
    const handlers = this.handlers.get(hook) ?? [];
    this.handlers.set(hook, [...handlers, { module, codes: new Set(codes), run }]);
  }

  /** Whether any module waits for this hook, for callers that would have to load its input. */
  has(hook: Hook): boolean {
    return this.handlers.has(hook);
  }

  /** The names of the hooks that a module handles. */
  of(module: string): string[] {
    return [...this.handlers].flatMap(([{ name }, handlers]) =>
      handlers.some((handler) => handler.module === module) ? [name] : [],
    );
  }

  /**
   * Calls the handlers of a hook, in the transaction that holds the caller's locks.
   *
   * @throws DomainError of a hook that may refuse: a code of the handler's module, or PLUGIN_FAILED
   */
  async run<Input extends object>(tx: Tx, hook: Hook<Input>, input: Input): Promise<void> {
    for (const handler of this.handlers.get(hook) ?? [])
      await (hook.onFault === 'SKIP'
        ? this.runOrSkip(tx, hook, handler, input)
        : this.runOrRefuse(tx, hook, handler, input));
  }

  /**
   * Asks the handlers of a hook, and returns what `read` makes of each answer. `read` throws for an answer that it
   * cannot use, which is a fault of the handler.
   *
   * @throws DomainError PLUGIN_FAILED
   */
  async ask<Input extends object, Answer>(
    querying: Querying | Tx,
    hook: Hook<Input>,
    { input, read }: { readonly input: Input; readonly read: (answer: unknown, module: string) => Answer },
  ): Promise<Answer[]> {
    const answers: Answer[] = [];
    for (const { module, run } of this.handlers.get(hook) ?? []) {
      try {
        const work = (open: HookQuerying): Promise<unknown> => run(open, input as never);
        const answer = await ('client' in querying ? inTime(querying, work) : inLimit(querying, work));
        answers.push(read(answer, module));
      } catch (error) {
        // The whole transaction is repeated, or the shop is busy: neither is the handler's fault.
        if (isRetryable(error) || error instanceof TooManyReadersError) throw error;
        this.reportFault(module, hook.name, error);
        throw new PluginFailedError(module);
      }
    }
    return answers;
  }

  private async runOrRefuse(tx: Tx, hook: Hook, handler: Handler, input: object): Promise<void> {
    try {
      await inTime(tx, (querying) => handler.run(querying, input as never));
    } catch (error) {
      // The whole transaction is repeated, the handler with it.
      if (isRetryable(error)) throw error;
      if (error instanceof DomainError && handler.codes.has(error.code)) throw error;
      this.reportFault(handler.module, hook.name, error);
      throw new PluginFailedError(handler.module);
    }
  }

  private async runOrSkip(tx: Tx, hook: Hook, handler: Handler, input: object): Promise<void> {
    try {
      await tx.savepoint(() => inTime(tx, (querying) => handler.run(querying, input as never)));
    } catch (error) {
      this.reportFault(handler.module, hook.name, error);
    }
  }

  /**
   * Logs what a plugin threw, and tells the owner once an hour for each plugin and place. Not waited for: the caller holds
   * a connection, and all of the pool may be held by others that wait the same way.
   */
  reportFault(plugin: string, hook: string, error: unknown): void {
    const { logger, clock } = this.deps;
    logger.error({ plugin, hook, err: error }, 'A plugin failed');
    const key = `${plugin} ${hook}`;
    const hour = Math.floor(clock.now().getTime() / ALERT_EVERY_MS);
    if (this.alerted.get(key) === hour) return;
    this.alerted.set(key, hour);
    this.alert({ plugin, hook, hour }).catch((failure: unknown) => {
      this.alerted.delete(key);
      logger.error({ err: failure }, 'The owner could not be alerted of a plugin that failed');
    });
  }
}

/** A plugin failed where it must not be left out. */
export class PluginFailedError extends DomainError {
  constructor(readonly plugin: string) {
    super('PLUGIN_FAILED', `The plugin ${plugin} failed. Nothing was changed.`);
  }
}
