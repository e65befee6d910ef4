import { folded } from './regions.js';
const SECTOR = /\bs(?:ect(?:or(?:ul|el)?)?)?\.?\s*([1-6])\b/;

export const BUCHAREST = 'RO-B';

export const SECTORS = ['SECTOR1', 'SECTOR2', 'SECTOR3', 'SECTOR4', 'SECTOR5', 'SECTOR6'] as const;

/**
 * Bucharest's sector, which an invoice needs as its town (CIUS-RO): as given, else by the postal code; null if neither
 * names one.
 */
export function readSector(city: string, postalCode: string): string | null {
  const typed = SECTOR.exec(folded(city))?.[1];
  const byCode = /^0([1-6])/.exec(postalCode)?.[1];
  const number = typed ?? byCode;
  return number ? `SECTOR${number}` : null;
}

/** The town in readable form: SECTOR3 of Bucharest is "Sector 3". */
export function cityName(city: string): string {
  return city.replace(/^SECTOR([1-6])$/, 'Sector $1');
}
