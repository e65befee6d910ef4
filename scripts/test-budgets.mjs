// How long the tests of each folder may take, printed after `npm test` so that what comes later stays inside.

/**
 * Seconds of all test files of a folder and the folders in it, added up, in `npm test` on two cores that do nothing else.
 * The nearest folder counts. The API's files run two at a time, beside them the checks, the clients and then the journeys in
 * the browser, also two at a time: with the build, twelve minutes when each stays inside. Nothing fails when more is used:
 * another machine is slower.
 */
const BUDGETS = {
  'api/test/journeys': 1100,
  'api/test': 60,
  'api/src/app': 10,
  'api/src/domains/catalog': 75,
  'api/src/domains/identity': 60,
  'api/src/domains': 60,
  'api/src/integrations': 25,
  'api/src/kernel': 10,
  'api/src/platform': 30,
  'packages/client': 15,
  storefront: 30,
  admin: 10,
  'e2e/journeys': 700,
};

/**
 * Seconds of a phase of `npm test`, from its start to its end, on the same machine; the tests of the API run beside everything
 * else. Others than these are only printed.
 */
const BUDGETS_OF_PHASES = { all: 600 };

/**
 * What one file may take. More is worth a look: waiting for a condition instead of a time, one shop for several tests, a
 * smaller number of runs here and the whole number in `npm run proof`.
 */
const BUDGET_OF_A_FILE = 30;
const FILES_SHOWN = 10;

/** The lines to print about files and phases with their seconds, and the names of those above their budget. */
export function budgetsOf({ files, phases }) {
  const used = new Map();
  for (const { file, seconds } of files) {
    const folder = folderOf(file);
    used.set(folder, (used.get(folder) ?? 0) + seconds);
  }
  const folders = [...used].map(([what, seconds]) => ({ what, seconds, budget: BUDGETS[what] ?? 0 }));
  const slow = files
    .filter(({ file, seconds }) => seconds > BUDGET_OF_A_FILE && !file.startsWith('e2e/'))
    .sort((a, b) => b.seconds - a.seconds)
    .slice(0, FILES_SHOWN)
    .map(({ file, seconds }) => ({ what: file, seconds, budget: BUDGET_OF_A_FILE }));
  const steps = phases.map(({ phase, seconds }) => ({
    what: phase,
    seconds,
    budget: BUDGETS_OF_PHASES[phase] ?? null,
  }));
  const all = [...folders, ...slow, ...steps];
  return { lines: all.map(line), exceeded: all.filter(isExceeded).map(({ what }) => what) };
}

function folderOf(file) {
  const deps = file.split('/');
  for (let length = deps.length - 1; length > 0; length--) {
    const folder = deps.slice(0, length).join('/');
    if (folder in BUDGETS) return folder;
  }
  return 'elsewhere';
}

const isExceeded = ({ seconds, budget }) => budget !== null && seconds > budget;

function line({ what, seconds, budget }) {
  const allowed = budget === null ? '' : ` of ${String(budget).padStart(4)}`;
  return `${seconds.toFixed(0).padStart(5)}${allowed.padEnd(8)} s  ${what}${isExceeded({ seconds, budget }) ? '  OVER ITS BUDGET' : ''}`;
}
