import { escaped } from '../../app/escaped';

interface Choice {
  readonly id: string;
  readonly name: string;
  readonly availability: string;
}

/** The variants as a select, for browsers without scripts, where the swatches do not work. */
export function variantSelect(
  variants: readonly Choice[],
  chosenId: string | undefined,
  label: string,
): string {
  const options = variants
    .filter(({ id, availability }) => id === chosenId || availability !== 'SOLD_OUT')
    .map(({ id, name }) => {
      const chosen = id === chosenId ? ' selected' : '';
      return `<option value="${escaped(id)}"${chosen}>${escaped(name)}</option>`;
    });
  return (
    `<label class="text-14 mb-4 block font-[550]">${escaped(label)}` +
    `<select name="variantId" class="rounded-control border-line-strong bg-surface text-16 mt-1.5 block h-12 w-full border px-3 font-normal">${options.join('')}</select></label>`
  );
}
