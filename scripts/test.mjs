// `npm test`: builds, then checks and every test there is, two things at a time. The last line is the count.
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { createInterface } from 'node:readline';
import { buildAll } from './build.mjs';
import { readExamples } from './build-examples.mjs';
import { runChecks } from './check.mjs';
import { requirePinnedNode, root } from './runtime.mjs';
import { run } from './steps.mjs';
import { budgetsOf } from './test-budgets.mjs';

requirePinnedNode();
process.chdir(root);

/** A failure's message, then where it was thrown. */
const LINES_OF_A_FAILURE = 12;

const total = { passed: 0, failed: 0, skipped: 0 };
const broken = [];
const failures = [];
const seconds = [];
const reports = await mkdtemp(join(tmpdir(), 'vitrine-test-reports-'));
const phases = [];

heading('Build, checks and tests');
// The tests of the API and the journeys in the browser both wait a lot, for the database, for each other, for a page:
// side by side they use what the other leaves of the machine. Tests that mostly wait take little of it. Those of the API load its sources and need no build. The
// checks come before the browser: Linux shares its time among sessions, each browser and database is one, and checks and
// API tests beside all of them would get a tenth of it together.
await timed('all', () =>
  Promise.all([
    test({ title: 'API', folder: 'api', more: ['--project', '!waiting*'] }),
    test({ title: 'waiting', folder: 'api', more: ['--project', 'waiting*', '--max-workers', '1'] }),
    (async () => {
      const built = await timed('build', () =>
        buildAll()
          .all.then(readExamples)
          .then(() => true, fail('the build')),
      );
      if (built) await timed('checks', checks);
      await test({ title: 'client', folder: 'packages/client' });
      await test({ title: 'storefront', folder: 'storefront' });
      await test({ title: 'admin', folder: 'admin' });
      if (await browserAvailable()) await test({ title: 'browser', folder: 'e2e' });
    })(),
  ]),
);
await rm(reports, { recursive: true, force: true });

heading('Seconds used, and budgets');
const budgets = budgetsOf({ files: seconds, phases });
for (const line of budgets.lines) console.log(line);
if (budgets.exceeded.length > 0)
  console.log(
    `More than its budget took: ${budgets.exceeded.join(', ')}. scripts/test-budgets.mjs says what to do.`,
  );
// Whoever has only the end of a long log, as a CI often shows, learns here what failed.
for (const failure of failures) console.log(`\nFailed test: ${failure}`);
if (broken.length > 0) console.log(`\nFailed: ${broken.join(', ')}`);
console.log(
  `\n${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`,
);
process.exitCode = broken.length > 0 || total.failed > 0 ? 1 : 0;

function heading(text) {
  console.log(`\n== ${text}`);
}

/** Notes how long a phase of the run took, from its start to its end. */
async function timed(phase, work) {
  const began = performance.now();
  const result = await work();
  phases.push({ phase, seconds: (performance.now() - began) / 1_000 });
  return result;
}

async function checks() {
  const failed = await runChecks({ atOnce: 1, say: sayAs('checks') });
  if (failed.length > 0) broken.push(`checks (${failed.join(', ')})`);
}

/** Several things are told of at a time: each line says what it is about. */
function sayAs(title) {
  return (text) => console.log(text.replace(/^/gm, `${title.padEnd(10)} | `));
}

function fail(what) {
  return (error) => {
    console.error(error.message);
    broken.push(what);
    return false;
  };
}

async function browserAvailable() {
  const found = await run(process.execPath, ['e2e/find-chromium.ts']).catch(() => null);
  if (found) return true;
  const needed = process.env.CI || process.env.REQUIRE_BROWSER;
  console.log('Skipped: no Chromium was found. Install one (apt-get install chromium) or set CHROME_PATH.');
  if (needed) broken.push('browser tests (CI or REQUIRE_BROWSER asks for them)');
  return false;
}

function test(suite) {
  return timed(`${suite.title} tests`, () => runTests(suite));
}

async function runTests({ title, folder, more = [] }) {
  const report = join(reports, `${title}.json`);
  const secondsFile = `${report}.seconds`;
  const options = [
    'run',
    '--root',
    folder,
    '--reporter=default',
    '--reporter=json',
    `--reporter=${join(root, 'scripts/seconds-reporter.mjs')}`,
    `--outputFile.json=${report}`,
    ...more,
  ];
  const child = spawn(process.execPath, [join(root, 'node_modules/vitest/vitest.mjs'), ...options], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, VITRINE_SECONDS_FILE: secondsFile },
  });
  for (const input of [child.stdout, child.stderr]) createInterface({ input }).on('line', sayAs(title));
  const code = await new Promise((resolve) => child.once('error', () => resolve(1)).once('close', resolve));
  const counted = await readJson(report);
  if (counted) count(counted);
  if (code !== 0 || !counted) broken.push(`${title} tests`);
  seconds.push(...((await readJson(secondsFile)) ?? []));
}

function readJson(file) {
  return readFile(file, 'utf8').then(JSON.parse, () => null);
}

function count({ numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults }) {
  // A file that cannot even be loaded has no tests to count.
  const unloadable = testResults.filter(
    ({ status, assertionResults }) =>
      status === 'failed' && !assertionResults.some((t) => t.status === 'failed'),
  );
  total.passed += numPassedTests;
  total.failed += numFailedTests + unloadable.length;
  total.skipped += numPendingTests + numTodoTests;
  for (const { name, message } of unloadable) failures.push(described(name, '', message));
  for (const { name, assertionResults } of testResults)
    for (const { status, fullName, failureMessages } of assertionResults)
      if (status === 'failed') failures.push(described(name, ` > ${fullName}`, failureMessages.join('\n')));
}

/** The file, the test and the beginning of what it says: enough to know where to look. */
function described(file, name, message) {
  const beginning = message.split('\n').slice(0, LINES_OF_A_FAILURE).join('\n');
  return `${relative(root, file)}${name}\n${beginning.replace(/^/gm, '    ')}`;
}
