import { shallowReactive, shallowRef } from 'vue';
import type { Router } from 'vue-router';
import { pluginParts } from 'virtual:plugin-parts';
import type { AdminModule, AdminRoute, AdminSlot, AdminSlotName } from './admin-module';

export interface LoadedPlugin {
  readonly name: string;
  readonly module: AdminModule;
}

const loaded = shallowRef<readonly LoadedPlugin[]>([]);

/** The plugins that could not be loaded at all, each with why. */
export const missingPlugins = shallowReactive(new Map<string, unknown>());

export const loadedPlugins = (): readonly LoadedPlugin[] => loaded.value;

/** Fetches the parts of all plugins. One that fails is left out and named; the shop's own pages are never kept waiting for it. */
export async function loadPlugins(parts: typeof pluginParts = pluginParts): Promise<void> {
  missingPlugins.clear();
  const modules = await Promise.all(
    parts.map(async ({ name, load }) => {
      try {
        return [{ name, module: checked(await load()) }];
      } catch (error) {
        reportFault(name, 'its code', error);
        missingPlugins.set(name, error);
        return [];
      }
    }),
  );
  loaded.value = modules.flat();
}

function checked(module: AdminModule | undefined): AdminModule {
  if (!module) throw new Error('Its file exports no adminModule.');
  const names = new Set((module.routes ?? []).map(({ name }) => name));
  const wrong = module.navigation?.find(({ route }) => !names.has(route));
  if (wrong) throw new Error(`Its navigation names the route ${wrong.route}, which it does not have.`);
  return module;
}

/** Whoever looks into the console learns which plugin it was. */
export function reportFault(plugin: string, place: string, error: unknown): void {
  console.error(`The plugin ${plugin} failed in ${place}:`, error);
}

export interface LoadedSlot extends AdminSlot {
  readonly plugin: string;
}

export const slotsOf = (name: AdminSlotName): LoadedSlot[] =>
  loaded.value.flatMap(({ name: plugin, module }) =>
    (module.slots ?? []).filter((slot) => slot.name === name).map((slot) => ({ ...slot, plugin })),
  );

/** The name of a route of a plugin among all routes of the admin. */
export const routeName = (plugin: string, route: string): string => `${plugin}.${route}`;

/** Adds the pages of the plugins to the frame of the admin, as `/plugins/<plugin>/<path>`. */
export function addPluginRoutes(router: Router, frame: string): void {
  for (const { name: plugin, module } of loaded.value)
    for (const route of module.routes ?? []) addRoute(router, frame, { plugin, route });
}

function addRoute(
  router: Router,
  frame: string,
  { plugin, route }: { readonly plugin: string; readonly route: AdminRoute },
): void {
  router.addRoute(frame, {
    path: `plugins/${plugin}/${route.path}`.replace(/\/$/, ''),
    name: routeName(plugin, route.name),
    component: () => import('./PluginPage.vue'),
    props: ({ params }) => ({ plugin, route, params }),
    meta: { permission: route.permission },
  });
}
