import { unpredictableCharacters } from '../../../kernel/guessable.js';

/** Real tokens have more than thirty. */
const FEWEST_UNPREDICTABLE = 6;

/** Why no customer of a public shop would get a mail by Postmark, from the variables of the environment. */
export function postmarkMistakes(env: Partial<Record<string, string>>): string[] {
  const token = env['POSTMARK_SERVER_TOKEN'] ?? '';
  const wrong: string[] = [];
  if (/^postmark_api_test$/i.test(token.trim()))
    wrong.push(
      'POSTMARK_SERVER_TOKEN is wrong: with POSTMARK_API_TEST Postmark delivers nothing; write the token of a server',
    );
  else if (token && unpredictableCharacters(token) < FEWEST_UNPREDICTABLE)
    wrong.push(
      "POSTMARK_SERVER_TOKEN is wrong: it is a placeholder; copy the server token from Postmark's dashboard",
    );
  if (env['POSTMARK_API_BASE'])
    wrong.push('POSTMARK_API_BASE is wrong: it is for tests, mails would not reach Postmark; leave it out');
  return wrong;
}
