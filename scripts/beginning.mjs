// Which shop a database with nothing in it becomes: the demonstration, or an empty one of one's own.
import { createInterface } from 'node:readline/promises';

const PATIENCE_MS = 20_000;
const QUESTION = `
  This database is empty. Begin with
    1  the demo shop, with goods and accounts to try things out
    2  a shop of my own, with nothing in it
  1 or 2? (1 in ${PATIENCE_MS / 1000} s) `;

/**
 * What the words of the command say; null when they say nothing.
 *
 * @throws Error for both at once
 */
export function wantedBeginning(words) {
  const [demo, empty] = [words.includes('--demo'), words.includes('--empty')];
  if (demo && empty) throw new Error('Choose one of --demo and --empty.');
  if (empty) return 'empty';
  return demo ? 'demo' : null;
}

/**
 * `demo` or `empty`. A database that holds a shop goes on as what it is, and the words must not say something else.
 *
 * @param {{ wanted: 'demo' | 'empty' | null, kind: 'NEW' | 'OWN' | 'FILLED', isProduction: boolean, ask: () => Promise<'demo' | 'empty'> }} found
 * @throws Error when the words ask for another shop than the one that is there
 */
export async function beginningOf({ wanted, kind, isProduction, ask }) {
  if (kind === 'NEW') return wanted ?? (isProduction ? 'empty' : ask());
  const known = kind === 'OWN' ? 'empty' : 'demo';
  if (wanted !== null && wanted !== known)
    throw new Error(
      `There is ${known === 'demo' ? 'a shop with goods or accounts' : 'an own shop'} in this database already. ` +
        'Start without --demo and --empty, or begin another one in a folder of its own: DATA_DIR=.data-two.',
    );
  return known;
}

/** Asks who sits at the terminal; without an answer, or without a terminal, it is the demo shop. */
export async function askBeginning({ input = process.stdin, output = process.stdout } = {}) {
  if (!input.isTTY || !output.isTTY) return 'demo';
  const lines = createInterface({ input, output });
  // Otherwise the first Ctrl-C would only stop the reading.
  lines.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  const answer = await lines
    .question(QUESTION, { signal: AbortSignal.timeout(PATIENCE_MS) })
    .catch(() => '1')
    .finally(() => lines.close());
  output.write('\n');
  return answer.trim().startsWith('2') ? 'empty' : 'demo';
}
