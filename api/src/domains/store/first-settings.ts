/** What the settings are until staff change them. */
export interface FirstSettings {
  /** By the key of the group. */
  readonly first: Readonly<Record<string, object>>;
  /** The keys of the groups of which the environment says something, and not only its defaults. */
  readonly given: ReadonlySet<string>;
  /** What is missing or wrong of a group, by its key: a shop in which the group has no row yet must not start. */
  readonly mistakes: Readonly<Record<string, readonly string[]>>;
  /** Whether a stored group must not hold in this shop: the environment is asked for it again. */
  readonly isUnfit: (group: string, stored: object) => boolean;
}
