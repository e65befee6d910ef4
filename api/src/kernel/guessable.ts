/** Rows of keyboards and other sequences that people type instead of a random secret. */
const ROWS = [
  'abcdefghijklmnopqrstuvwxyz',
  '01234567890',
  '0123456789abcdef',
  'qwertyuiop',
  'qwertzuiop',
  'asdfghjkl',
  'zxcvbnm',
  'yxcvbnm',
  'azertyuiop',
  'qsdfghjklm',
  'wxcvbn',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p',
  'qazwsxedcrfvtgbyhnujmikolp',
  '1q2w3e4r5t6y7u8i9o0p',
  '!@#$%^&*()',
  // What every textbook prints.
  '31415926535897932384626433832795028841971693993751',
  'thequickbrownfoxjumpsoverthelazydog',
  'loremipsumdolorsitametconsecteturadipiscingelit',
  'mondaytuesdaywednesdaythursdayfridaysaturdaysunday',
  'januaryfebruarymarchaprilmayjunejulyaugustseptemberoctobernovemberdecember',
  'onetwothreefourfivesixseveneightnineteneleventwelve',
  'wjalrxutnfemik7mdengbpxrficyexamplekey',
].flatMap((row) => [row, [...row].reverse().join('')]);

/** Words of placeholders and examples. */
const WORDS = (
  'access admin and at auth authentication authorization bar base64 baz bit bits change changed changeit changeme char characters chars choose classified ' +
  'cookie default demo dev development dolor dummy edit enter example fixme foo for generate generated here hex hunter2 ' +
  'in insecure insert ipsum jwt keep key least letmein local localhost long lorem me more must my mysecret not only openssl or ' +
  'parola passphrase passwort password placeholder please postgres private prod production putyour rand random ' +
  'replace replaceme sample secret secretkey secrets secure server session set should sign signing sit some somesecret ' +
  'storefront string super supersecret temp temporary test testing the this token todo unsafe use user value very vitrine ' +
  'welcome with write xxx you your'
).split(' ');

const FIRST_PRIVATE = 0xf0_000;
const HALF_A_PLANE = 0x80_00;

/** What stands between words. */
const SEPARATORS = /[-_ ./:|,;]/g;
const SHORTEST_REPEAT = 3;
/** Nobody writes so much by hand; more of a long key need not be read. */
const MOST_CHARACTERS = 128;

/**
 * How many characters of a secret somebody would have to guess. Whatever follows from the rest counts as one: a
 * repetition, a run of a keyboard row or of the alphabet, a word of a placeholder. Of 32 random characters, also
 * hexadecimal ones, nearly all are left; of `0123456789012345678901234567890` two.
 */
export function unpredictableCharacters(secret: string): number {
  const text = secret.toLowerCase().replaceAll(SEPARATORS, '').slice(0, MOST_CHARACTERS);
  const readings = [text, withLettersForDigits(text), steps(text, 1), steps(text, 2)];
  return Math.min(...readings.map(partsOf));
}

/** `p4ssw0rd` as `password`. */
function withLettersForDigits(text: string): string {
  const letters: Readonly<Record<string, string>> = {
    0: 'o',
    1: 'i',
    3: 'e',
    4: 'a',
    5: 's',
    7: 't',
    '@': 'a',
    $: 's',
  };
  return [...text].map((sign) => letters[sign] ?? sign).join('');
}

/**
 * From each character to the one that follows at this distance, so that what counts up becomes a repetition: `aabbcc` and
 * `acegik` from each to the next, `a1b2c3` and `0f1e2d` from each to the one after that.
 */
function steps(text: string, distance: number): string {
  const codes = [...text].map((sign) => sign.codePointAt(0) ?? 0);
  // Private characters, so that a step is never taken for a letter of a word.
  return codes
    .map((code, index) => code - (codes[index - distance] ?? code))
    .map((step) => String.fromCodePoint(FIRST_PRIVATE + ((step + HALF_A_PLANE) & 0xff_ff)))
    .join('');
}

function partsOf(text: string): number {
  const signs = [...text];
  let parts = 0;
  for (let at = 0; at < signs.length; parts++) at += Math.max(1, followingPart(signs, at));
  return parts;
}

/** The length of what needs no guessing from here on; 0 if nothing. */
function followingPart(signs: readonly string[], at: number): number {
  const rest = signs.slice(at).join('');
  const word = WORDS.reduce(
    (longest, next) => (rest.startsWith(next) ? Math.max(longest, next.length) : longest),
    0,
  );
  const before = (length: number): boolean => {
    const wanted = signs.slice(at, at + length).join('');
    // What began earlier may reach into the part itself: `aaaa` is `a` and its repetition.
    return (
      ROWS.some((row) => row.includes(wanted)) ||
      signs
        .slice(0, at + length - 1)
        .join('')
        .includes(wanted)
    );
  };
  let length = SHORTEST_REPEAT;
  if (at + length > signs.length || !before(length)) return word;
  while (at + length < signs.length && before(length + 1)) length++;
  return Math.max(word, length);
}
