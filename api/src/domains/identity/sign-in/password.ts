import { hash, verify } from '@node-rs/argon2';
import { randomToken } from '../../../kernel/tokens.js';
import { Role } from '../../../platform/graphql/roles.js';
import { StaffPasswordError, WeakPasswordError } from '../identity.errors.js';

// NIST SP 800-63B (revision 3) requires at least 8 characters and advises against composition rules. A longer minimum
// would refuse the demo passwords of our own README (Admin@123). Revision 4 requires 15 without a second factor, which
// customers would not accept. Staff accounts can do more harm, so their minimum is longer when they choose a password;
// demo accounts are created with theirs and refused in production.
const MIN_LENGTH = 8;
const MIN_LENGTH_STAFF = 12;
/** Enough for any passphrase, and a limit on the cost of hashing. */
export const MAX_PASSWORD_LENGTH = 200;

// The most common passwords of published lists that the minimum length would allow, and local ones.
const COMMONEST = new Set(
  `password password1 password12 password123 passw0rd p@ssw0rd p@ssword 12345678 123456789 1234567890
   87654321 987654321 0123456789 12341234 11223344 123123123 147258369 1q2w3e4r 1q2w3e4r5t 1qaz2wsx
   zaq12wsx qwertyui qwertyuiop qwerty123 qwerty12 qwerty1234 asdfghjk asdfghjkl zxcvbnm1 iloveyou
   iloveyou1 sunshine princess football baseball superman welcome1 letmein1 trustno1 starwars whatever
   computer internet michelle jennifer abcd1234 abc12345 a1b2c3d4 aa123456 admin123 administrator changeme
   parola12 parola123 parolamea romania1 romania123 steaua86 dinamo1948 teiubesc alexandru alexandra
   motdepasse`.split(/\s+/),
);

// Words that people extend with a year or a number, which attackers try first.
const USUAL_BASES = new Set(
  `password passw0rd p@ssw0rd p@ssword parola motdepasse qwerty azerty welcome letmein bonjour summer winter spring autumn
   printemps ete automne hiver vara iarna primavara toamna january february march april june july august september
   october november december ianuarie februarie martie aprilie iunie iulie septembrie octombrie noiembrie decembrie
   monday sunday iloveyou teiubesc football fotbal steaua dinamo romania bucuresti brasov cluj timisoara iasi constanta craiova paris london vitrine secret
   changeme`.split(/\s+/),
);
// Digits in the order of the keys, and the rows of letters from two keyboards; backwards as well.
const RUNS = [
  '1234567890'.repeat(3),
  '0123456789'.repeat(3),
  'qwertyuiop',
  'asdfghjkl',
  'zxcvbnm',
  'azertyuiop',
  'qsdfghjklm',
].flatMap((run) => [run, [...run].reverse().join('')]);
const isRun = (text: string): boolean => text.length >= 4 && RUNS.some((run) => run.includes(text));
const WITH_ENDING = /^[^\p{L}]*(.*?)[^\p{L}]*$/u;

/**
 * Refuses passwords that are easy to guess.
 *
 * @throws StaffPasswordError too short for a member of staff, though not for a customer
 * @throws WeakPasswordError too short or long, the e-mail itself, one repeated character, keys beside each other, or a
 * common word, alone or with digits and signs around it
 */
export function assertStrongPassword(
  password: string,
  { email, role }: { readonly email: string; readonly role: Role },
  field = 'password',
): void {
  const length = [...password].length;
  if (length < MIN_LENGTH) {
    throw new WeakPasswordError(`A password has at least ${MIN_LENGTH} characters.`, field);
  }
  if (length > MAX_PASSWORD_LENGTH) {
    throw new WeakPasswordError(`A password has at most ${MAX_PASSWORD_LENGTH} characters.`, field);
  }
  const plain = password.trim().toLowerCase();
  const address = email.toLowerCase();
  if (plain === address || plain === address.split('@')[0]) {
    throw new WeakPasswordError('The e-mail address is no password.', field);
  }
  const [, base = ''] = WITH_ENDING.exec(plain.normalize('NFD').replace(/\p{M}/gu, '')) ?? [];
  if (
    COMMONEST.has(plain) ||
    USUAL_BASES.has(base) ||
    isRun(plain) ||
    isRun(base) ||
    /^(.)\1*$/u.test(plain)
  ) {
    throw new WeakPasswordError('This password is among the first that are tried.', field);
  }
  if (role !== Role.CUSTOMER && length < MIN_LENGTH_STAFF)
    throw new StaffPasswordError(MIN_LENGTH_STAFF, field);
}

/**
 * Argon2id with the library's defaults, which are the first choice of OWASP's Password Storage Cheat Sheet: 19 MiB, 2
 * passes, 1 lane. The hash contains the parameters, so they may be raised later.
 */
export function hashPassword(password: string): Promise<string> {
  return hash(normalised(password));
}

let dummyHash: Promise<string> | null = null;

/**
 * Whether the password matches the hash; false for a null hash, after the same work as for a real one, so that response
 * times do not reveal whether an account exists.
 */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  dummyHash ??= hashPassword(randomToken());
  const matches = await verify(passwordHash ?? (await dummyHash), normalised(password));
  return matches && passwordHash !== null;
}

// The same password from two keyboards may have different code points (NIST SP 800-63B, 5.1.1.2).
function normalised(password: string): string {
  return password.normalize('NFKC');
}
