import { isThrownCode, platformErrors } from '../kernel/error-codes.js';
import { StartProblem } from '../kernel/start-problem.js';
import { assertNumbered } from './database/module-migrations.js';
import { platformPermissions } from './graphql/roles.js';
import { PLATFORM_TABLES } from './jobs/old-rows.js';
import type { AnyModule } from './module.js';

const PLATFORM = 'the platform';

/**
 * Prefixes, permissions, error codes, tables and events are written into ids, guards, clients and rows: two modules
 * cannot mean different things by one name.
 *
 * @throws StartProblem naming both modules, or the module whose `nodes` has a prefix that no module declares, or whose
 *   migrations are not numbered in their order
 */
export function assertDeclaredOnce(modules: readonly AnyModule[]): void {
  const prefixes = new Map<string, string>();
  const checks = new Map<string, string>();
  const groups = new Map<string, string>();
  const integrations = new Map<string, string>();
  const events = new Map<string, string>();
  const kinds = new Map<string, string>();
  const permissions = ofThePlatform(platformPermissions);
  const errors = ofThePlatform(platformErrors);
  const tables = ofThePlatform(PLATFORM_TABLES);
  for (const { name, ...module } of modules) {
    claimAll(errors, 'error code', name, codesOf(name, module.errors));
    claimAll(prefixes, 'id prefix', name, Object.keys(module.idPrefixes ?? {}));
    claimAll(
      groups,
      'group of settings',
      name,
      (module.settingsGroups ?? []).map(({ key }) => key),
    );
    claimAll(
      integrations,
      'integration',
      name,
      (module.integrations ?? []).map(({ code }) => code),
    );
    claimAll(
      checks,
      'check',
      name,
      (module.checks ?? []).map(({ code }) => code),
    );
    claimAll(
      kinds,
      'long job',
      name,
      (module.longJobs ?? []).map(({ kind }) => kind),
    );
    claimAll(permissions, 'permission', name, Object.keys(module.permissions ?? {}));
    claimAll(tables, 'table', name, Object.keys(module.tables));
    claimAll(
      events,
      'event',
      name,
      (module.events ?? []).map(({ kind }) => kind),
    );
  }
  for (const { name, nodes = {} } of modules)
    for (const prefix of Object.keys(nodes))
      if (!prefixes.has(prefix))
        throw new StartProblem(
          `Module ${name} finds nodes by the id prefix ${prefix}, which no module declares`,
        );
  assertNumbered(modules);
}

function codesOf(module: string, errors: object = {}): string[] {
  const codes = Object.keys(errors);
  const thrown = codes.find(isThrownCode);
  if (thrown) throw new StartProblem(`Module ${module} declares ${thrown}, which is a code of thrown errors`);
  return codes;
}

/** By name, who declared it. */
function ofThePlatform(declared: object): Map<string, string> {
  return new Map(Object.keys(declared).map((name) => [name, PLATFORM]));
}

function claimAll(
  claimed: Map<string, string>,
  what: string,
  module: string,
  names: readonly string[],
): void {
  for (const name of names) {
    const first = claimed.get(name);
    if (first) throw new StartProblem(`The ${what} ${name} is declared twice: by ${first} and by ${module}`);
    claimed.set(name, module);
  }
}
