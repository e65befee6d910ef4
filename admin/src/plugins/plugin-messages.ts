import type { Language } from '@vitrine/client/languages';
import { inject, type InjectionKey } from 'vue';
import { useI18n } from 'vue-i18n';
import { loadedPlugins, reportFault } from './loaded-plugins';
import type { BulkAction } from '../ui/lists/selection/bulk-action';
import type { PluginMessages } from './admin-module';

/** Where the messages of plugins stand among all messages. */
const GROUP = 'ofPlugins';

export const pluginKey: InjectionKey<string> = Symbol('the plugin that is being shown');

/**
 * The messages of all plugins in a language; where one has no such language, in its first. A file that cannot be fetched is
 * left out, and its keys are shown.
 */
export async function messagesOfPlugins(
  language: Language,
): Promise<Record<string, Record<string, PluginMessages>>> {
  const found = await Promise.all(
    loadedPlugins().map(async ({ name, module }) => {
      const files = Object.entries(module.messages);
      const [, load] = files.find(([path]) => path.endsWith(`/${language}.json`)) ?? files[0] ?? [];
      try {
        return [name, ((await load?.()) ?? {}) as PluginMessages] as const;
      } catch (error) {
        reportFault(name, `its messages in ${language}`, error);
        return [name, {}] as const;
      }
    }),
  );
  return { [GROUP]: Object.fromEntries(found) };
}

/** The key of a message of a plugin among all messages. */
export const messageKey = (plugin: string, key: string): string => `${GROUP}.${plugin}.${key}`;

/** The key of the first plugin that has this message; null when none has. */
export function keyOfAnyPlugin(key: string, has: (key: string) => boolean): string | null {
  return (
    loadedPlugins()
      .map(({ name }) => messageKey(name, key))
      .find(has) ?? null
  );
}

/** What plugins do to many rows of a list of the shop, with the keys of their messages among all messages. */
export function bulkOfPlugins(list: string): BulkAction[] {
  return loadedPlugins().flatMap(({ name, module }) =>
    (module.bulk ?? [])
      .filter((bulk) => bulk.list === list)
      .map(({ action }) => ({
        ...action,
        key: `${name}.${action.key}`,
        label: messageKey(name, action.label),
        hint: messageKey(name, action.hint),
      })),
  );
}

type Named = Record<string, unknown>;

/** The messages of a plugin in the language of the admin, for its own components. */
export function useMessages() {
  const plugin = inject(pluginKey);
  if (!plugin) throw new Error('useMessages is for components of a plugin.');
  const { t, te, n, locale } = useI18n();
  return {
    /** The message of a key; a number chooses among its plural forms. */
    t: (key: string, named: Named = {}, count?: number): string =>
      count === undefined ? t(messageKey(plugin, key), named) : t(messageKey(plugin, key), named, count),
    /** Whether the key has a message. */
    te: (key: string): boolean => te(messageKey(plugin, key)),
    /** A number as the language writes it. */
    n: (value: number): string => n(value),
    /** The code of the language, such as fr. */
    locale,
  };
}
