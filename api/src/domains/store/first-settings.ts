import { StartProblem } from '../../kernel/start-problem.js';
import type { SettingsGroup } from '../../platform/settings-group.js';

/** What the settings are until staff change them. */
export interface FirstSettings {
  /** By the key of the group. */
  readonly first: Readonly<Record<string, object>>;
  /** The keys of the groups of which the environment says something, and not only its defaults. */
  readonly given: ReadonlySet<string>;
  /** What is missing or wrong of a group, by its key: a shop in which the group has no row yet must not start. */
  readonly mistakes: Readonly<Record<string, readonly string[]>>;
  /**
   * The fields of a group that must not have these values in this shop. Staff cannot store them; of a group that was
   * stored elsewhere the environment is asked again.
   */
  readonly unfitFields: (group: string, values: object) => readonly string[];
}

/** A field that is missing here would make every stored row of the group unreadable. */
export function readable({ key, schema }: SettingsGroup, first: object | undefined): object {
  const { data, error } = schema.safeParse(first);
  if (!error) return data;
  const wrong = error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new StartProblem(`The first values of the settings “${key}” cannot be used. ${wrong.join(' ')}`);
}

/** Worded as the mistakes of the environment that are found before the database is asked. */
export function assertNothingWrong(mistakes: readonly string[]): void {
  if (mistakes.length === 0) return;
  throw new StartProblem(
    `The first start of the shop needs more settings (.env.example explains each):\n${mistakes.map((mistake) => `  - ${mistake}`).join('\n')}`,
  );
}
