import type { Clock } from '../../../kernel/clock.js';
import { DomainError, NotFoundError } from '../../../kernel/errors.js';
import { AttemptsPerMinute } from '../../../platform/attempts-per-minute.js';
import type { Integration, IntegrationTestCode, IntegrationValues } from '../../../platform/integration.js';
import { missingFields } from './integration-state.js';
import type { IntegrationStore, IntegrationStoreDeps } from './integration-store.js';
import * as sql from './integration.statements.js';

const TESTS_PER_MINUTE = 6;
const LONGEST_TEST_MS = 10_000;

interface Deps extends Pick<
  IntegrationStoreDeps,
  'database' | 'clock' | 'integrations' | 'variable' | 'logger'
> {
  readonly store: IntegrationStore;
  /** How long a test may take; 10 seconds unless given. */
  readonly longestMs?: number;
}

/** Tries integrations out at their services. */
export class IntegrationTests {
  private readonly attempts: AttemptsPerMinute;

  constructor(private readonly deps: Deps) {
    this.attempts = new AttemptsPerMinute(TESTS_PER_MINUTE, deps.clock satisfies Clock);
  }

  /**
   * Tries out the values in use, with no transaction open, and keeps the code and the time: services repeat keys in their
   * messages, so none is kept or logged. The result is kept only if the values are still those that were tried: their
   * version is read before them, and compared when it is written.
   *
   * @throws NotFoundError | DomainError TOO_MANY_TESTS | DomainError INTEGRATION_INCOMPLETE
   */
  async run(code: string): Promise<IntegrationTestCode> {
    const { database, clock, integrations, store } = this.deps;
    const integration = integrations.find((each) => each.code === code);
    if (!integration) throw new NotFoundError('integration', ['code']);
    if (!this.attempts.allows({ near: code, wide: null }))
      throw new DomainError('TOO_MANY_TESTS', 'It was tried out several times within a minute.');
    const version =
      (await database.rows(sql.everyIntegration)).find((row) => row.code === code)?.version ?? 1;
    const rows = await database.rows(sql.secretsOf, { integration: code });
    const { values } = store.stateWith(integration, rows);
    if (missingFields(integration, values).length > 0)
      throw new DomainError('INTEGRATION_INCOMPLETE', 'Required values are missing.');
    // Values of the environment alone have no row yet.
    await database.count(sql.insertIntegration, { code });
    const result = await this.tried(integration, values);
    await database.count(sql.recordTest, { code, version, testedAt: clock.now(), result });
    return result;
  }

  private async tried(integration: Integration, values: IntegrationValues): Promise<IntegrationTestCode> {
    const { variable, logger, longestMs = LONGEST_TEST_MS } = this.deps;
    const signal = AbortSignal.timeout(longestMs);
    const timedOut = new Promise<IntegrationTestCode>((resolve) =>
      signal.addEventListener('abort', () => resolve('TIMED_OUT'), { once: true }),
    );
    const test = integration
      .test(values, { signal, variable })
      .catch((error: unknown): IntegrationTestCode => {
        const type = error instanceof Error ? error.constructor.name : typeof error;
        logger.warn({ integration: integration.code, type }, 'An integration could not be tried out');
        return 'FAILED';
      });
    return Promise.race([test, timedOut]);
  }
}
