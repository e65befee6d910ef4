import { platformErrors } from '../kernel/error-codes.js';
import { registerIdPrefixes } from '../kernel/ids.js';
import { StartProblem } from '../kernel/start-problem.js';
import { registerImportKinds } from './graphql/import-kinds.js';
import { registerJobKinds } from './graphql/job-kinds.js';
import { platformPermissions, registerPermissions } from './graphql/roles.js';
import { registerErrors } from './graphql/user-error.type.js';
import type { LongJobDefinition } from './jobs/define-long-job.js';
import type { JobMutation } from './jobs/job-mutation.js';
import type { AnyModule, ModuleDeclaration } from './module.js';

/**
 * Makes the permissions of these modules and of the platform known to the roles, and these and the error codes to the
 * schema.
 */
export function registerDeclared(modules: readonly AnyModule[]): void {
  const permissions = modules.map((module) => module.permissions ?? {});
  registerPermissions(Object.assign({}, ...permissions, platformPermissions) as typeof platformPermissions);
  for (const errors of [platformErrors, ...modules.map((module) => module.errors ?? {})])
    registerErrors(errors);
  for (const { idPrefixes = {} } of modules) registerIdPrefixes(idPrefixes);
  registerJobKinds(modules.flatMap(longJobsOf));
  registerImportKinds(modules.flatMap((module) => module.imports ?? []));
}

/** The long jobs of a module, those of its imports, bulk actions and list exports included. */
export function longJobsOf(module: ModuleDeclaration): LongJobDefinition[] {
  const { longJobs = [], imports = [] } = module;
  const ofImports = imports.flatMap(({ jobs }) => [jobs.check, jobs.apply] as LongJobDefinition[]);
  return [...longJobs, ...ofImports, ...jobMutationsOf(module).flatMap(({ jobs }) => jobs)];
}

/** The mutations of a module that start a long job each: its bulk actions and list exports. */
export function jobMutationsOf({ bulkActions = [], listExports = [] }: ModuleDeclaration): JobMutation[] {
  return [...bulkActions, ...listExports];
}

/** The resolver classes of a module, those of its bulk actions and list exports included. */
export function resolversOf(module: ModuleDeclaration): ModuleDeclaration['resolvers'] {
  return [...module.resolvers, ...jobMutationsOf(module).map(({ resolver }) => resolver)];
}

/**
 * Sorts modules so that each follows those it depends on; otherwise keeps the given order.
 *
 * @throws StartProblem for a dependency that is not in the list, for two modules of one name, and for a cycle
 */
export function inDependencyOrder<M extends AnyModule>(modules: readonly M[]): M[] {
  const ordered: M[] = [];
  const visiting: string[] = [];
  const visit = (module: M): void => {
    if (ordered.includes(module)) return;
    if (visiting.includes(module.name))
      throw new StartProblem(
        `Modules depend on each other in a circle: ${[...visiting, module.name].join(' → ')}`,
      );
    visiting.push(module.name);
    for (const needed of module.dependsOn) {
      const found = modules.find((candidate) => candidate === needed);
      if (!found)
        throw new StartProblem(
          `Module ${module.name} depends on ${needed.name}, which is not in the list of modules`,
        );
      visit(found);
    }
    visiting.pop();
    if (ordered.some(({ name }) => name === module.name))
      throw new StartProblem(`Two modules are named ${module.name}`);
    ordered.push(module);
  };
  for (const module of modules) visit(module);
  return ordered;
}
