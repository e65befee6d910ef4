import type { Ref } from 'vue';

const nothing = (): void => undefined;

/** While something lies over the page, its keys are not the list's. */
const isCovered = (): boolean =>
  document.querySelector('[role=dialog], [role=menu], [role=listbox]') !== null;

/**
 * The keys of a list: J and K go to the next and the previous row, from wherever the focus is. Rows are elements with `data-row`, in
 * the order in which they are drawn, each with its id there. X chooses the row with the focus, with Shift a range.
 */
export function useRowKeys(
  root: Ref<HTMLElement | null>,
  choose: (id: string, range: boolean) => void,
): void {
  function step(by: 1 | -1): void {
    if (isCovered()) return;
    const rows = [...(root.value?.querySelectorAll<HTMLElement>('[data-row]') ?? [])];
    const at = rows.findIndex((row) => row.contains(document.activeElement));
    const next = at < 0 ? rows.at(by > 0 ? 0 : -1) : rows[at + by];
    next?.focus({ preventScroll: true });
    next?.scrollIntoView({ block: 'nearest' });
  }

  function chooseHere(range: boolean): void {
    const row = document.activeElement?.closest<HTMLElement>('[data-row]');
    if (row && !isCovered() && root.value?.contains(row)) choose(row.dataset['row'] ?? '', range);
  }

  defineShortcuts({
    x: () => chooseHere(false),
    shift_x: () => chooseHere(true),
    j: () => step(1),
    k: () => step(-1),
    // The second letter of a jump to another page is no step.
    'g-j': nothing,
    'g-k': nothing,
    'g-x': nothing,
  });
}
