/**
 * VAT in percent, as far as the shop starts with it: standard, and reduced where a country has it (of several the highest, so
 * that no shop collects less than it owes). Romania: Legea 141/2025; Estonia: 24 % since July 2025; Lithuania: 12 % since January 2026
 * (law XV-287); the others: https://europa.eu/youreurope/business/taxation/vat.
 */
export const FIRST_VAT: Readonly<Record<string, readonly [standard: number, reduced: number]>> = {
  RO: [21, 11],
  AT: [20, 13],
  BE: [21, 12],
  BG: [20, 9],
  CY: [19, 9],
  CZ: [21, 12],
  DE: [19, 7],
  DK: [25, 25],
  EE: [24, 13],
  ES: [21, 10],
  FI: [25.5, 13.5],
  FR: [20, 10],
  GR: [24, 13],
  HR: [25, 13],
  HU: [27, 18],
  IE: [23, 13.5],
  IT: [22, 10],
  LT: [21, 12],
  LU: [17, 14],
  LV: [21, 12],
  MT: [18, 12],
  NL: [21, 9],
  PL: [23, 8],
  PT: [23, 13],
  SE: [25, 12],
  SI: [22, 9.5],
  SK: [23, 19],
};

/** Whether the shop knows the taxes of the country without being told them. */
export const knowsVatOf = (country: string): boolean => Object.hasOwn(FIRST_VAT, country);
