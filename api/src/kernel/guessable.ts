import { createHash } from 'node:crypto';

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
  // The UUIDs of the textbooks.
  '550e8400e29b41d4a716446655440000',
  '123e4567e89b12d3a456426614174000',
  '123e4567e89b12d3a456426655440000',
  'f81d4fae7dec11d0a76500a0c91e6bf6',
  '6ba7b8109dad11d180b400c04fd430c8',
]
  .flatMap((row) => [row, [...row].reverse().join('')])
  // One text to search, in which no run reaches from one row into the next.
  .join('\n');

/** Words of placeholders and examples. */
const WORDS = (
  'access admin and at auth authentication authorization bar base64 baz bit bits change changed changeit changeme char characters chars choose classified ' +
  'cookie default demo dev development dolor dummy edit enter example fixme foo for generate generated here hex hunter2 ' +
  'in insecure insert ipsum jwt keep key least letmein local localhost long lorem me more must my mysecret not only openssl or ' +
  'parola passphrase passwort password placeholder please postgres private prod production putyour rand random ' +
  'replace replaceme sample secret secretkey secrets secure server session set should sign signing sit some somesecret ' +
  'storefront string super supersecret temp temporary test testing the this token todo unsafe use user value very vitrine ' +
  'welcome with write xxx you your ' +
  // What people write around these words, also in the languages of the shop.
  'any as be by can code could do enough ever every everyone for get has have hidden iloveyou is it its jwtsecret know knows lock ' +
  'master may never new no nobody nobodyknows of old on one our private publish really safe see shop should some store strong ' +
  'that then there they very was we well webshop what will without ' +
  'acest aceasta aici aleator aleatoare alta asta cheia cheie cuvant de doar este foarte fost lung lunga lungi magazin magazinul ' +
  'mea meu mult nimeni noastra nostru nu orice parolamea pentru prea productie schimba secreta secretul sigura sigur si stie un ' +
  'ale autre avec boutique cette changer changez cle clef dans du est la le les ma magasin moi mon mot motdepasse ne notre passe ' +
  'personne plus pour que secrete sait ta tres trop une votre ' +
  '2020 2021 2022 2023 2024 2025 2026 2027 2028 2029 2030'
).split(' ');
const DIGESTS = ['md5', 'sha1', 'sha256', 'sha384', 'sha512'] as const;
/** The digests of no text and of these words have as many characters as a random secret, and stand in every list. */
const DIGESTED = ['', '123456', '12345678', '123456789', 'hello', 'qwerty', 'abc123'];

/** 128 bits as hexadecimal digits have nearly always twenty. */
const FEWEST_UNPREDICTABLE = 15;
const LENGTH_OF_SECRETS = 32;
/** Of a shorter password this part has to be unpredictable. */
const UNPREDICTABLE_PART = 0.4;
/** A random secret of 32 characters has about twenty different ones; a repeated word has fewer than this. */
const FEWEST_DIFFERENT = 10;
/** Of hexadecimal digits there are sixteen: one in ten thousand random secrets of 32 has nine different ones or fewer. */
const FEWEST_DIFFERENT_DIGITS = 7;

const FIRST_PRIVATE = 0xf0_000;
const HALF_A_PLANE = 0x80_00;

/** What stands between words. */
const SEPARATORS = /[-_ ./:|,;]/g;
const SHORTEST_REPEAT = 3;
const SHORTEST_ENCODED = 16;
const LONGEST_WORD = 40;
/** Nobody writes so much by hand; more of a long key need not be read. */
const MOST_CHARACTERS = 128;

/**
 * How many characters of a secret somebody would have to guess. Whatever follows from the rest counts as one: a
 * repetition, a run of a keyboard row or of the alphabet, a word of a placeholder or one that is known otherwise. What
 * is written as Base64 or in hexadecimal digits counts as the text that it stands for, and the digest of such a word as
 * the word. Of 32 random characters, also hexadecimal ones, nearly all are left; of `0123456789012345678901234567890` two.
 *
 * @param known words that anybody knows of the shop, such as its name
 */
