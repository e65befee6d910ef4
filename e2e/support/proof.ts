/** `npm run proof` repeats a journey at every size and in every language; every other run takes the first of them. */
export const isProof = process.env['PROOF'] === 'full';

/** What a journey is repeated with: `always`, and in the proof `more`. */
export const repeatedWith = <T>(always: readonly T[], more: readonly T[]): readonly T[] =>
  isProof ? [...always, ...more] : always;
