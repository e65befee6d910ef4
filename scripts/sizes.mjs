// How large files and folders are, against the most that is allowed. Tests, migrations, seeds, generated code and files that
// only pass exports on do not count.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';

const MOST_LINES = 300;
const MOST_FILES = 25;
/** Lines of code that half, and nine of ten files of an area have at most. */
const AREAS = {
  api: { median: 60, p90: 180 },
  storefront: { median: 60, p90: 180 },
  admin: { median: 60, p90: 180 },
};
const ASIDE = /\.test\.|\.d\.ts$|\/(test|generated|migrations|demo|dist)\/|seed/;

const tracked = execFileSync('git', ['ls-files', ...Object.keys(AREAS)], { encoding: 'utf8' }).split('\n');
const files = tracked
  .filter((file) => /\.(ts|vue)$/.test(file) && !ASIDE.test(file))
  .map((file) => ({ file, lines: linesOfCode(readFileSync(file, 'utf8')) }))
  .filter(({ lines }) => lines > 0);
const problems = [];

for (const { file, lines } of files)
  if (lines > MOST_LINES) problems.push(`${file} has ${lines} lines of code; at most ${MOST_LINES}.`);

const folders = Map.groupBy(files, ({ file }) => dirname(file));
for (const [folder, inside] of folders)
  if (inside.length > MOST_FILES)
    problems.push(`${folder} has ${inside.length} files; at most ${MOST_FILES}.`);

for (const [area, most] of Object.entries(AREAS)) {
  const lines = files.filter(({ file }) => file.startsWith(`${area}/`)).map((each) => each.lines);
  lines.sort((a, b) => a - b);
  const at = (share) => lines[Math.floor(share * (lines.length - 1))];
  const found = { median: at(0.5), p90: at(0.9) };
  console.log(
    `${area}: ${lines.length} files, half have at most ${found.median} lines of code, nine of ten ${found.p90}, the largest ${lines.at(-1)}`,
  );
  for (const [which, value] of Object.entries(found))
    if (value > most[which])
      problems.push(`${area}: the ${which} is ${value} lines of code; at most ${most[which]}.`);
}
for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;

/** Without blank lines and comments, as the linter counts; 0 for a file that only passes exports on. */
function linesOfCode(text) {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
  if (code.replace(/export (type )?(\{[^}]*\}|\*)( from [^;]*)?;/g, '').trim() === '') return 0;
  return code.split('\n').filter((line) => line.trim()).length;
}
