// Tells whom a change of the schema breaks: clients written for the contract in released/, as it was last given out. Those
// files are committed, as a clone of a single commit knows no other. Part of `npm run check`, in the folder it runs in;
// `npm run schema:allow -- "why"` and `npm run schema:release` write the files of released/.
import { readFile, writeFile } from 'node:fs/promises';
import { CriticalityLevel, diff } from '@graphql-inspector/core';
import { buildSchema } from 'graphql';

/** What staff reaches is the whole; what strangers and customers reach shrinks too when a field asks for a role. */
const CONTRACTS = [
  { file: 'schema.graphql', whose: '' },
  { file: 'schema.public.graphql', whose: 'For strangers and customers: ' },
];
const ALLOWED = 'released/allowed-breaks.json';

/** A sentence for each change after which a valid document, or the code that reads its answer, fails. */
async function findBreaks() {
  const found = [];
  for (const { file, whose } of CONTRACTS) {
    const [released, current] = await Promise.all(
      [`released/${file}`, file].map(async (path) => buildSchema(await readFile(path, 'utf8'))),
    );
    for (const { message, criticality } of await diff(released, current))
      if (criticality.level === CriticalityLevel.Breaking && !found.includes(message))
        found.push(`${whose}${message}`);
  }
  return found;
}

const readAllowed = async () => JSON.parse(await readFile(ALLOWED, 'utf8'));
const writeAllowed = (allowed) => writeFile(ALLOWED, `${JSON.stringify(allowed, null, 2)}\n`);
const list = (messages) => messages.map((message) => `  - ${message}`).join('\n');

/** @throws Error that says what nobody allowed, and what is allowed but is no break (any more) */
function check(refused, stale) {
  const complaints = [];
  if (refused.length > 0)
    complaints.push(
      `Clients of the released schema (released/) fail with this one:\n${list(refused)}\n` +
        'Keep the old beside the new, with a `deprecationReason`. Until the first release a break may also be\n' +
        'allowed, with its reason: npm run schema:allow -- "why it is worth it"',
    );
  if (stale.length > 0)
    complaints.push(
      `${ALLOWED} allows what is no break:\n${list(stale)}\nnpm run schema:allow takes it out.`,
    );
  if (complaints.length > 0) throw new Error(complaints.join('\n\n'));
}

/** Allows what is refused for this reason, and drops what is stale. */
async function allow(reason, { allowed, refused, stale }) {
  if (refused.length > 0 && reason.length < 10)
    throw new Error(
      `Say in a sentence why these are worth it: npm run schema:allow -- "…"\n${list(refused)}`,
    );
  const reasons = new Set([...allowed.map((entry) => entry.reason), ...(refused.length > 0 ? [reason] : [])]);
  const entries = [...reasons].map((each) => {
    const before = allowed.find((entry) => entry.reason === each)?.breaks ?? [];
    const breaks = before.filter((message) => !stale.includes(message));
    return { reason: each, breaks: each === reason ? [...breaks, ...refused] : breaks };
  });
  await writeAllowed(entries.filter(({ breaks }) => breaks.length > 0));
}

/** The schema as it is now is the one that clients are written for. */
async function release() {
  for (const { file } of CONTRACTS) await writeFile(`released/${file}`, await readFile(file));
  await writeAllowed([]);
}

async function main([command, reason = '']) {
  if (command === 'release') return release();
  const [breaks, allowed] = await Promise.all([findBreaks(), readAllowed()]);
  const known = allowed.flatMap((entry) => entry.breaks);
  const refused = breaks.filter((message) => !known.includes(message));
  const stale = known.filter((message) => !breaks.includes(message));
  return command === 'allow' ? allow(reason.trim(), { allowed, refused, stale }) : check(refused, stale);
}

await main(process.argv.slice(2)).catch((error) => {
  console.error(error.message);
  process.exitCode = 1;
});
