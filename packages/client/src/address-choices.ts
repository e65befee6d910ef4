/** The regions of a country's address format, as the API gives them; the towns that a region is limited to. */
interface Region {
  code: string;
  name: string;
  towns: readonly { code: string; name: string }[];
}

/** An entry of a select field. */
export interface Choice {
  value: string;
  label: string;
}

export const toChoices = (list: readonly { code: string; name: string }[]): Choice[] =>
  list.map(({ code, name }) => ({ value: code, label: name }));

/**
 * What an address form lets its user choose: the regions of the country, and the towns of the chosen region. Either is
 * empty where it is typed instead, or while the format is not loaded.
 *
 * @param region the code of the chosen region, or ''
 */
export function addressChoices(
  format: { readonly regions: readonly Region[] } | null,
  region: string,
): { regions: Choice[]; towns: Choice[] } {
  const regions = format?.regions ?? [];
  return {
    regions: toChoices(regions),
    towns: toChoices(regions.find(({ code }) => code === region)?.towns ?? []),
  };
}
