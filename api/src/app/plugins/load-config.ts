import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PROJECT_ROOT } from '../../kernel/project-root.js';
import { StartProblem } from '../../kernel/start-problem.js';
import type { CustomFields } from '../../platform/fields/field-declaration.js';
import { defineModule, type AnyModule } from '../../platform/module.js';
import { modules as core } from '../modules.js';
import { isConfig } from './define-config.js';
import { pluginProblem } from './plugin-problem.js';

const CONFIG = 'vitrine.config.ts';
/** Where `npm run build` writes it, with the plugins that it imports by path. */
const BUILT = join('dist', 'vitrine.config.js');

/**
 * The plugins of `vitrine.config.ts`; none where there is no such file. The API, the worker and the command line all
 * load them here.
 *
 * @throws StartProblem in one sentence that names the file at fault, or the plugin
 */
export async function configuredPlugins(folder = PROJECT_ROOT): Promise<readonly AnyModule[]> {
  const file = fileToLoad(folder);
  if (!file) return [];
  const config = await load(file, relative(folder, file));
  config.forEach(assertModule);
  return config;
}

/** The built file, or its source where the shop itself runs from its sources; null when there is none. */
function fileToLoad(folder: string): string | null {
  const [source, built] = [join(folder, CONFIG), join(folder, BUILT)];
  if (import.meta.filename.endsWith('.ts') && existsSync(source)) return source;
  if (existsSync(built)) return built;
  if (existsSync(source))
    throw new StartProblem(`${CONFIG} has not been built. Run this first: npm run build`);
  return null;
}

async function load(file: string, name: string): Promise<readonly AnyModule[]> {
  const exported = await importFile(file, name);
  if (!isConfig(exported) || !Array.isArray(exported.plugins))
    throw new StartProblem(
      `${name} must have a default export made by defineConfig({ plugins: [...] }) of @vitrine/api/plugin.`,
    );
  const { plugins, customFields } = exported;
  return customFields ? [...plugins, fieldsOf(customFields)] : plugins;
}

/** What the file itself declares is a module like any other. */
function fieldsOf(customFields: CustomFields): AnyModule {
  return defineModule({
    name: 'vitrine.config.ts',
    description: 'The fields that this shop declares itself.',
    ...{ dependsOn: [], entities: [], tables: {}, resolvers: [], customFields },
    setup: () => ({ services: {}, resolvers: [] }),
  });
}

async function importFile(file: string, name: string): Promise<unknown> {
  try {
    return ((await import(pathToFileURL(file).href)) as { default?: unknown }).default;
  } catch (error) {
    throw pluginProblem(`${name} cannot be loaded`, error);
  }
}

/** @throws StartProblem for what `defineModule` did not make, and for a name of the core */
function assertModule(plugin: Partial<AnyModule> | null | undefined, i: number): void {
  if (typeof plugin?.name !== 'string' || typeof plugin.setup !== 'function')
    throw new StartProblem(
      `Entry ${i + 1} of plugins in ${CONFIG} is no module made by defineModule. Is it a function that must be called?`,
    );
  if (core.some(({ name }) => name === plugin.name))
    throw new StartProblem(`The plugin ${plugin.name} has the name of a module of the shop itself.`);
}
