import type { Component } from 'vue';
import type { LazyComponent } from './admin-module';

let waiting = 0;

/** Whether the code of a plugin is being fetched: `vite:preloadError` does not say whose code is missing. */
export const isFetchingPart = (): boolean => waiting > 0;

/** The component of a plugin. @throws when its code cannot be fetched, or has no component */
export async function fetchPart(load: LazyComponent): Promise<Component> {
  waiting += 1;
  try {
    const component = (await load()).default as Component | undefined;
    if (!component) throw new Error('Its file has no component.');
    return component;
  } finally {
    waiting -= 1;
  }
}
