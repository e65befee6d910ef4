import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
/** Written by the build before, from vitrine.config.ts; see `readPlugins` in scripts/build.mjs. */
const FOLDER = resolve(ROOT, process.env.PLUGINS_DIR ?? '.cache/plugins');
const VIRTUAL = 'virtual:plugin-parts';

type Client = 'admin' | 'storefront';

export interface PluginPart {
  readonly name: string;
  /** The file that exports its module, and the folder that it stands in. */
  readonly entry: string;
  readonly folder: string;
}

/** The parts that the plugins of the shop bring to this client; none without plugins. */
export function pluginParts(client: Client): PluginPart[] {
  const file = join(FOLDER, 'plugins.json');
  if (!existsSync(file)) return [];
  const plugins = JSON.parse(readFileSync(file, 'utf8')) as ({ name: string } & Record<
    Client,
    string | null
  >)[];
  return plugins.flatMap(({ name, [client]: entry }) =>
    entry ? [{ name, entry, folder: dirname(entry) }] : [],
  );
}

/** The schema of the shop with its plugins. */
export function schemaFile(): string {
  const withPlugins = join(FOLDER, 'schema.graphql');
  return existsSync(withPlugins) ? withPlugins : join(ROOT, 'schema.graphql');
}

/** What a client's build and its tests need to know of `parts`, as a plugin of Vite: `virtual:plugin-parts`. */
export function providePluginParts(client: Client, parts: readonly PluginPart[]) {
  return {
    name: 'plugin-parts',
    resolveId: (id: string) => (id === VIRTUAL ? `\0${VIRTUAL}` : undefined),
    load(id: string) {
      if (id !== `\0${VIRTUAL}`) return undefined;
      return `export const pluginParts = [${parts.map((part) => described(client, part)).join(',')}];`;
    },
    config: () => ({
      define: { __HAS_PLUGINS__: JSON.stringify(parts.length > 0) },
      // A plugin that stands outside the client would find no copy of these, or another one.
      resolve: { dedupe: ['vue', 'vue-router', 'vue-i18n', '@urql/vue', '@urql/core', 'graphql', 'zod'] },
    }),
  };
}

/** One part as code: its name, its module when it is asked for, and the texts of its operations by their hashes. */
function described(client: Client, { name, entry, folder }: PluginPart): string {
  const texts = join(folder, 'generated/persisted-documents.json');
  return `{
    name: ${JSON.stringify(name)},
    source: ${JSON.stringify(relative(join(ROOT, client), entry))},
    load: () => import(${JSON.stringify(entry)}).then((part) => part.${client}Module),
    texts: ${existsSync(texts) ? `() => import(${JSON.stringify(texts)}).then((file) => file.default)` : 'undefined'},
  }`;
}

/** The icons `i-lucide-...` that the files of these folders name. */
export function iconsOf(parts: readonly PluginPart[]): string[] {
  const names = parts.flatMap(({ folder }) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(vue|ts)$/.test(file))
      .flatMap((file) => readFileSync(join(folder, file), 'utf8').match(/\bi-lucide-[a-z0-9-]+/g) ?? []),
  );
  return [...new Set(names)];
}

/** A style sheet in which the classes of these folders are looked for too. */
export function styleSources(parts: readonly PluginPart[], sheet: RegExp) {
  return {
    name: 'plugin-style-sources',
    enforce: 'pre' as const,
    transform(code: string, id: string) {
      if (parts.length === 0 || !sheet.test(id)) return undefined;
      return `${code}\n${parts.map(({ folder }) => `@source ${JSON.stringify(folder)};`).join('\n')}\n`;
    },
  };
}
