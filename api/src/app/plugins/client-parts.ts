import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { StartProblem } from '../../kernel/start-problem.js';
import type { AnyModule } from '../../platform/module.js';

/** A plugin with the files at which its parts of the clients begin, as absolute paths; null for none. */
export interface ClientPart {
  readonly name: string;
  readonly admin: string | null;
  readonly storefront: string | null;
}

/**
 * The parts of the clients that these plugins bring. `built` is the folder with the build of vitrine.config.ts,
 * `sources` the one with the file itself: the clients are built from the sources, although the plugin that names them
 * runs from its build.
 *
 * @throws StartProblem naming the plugin whose file is not there
 */
export function clientParts(
  plugins: readonly AnyModule[],
  { built, sources }: { readonly built: string; readonly sources: string },
): ClientPart[] {
  const sourceOf = (plugin: string, url: URL | undefined): string | null => {
    if (!url) return null;
    const file = fileURLToPath(url);
    const inside = relative(join(built, 'dist'), file);
    const source = inside.startsWith('..') ? file : join(sources, inside);
    if (!existsSync(source))
      throw new StartProblem(`The plugin ${plugin} names a part of a client that is not there: ${source}`);
    return source;
  };
  return plugins
    .filter(({ clients }) => clients)
    .map(({ name, clients }) => ({
      name,
      admin: sourceOf(name, clients?.admin),
      storefront: sourceOf(name, clients?.storefront),
    }));
}
