// How large files and folders are, against the most that is allowed. Lines are counted as a reader sees them, with comments
// and blank ones; only the median leaves them out, so that nobody saves a comment to be below it. Tests, migrations, seeds
// and generated code do not count; a file that only passes exports on counts in its folder, but not among the files.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';

const MOST_LINES = 300;
const MOST_FILES = 25;
/** Lines of code that half of the files of an area have at most, and lines that nine of ten have. */
const AREAS = {
  api: { median: 60, p90: 180 },
  storefront: { median: 60, p90: 180 },
  admin: { median: 60, p90: 180 },
};
const OTHERS = ['packages', 'scripts', 'e2e', 'examples'];
const CODE = /\.(ts|vue|mjs|cjs|js)$/;
const ASIDE = /\.test\.|\.spec\.|\.d\.ts$|\/(test|tests|journeys|generated|migrations|demo|dist)\/|seed/;
/** What supports tests is read as other code is, so it has the same limits. */
const SUPPORT = /^(api\/test\/support|e2e\/support)\//;

const tracked = execFileSync('git', ['ls-files', ...Object.keys(AREAS), ...OTHERS], {
  encoding: 'utf8',
}).split('\n');
const files = tracked
  .filter((file) => CODE.test(file) && (SUPPORT.test(file) || !ASIDE.test(file)))
  .map((file) => {
    const text = readFileSync(file, 'utf8');
    return { file, lines: text.trimEnd().split('\n').length, code: linesOfCode(text) };
  });
const problems = [];

for (const { file, lines } of files)
  if (lines > MOST_LINES) problems.push(`${file} has ${lines} lines; at most ${MOST_LINES}.`);

const folders = new Map();
for (const { file } of files) folders.set(dirname(file), (folders.get(dirname(file)) ?? 0) + 1);
for (const [folder, count] of folders)
  if (count > MOST_FILES) problems.push(`${folder} has ${count} files; at most ${MOST_FILES}.`);

for (const [area, most] of Object.entries(AREAS)) {
  const counted = files.filter(
    ({ file, code }) => file.startsWith(`${area}/`) && code > 0 && !SUPPORT.test(file),
  );
  const lines = counted.map((file) => file.lines).sort((a, b) => a - b);
  const code = counted.map((file) => file.code).sort((a, b) => a - b);
  const found = { median: at(code, 0.5), p90: at(lines, 0.9) };
  console.log(
    `${area}: ${lines.length} files, half have at most ${found.median} lines of code (${at(lines, 0.5)} with comments and ` +
      `blank ones), nine of ten ${found.p90} lines, the largest ${lines.at(-1)}`,
  );
  for (const [which, value] of Object.entries(found))
    if (value > most[which])
      problems.push(`${area}: the ${which} is ${value} lines; at most ${most[which]}.`);
}
for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;

function at(sorted, share) {
  return sorted[Math.floor(share * (sorted.length - 1))];
}

/** Without blank lines and comments; 0 for a file that only passes exports on. */
function linesOfCode(text) {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
  if (code.replace(/export (type )?(\{[^}]*\}|\*)( from [^;]*)?;/g, '').trim() === '') return 0;
  return code.split('\n').filter((line) => line.trim()).length;
}
