import { defineAsyncComponent, type Component, type InjectionKey } from 'vue';
import { pluginParts } from 'virtual:plugin-parts';
import { createI18n, type Messages, type Words } from '../app/messages/i18n';
import type { Language } from '../app/messages/language';
import type { StorefrontModule, StorefrontSlotName } from './storefront-module';

/** A component of a plugin in a slot, with the messages of the plugin. */
export interface LoadedSlot {
  readonly plugin: string;
  readonly name: StorefrontSlotName;
  readonly component: Component;
  readonly words: Words;
}

export const loadedSlotsKey: InjectionKey<readonly LoadedSlot[]> = Symbol('the slots of plugins');

/**
 * What the plugins of the shop show, in a language. The code of a component and the messages of its plugin are fetched when
 * it is first drawn. A plugin that cannot be loaded is left out and named in the log.
 */
export async function loadPlugins(
  language: Language,
  parts: readonly Pick<(typeof pluginParts)[number], 'name' | 'load'>[] = pluginParts,
): Promise<LoadedSlot[]> {
  const found = await Promise.all(
    parts.map(async ({ name, load }) => {
      try {
        return slotsOf(name, await load(), language);
      } catch (error) {
        reportFault(name, 'its code', error);
        return [];
      }
    }),
  );
  return found.flat();
}

function slotsOf(plugin: string, module: StorefrontModule | undefined, language: Language): LoadedSlot[] {
  if (!module) throw new Error('Its file exports no storefrontModule.');
  const known: Messages[] = [];
  const words = createI18n(language, known);
  let learning: Promise<void> | undefined;
  const learn = (): Promise<void> =>
    (learning ??= messagesOf(plugin, module, language).then((messages) => void known.push(messages)));
  return module.slots.map(({ name, component }) => ({
    plugin,
    name,
    words,
    component: defineAsyncComponent({
      suspensible: false,
      loader: async () => {
        const [part] = await Promise.all([component(), learn()]);
        return part.default;
      },
    }),
  }));
}

/** In a language that the plugin does not have, those of its first. Keys are shown where they cannot be fetched. */
async function messagesOf(
  plugin: string,
  { messages }: StorefrontModule,
  language: Language,
): Promise<Messages> {
  const files = Object.entries(messages);
  const [, load] = files.find(([path]) => path.endsWith(`/${language}.json`)) ?? files[0] ?? [];
  try {
    return ((await load?.()) ?? {}) as Messages;
  } catch (error) {
    reportFault(plugin, `its messages in ${language}`, error);
    return {};
  }
}

/** Whoever reads the log of the server, or the console of the browser, learns which plugin it was. */
export function reportFault(plugin: string, place: string, error: unknown): void {
  console.error(`The plugin ${plugin} failed in ${place}:`, error);
}