export function unpredictableCharacters(secret: string, known: readonly string[] = []): number {
  const own = known.map(plain).filter(({ length }) => length >= SHORTEST_REPEAT);
  const words = new Set([...WORDS, ...own]);
  if (isDigest(secret, own)) return 1;
  const counts = [secret, ...decoded(secret)].map((text) => countOf(plain(text), words));
  return Math.min(...counts);
}

/**
 * Whether somebody would guess a secret of at least 16 characters.
 *
 * @param known words that anybody knows of the shop, such as its name
 */
export function isGuessable(secret: string, known: readonly string[] = []): boolean {
  const { length } = secret;
  const different = /^[\da-f]+$/i.test(secret) ? FEWEST_DIFFERENT_DIGITS : FEWEST_DIFFERENT;
  const fewest = length < LENGTH_OF_SECRETS ? length * UNPREDICTABLE_PART : FEWEST_UNPREDICTABLE;
  return (
    new Set(secret).size < Math.min(different, length / 3) || unpredictableCharacters(secret, known) < fewest
  );
}

function plain(text: string): string {
  return text.toLowerCase().replaceAll(SEPARATORS, '').slice(0, MOST_CHARACTERS);
}

function countOf(text: string, words: ReadonlySet<string>): number {
  const readings = [
    text,
    withLettersForDigits(text),
    ...[1, 2, 3, 4].map((distance) => steps(text, distance)),
  ];
  return Math.min(...readings.map((reading) => partsOf(reading, words)));
}

/** The texts that the secret is another spelling of; of so many random bytes some are no text. */
function decoded(secret: string): string[] {
  if (secret.length < SHORTEST_ENCODED) return [];
  const bytes = [
    ...(/^(?:[\da-f]{2})+$/i.test(secret) ? [Buffer.from(secret, 'hex')] : []),
    ...(/^[\w+/-]+=*$/.test(secret) ? [Buffer.from(secret, 'base64')] : []),
  ];
  return bytes.map((text) => text.toString('utf8')).filter((text) => /^[^\p{C}\uFFFD]+$/u.test(text));
}

let digests: ReadonlySet<string> | undefined;

function isDigest(secret: string, own: readonly string[]): boolean {
  const bytes = Buffer.from(secret, /^[\da-f]+$/i.test(secret) ? 'hex' : 'base64');
  if (![16, 20, 32, 48, 64].includes(bytes.length)) return false;
  digests ??= new Set([...DIGESTED, ...WORDS].flatMap(digestsOf));
  const digest = bytes.toString('hex');
  return digests.has(digest) || own.flatMap(digestsOf).includes(digest);
}

function digestsOf(word: string): string[] {
  return DIGESTS.map((digest) => createHash(digest).update(word).digest('hex'));
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
  const signs = [...text];
  const codes = signs.map((sign) => sign.codePointAt(0) ?? 0);
  return signs
    .map((sign, index) => {
      const before = codes[index - distance];
      if (before === undefined) return sign;
      // Private characters, so that a step is never taken for a letter of a word.
      const step = (codes[index] ?? 0) - before;
      return String.fromCodePoint(FIRST_PRIVATE + ((step + HALF_A_PLANE) & 0xff_ff));
    })
    .join('');
}

function partsOf(text: string, words: ReadonlySet<string>): number {
  const signs = [...text];
  let parts = 0;
  for (let at = 0; at < signs.length; parts++) at += Math.max(1, followingPart(signs, at, words));
  return parts;
}

/** The length of the longest word that begins here; 0 if none. */
function lengthOfWord(signs: readonly string[], at: number, words: ReadonlySet<string>): number {
  for (let length = Math.min(LONGEST_WORD, signs.length - at); length > 1; length--)
    if (words.has(signs.slice(at, at + length).join(''))) return length;
  return 0;
}

/** The length of what needs no guessing from here on; 0 if nothing. */
function followingPart(signs: readonly string[], at: number, words: ReadonlySet<string>): number {
  const word = lengthOfWord(signs, at, words);
  const before = (length: number): boolean => {
    const wanted = signs.slice(at, at + length).join('');
    // What began earlier may reach into the part itself: `aaaa` is `a` and its repetition.
    return (
      ROWS.includes(wanted) ||
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
