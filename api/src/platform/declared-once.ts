import { isThrownCode, platformErrors } from '../kernel/error-codes.js';
import { StartProblem } from '../kernel/start-problem.js';
import { assertNumbered } from './database/module-migrations.js';
import { platformPermissions } from './graphql/roles.js';
import { PLATFORM_TABLES } from './jobs/old-rows.js';
import type { AnyModule } from './module.js';
import { longJobsOf } from './module-list.js';

const PLATFORM = 'the platform';

/**
 * Prefixes, permissions, error codes, tables and events are written into ids, guards, clients and rows: two modules
 * cannot mean different things by one name.
 *
 * @throws StartProblem naming both modules, or the module whose `nodes` has a prefix that no module declares, or whose
 *   migrations are not numbered in their order
 */
export function assertDeclaredOnce(modules: readonly AnyModule[]): void {
  const claimed = {
    'error code': ofThePlatform(platformErrors),
    'id prefix': ofThePlatform({}),
    'group of settings': ofThePlatform({}),
    integration: ofThePlatform({}),
    check: ofThePlatform({}),
    'long job': ofThePlatform({}),
    import: ofThePlatform({}),
    permission: ofThePlatform(platformPermissions),
    table: ofThePlatform(PLATFORM_TABLES),
    event: ofThePlatform({}),
  } satisfies Record<keyof ReturnType<typeof namesOf>, Map<string, string>>;
  for (const module of modules) {
    const names = namesOf(module);
    for (const what of Object.keys(claimed) as (keyof typeof claimed)[])
      claimAll(claimed[what], what, module.name, names[what]);
  }
  const prefixes = claimed['id prefix'];
  for (const { name, nodes = {} } of modules)
    for (const prefix of Object.keys(nodes))
      if (!prefixes.has(prefix))
        throw new StartProblem(
          `Module ${name} finds nodes by the id prefix ${prefix}, which no module declares`,
        );
  assertNumbered(modules);
}

/** The names that a module declares, by what they name. */
function namesOf({ name, ...module }: AnyModule) {
  return {
    'error code': codesOf(name, module.errors),
    'id prefix': Object.keys(module.idPrefixes ?? {}),
    'group of settings': (module.settingsGroups ?? []).map(({ key }) => key),
    integration: (module.integrations ?? []).map(({ code }) => code),
    check: (module.checks ?? []).map(({ code }) => code),
    'long job': longJobsOf(module).map(({ kind }) => kind),
    import: (module.imports ?? []).map(({ kind }) => kind),
    permission: Object.keys(module.permissions ?? {}),
    table: Object.keys(module.tables),
    event: (module.events ?? []).map(({ kind }) => kind),
  };
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
