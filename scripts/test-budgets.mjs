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

/** What one file may take. More is worth a look: a smaller number of runs here, and the whole number in `npm run proof`. */
const BUDGET_OF_A_FILE = 30;
const FILES_SHOWN = 10;

/** The lines to print about files with their seconds. */
export function budgetLines(files) {
  const used = new Map();
  for (const { file, seconds } of files) {
    const folder = folderOf(file);
    used.set(folder, (used.get(folder) ?? 0) + seconds);
  }
  const folders = [...used].map(([folder, seconds]) => line(seconds, BUDGETS[folder], folder));
  const slow = files
    .filter(({ file, seconds }) => seconds > BUDGET_OF_A_FILE && !file.startsWith('e2e/'))
    .sort((a, b) => b.seconds - a.seconds)
    .slice(0, FILES_SHOWN)
    .map(({ file, seconds }) => line(seconds, BUDGET_OF_A_FILE, file));
  return [...folders, ...slow];
}

function folderOf(file) {
  const deps = file.split('/');
  for (let length = deps.length - 1; length > 0; length--) {
    const folder = deps.slice(0, length).join('/');
    if (folder in BUDGETS) return folder;
  }
  return 'elsewhere';
}

function line(seconds, budget, what) {
  const numbers = `${seconds.toFixed(0).padStart(5)} of ${String(budget ?? 0).padStart(4)} s`;
  return `${numbers}  ${what}${seconds > (budget ?? 0) ? '  OVER ITS BUDGET' : ''}`;
}
