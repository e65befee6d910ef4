import type { FilterChoice } from '../ui/lists/list';

/** Categories as choices, each with those above it. They come each before those below it. */
export function namedPaths(
  categories: readonly { id: string; name: string; parent?: { id: string } | null }[],
): FilterChoice[] {
  const names = new Map<string, string>();
  for (const { id, name, parent } of categories)
    names.set(id, parent ? `${names.get(parent.id) ?? ''} › ${name}` : name);
  return [...names].map(([value, label]) => ({ value, label }));
}
