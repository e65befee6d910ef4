// `npm test`: builds, checks, then every test there is. The last line is the count.
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildAll } from './build.mjs';
import { runChecks } from './check.mjs';
import { requirePinnedNode, root } from './runtime.mjs';
import { run } from './steps.mjs';

requirePinnedNode();
process.chdir(root);

const suites = [
  { title: 'API', folder: 'api' },
  { title: 'Shared client', folder: 'packages/client' },
  { title: 'Storefront', folder: 'storefront' },
  { title: 'Admin', folder: 'admin' },
  { title: 'Browser', folder: 'e2e' },
];
const total = { passed: 0, failed: 0, skipped: 0 };
const broken = [];
const reports = await mkdtemp(join(tmpdir(), 'vitrine-test-reports-'));

heading('Build');
const built = await buildAll().all.then(() => true, fail('the build'));
heading('Checks');
if (built && (await runChecks()) > 0) broken.push('checks');
for (const suite of suites) {
  heading(`${suite.title} tests`);
  if (suite.folder === 'e2e' && !(await browserAvailable())) continue;
  await test(suite);
}
await rm(reports, { recursive: true, force: true });

if (broken.length > 0) console.log(`\nFailed: ${broken.join(', ')}`);
console.log(
  `\n${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`,
);
process.exitCode = broken.length > 0 || total.failed > 0 ? 1 : 0;

function heading(text) {
  console.log(`\n== ${text}`);
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

async function test({ title, folder }) {
  const report = join(reports, `${folder.replaceAll('/', '-')}.json`);
  const options = [
    'run',
    '--root',
    folder,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ];
  const child = spawn(join(root, 'node_modules', '.bin', 'vitest'), options, { cwd: root, stdio: 'inherit' });
  const code = await new Promise((resolve) => child.once('error', () => resolve(1)).once('close', resolve));
  const counted = await readFile(report, 'utf8').then(JSON.parse, () => null);
  if (counted) count(counted);
  if (code !== 0 || !counted) broken.push(`${title} tests`);
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
}
