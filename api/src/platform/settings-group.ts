import type { z } from 'zod';

/**
 * Settings of the shop that staff keep together: one row with one version. A module lists its groups in
 * `settingsGroups`; the store reads, caches and writes them (`SettingsService`).
 */
export interface SettingsGroup<T extends object = object> {
  /** Key of the row: `seller`. It is stored and never changes. */
  readonly key: string;
  /** What may be stored. Its messages say what to write, in English, for developers. */
  readonly schema: z.ZodType<T>;
}

export function defineSettings<T extends object>(key: string, schema: z.ZodType<T>): SettingsGroup<T> {
  return { key, schema };
}
