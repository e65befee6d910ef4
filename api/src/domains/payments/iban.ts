/** An IBAN without what stands between its groups, as copied from a document too. */
export function plainIban(text: string): string {
  return text
    .replaceAll(/[\s\p{Cf}\p{Pd}./:]/gu, '')
    .toUpperCase()
    .replace(/^IBAN/, '');
}

export function isIban(plain: string): boolean {
  return /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(plain);
}

/** ISO 13616: with the first four characters moved to the end and letters as 10 to 35, the remainder by 97 is 1. */
export function hasRightCheckDigits(iban: string): boolean {
  const digits = [...iban.slice(4), ...iban.slice(0, 4)].map((sign) => parseInt(sign, 36)).join('');
  return [...digits].reduce((rest, digit) => (rest * 10 + Number(digit)) % 97, 0) === 1;
}
