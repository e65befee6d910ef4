import type { GraphQLSchema } from 'graphql';
import type { AnyModule } from '../../platform/module.js';
import { createSchema } from '../graphql/schema.js';
import { modules as core } from '../modules.js';
import { pluginProblem } from './plugin-problem.js';

/**
 * The schema of the core with these plugins.
 *
 * @throws StartProblem naming the first plugin that does not fit, such as one with a type that there is already
 */
export function schemaWith(plugins: readonly AnyModule[]): GraphQLSchema {
  try {
    return createSchema([...core, ...plugins]);
  } catch (error) {
    const culprit = plugins.find((_plugin, i) => !fits(plugins.slice(0, i + 1)));
    throw culprit ? pluginProblem(`The plugin ${culprit.name} does not fit into the schema`, error) : error;
  }
}

function fits(plugins: readonly AnyModule[]): boolean {
  try {
    createSchema([...core, ...plugins]);
    return true;
  } catch {
    return false;
  }
}
