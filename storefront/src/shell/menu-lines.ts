import type { MenuLineFragment, ShellFrameQuery } from '../generated/shell/graphql';

export type MenuItems = NonNullable<ShellFrameQuery['header']>['items'];

/** What is below an entry, one after another: the second level, each followed by the third below it. */
export function linesBelow({ children }: MenuItems[number]): { line: MenuLineFragment; isDeep: boolean }[] {
  return children.flatMap(({ children: deeper, ...line }) => [
    { line, isDeep: false },
    ...deeper.map((each) => ({ line: each, isDeep: true })),
  ]);
}
