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
