// `npm run bench`: what the API costs, as ratios measured in one run. Nothing here is asserted: machines differ.
// `npm run bench -- start`: how long the second `npm start` takes to its first answer.
// `npm run bench -- triggers`: what the integrity triggers add to a checkout.
// `npm run bench -- budget`: what counting against a request's budget adds to its execution.
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import autocannon from 'autocannon';
import pg from 'pg';
import { benchBudget } from './budget.mjs';
import { benchTriggers } from './triggers.mjs';
import { freePort, startEmbedded } from '../dist/platform/database/embedded/server.js';
import { fillCatalogue } from './fill-catalogue.mjs';
import { Guest } from '../../packages/testing/src/drivers/guest.js';
import { WIDE_LIMITS } from '../../packages/testing/src/shop/wide-limits.js';

const ROOT = join(import.meta.dirname, '../..');
const API = join(ROOT, 'api/dist/main.js');
const PLAIN = join(import.meta.dirname, 'plain-server.mjs');
const SECRET = 'Zq7hV2mX9tKc4wBn8sRj3yLd6gPf1eUa';
const CONNECTIONS = 8;
const ROUNDS = 4;
const SECONDS = 3;
const FRESH = { 'cache-control': 'no-cache' };

const LIST = `{ products(first: 24) { nodes { id slug name availability
  priceRange { min { amount currency } max { amount currency } } image { id url alt } } } }`;

const folder = await mkdtemp(join(tmpdir(), 'vitrine-bench-'));
const children = [];
process
  .on('SIGINT', () => process.exit(130))
  .on('exit', () => children.forEach((child) => child.kill('SIGKILL')));
try {
  const modes = {
    start: benchStart,
    triggers: () => benchTriggers(folder).then((rows) => table(...rows)),
    budget: () => benchBudget().then((rows) => table(['way', 'processor time', 'ratio'], rows)),
  };
  await (modes[process.argv[2]] ?? benchApi)();
} finally {
  for (const child of children) await stop(child);
  await rm(folder, { recursive: true, force: true });
}
process.exit();

async function benchApi() {
  const database = await startEmbedded({ directory: join(folder, 'postgres'), keep: 'throwaway' });
  try {
    const url = database.url('bench');
    console.error(`Filling the catalogue: ${await fillCatalogue(url)} products`);
    const api = await startApi(url);
    const rows = [await idleMemory(api)];
    const plain = await startPlain(url);
    rows.push(...(await ratios(api, plain)));
    // Without the worker, whose mails and jobs come on top at a time of their own.
    await stop(api.child);
    const alone = await startApi(url, { RUN_WORKER: 'false' });
    rows.push(...(await statementCounts(alone.graphql, database)));
    table(['what', 'measured', 'goal'], rows);
  } finally {
    for (const child of children.splice(0)) await stop(child);
    await database.stop();
  }
}

async function startApi(url, settings = {}) {
  const port = await freePort();
  const env = {
    NODE_ENV: 'production',
    DATABASE_URL: url,
    DATA_DIR: join(folder, 'data'),
    API_HOST: '127.0.0.1',
    API_PORT: String(port),
    STOREFRONT_URL: 'http://127.0.0.1:3000',
    JWT_SECRET: SECRET,
    PAYMENT_PROVIDER: 'test',
    MAIL_PROVIDER: 'inbox',
    LOG_LEVEL: 'warn',
    ...WIDE_LIMITS,
    ...settings,
  };
  const child = launch(process.execPath, [API], env);
  const graphql = `http://127.0.0.1:${port}/graphql`;
  await untilAnswered(graphql, { method: 'POST', ...json({ query: '{ __typename }' }) });
  return { child, graphql };
}

async function startPlain(url) {
  const port = await freePort();
  launch(process.execPath, [PLAIN], { DATABASE_URL: url, PORT: String(port) });
  const address = `http://127.0.0.1:${port}/`;
  await untilAnswered(address);
  return address;
}

async function idleMemory({ child }) {
  await sleep(5_000);
  return ['memory of API and worker, idle for 5 s', `${await rssMb(child.pid)} MB`, 'under 150 MB'];
}

/** Each round loads all three one after the other, so that they meet the same neighbours; the best round of each counts. */
async function ratios({ child, graphql }, plain) {
  const list = { url: graphql, method: 'POST', ...json({ query: LIST }) };
  const contenders = {
    plain: { url: plain },
    fresh: { ...list, headers: { ...list.headers, ...FRESH } },
    kept: list,
  };
  const best = { plain: 0, fresh: 0, kept: 0 };
  for (const options of Object.values(contenders)) await load(options, 2);
  for (let round = 1; round <= ROUNDS; round++) {
    for (const [name, options] of Object.entries(contenders)) {
      best[name] = Math.max(best[name], await load(options, SECONDS));
    }
    console.error(`Round ${round} of ${ROUNDS}`);
  }
  const percent = (a, b) => `${Math.round((a / b) * 100)} %`;
  return [
    [
      'list of 24 from the database, of a plain pg + JSON server',
      percent(best.fresh, best.plain),
      'at least 60 %',
    ],
    [
      'list of 24 from the response cache, times that',
      `${(best.kept / best.fresh).toFixed(1)} x`,
      'at least 5 x',
    ],
    ['memory of API and worker, after the load', `${await rssMb(child.pid)} MB`, 'under 350 MB'],
  ];
}

async function load(options, duration) {
  const result = await autocannon({ ...options, connections: CONNECTIONS, duration });
  if (result.non2xx + result.errors > 0)
    throw new Error(`${options.url}: ${result.non2xx + result.errors} failed`);
  return result.requests.total / result.duration;
}

/** Statements are counted where they arrive: by the database's own log. */
async function statementCounts(graphql, database) {
  const count = await statementCounter(database);
  const guest = new Guest(new URL(graphql).origin, FRESH);
  const ask = (query) => guest.ask(query);
  const { products } = await ask('{ products(first: 1) { nodes { slug variants { id } } } }');
  const [{ slug, variants }] = products.nodes;
  const page = `{ product(slug: "${slug}") { name description images { url } options { name values { name } }
    variants { id price { amount } availability optionValues { name } } attributes { name } breadcrumbs { slug } } }`;
  const search = `{ products(first: 24, search: "velvet", sort: RELEVANCE) { totalCount nodes { name } facets { code values { code count } } } }`;
  const wanted = { variantId: variants[0].id, quantity: 1, email: 'bench@example.test' };
  const add = `mutation { cartLineAdd(input: { variantId: "${variants[0].id}" }) { cart { id version total { gross { amount } } } errors { code } } }`;
  const checkout = async () => guest.pay(await guest.placeOrder(await guest.fillCart(wanted)));
  const read = `{ cart { totalQuantity total { gross { amount } } lines { quantity product { name } variant { name } } } }`;
  await ask(search);
  await ask(read);
  const rows = [
    [
      'list of 24 with its total',
      await count(() => ask('{ products(first: 24) { totalCount nodes { name } } }')),
      '2',
    ],
    ['product page', await count(() => ask(page)), '4'],
    ['search with facets', await count(() => ask(search)), '2'],
    ['first addition to a cart', await count(() => ask(add)), '6 (with BEGIN and COMMIT)'],
    ['reading the cart', await count(() => ask(read)), '2'],
    ['checkout, from the second addition to paid', await count(checkout), '45'],
  ];
  return rows.map(([what, statements, goal]) => [
    `statements: ${what}`,
    String(statements),
    `at most ${goal}`,
  ]);
}

/** Counts every statement of the API's pool in the server's log, while `work` runs. */
async function statementCounter({ directory, url }) {
  const log = `${directory}.log`;
  const client = new pg.Client({ connectionString: url('bench') });
  await client.connect();
  // The pools call themselves `vitrine` and, for what visitors read, `vitrine visitors`; the job queue and the listener go by
  // other names and are not part of a request.
  await client.query(`ALTER SYSTEM SET log_statement = 'all'`);
  await client.query(`ALTER SYSTEM SET log_line_prefix = '[%a] '`);
  await client.query('SELECT pg_reload_conf()');
  await client.end();
  await sleep(300);
  const lines = async () =>
    (await readFile(log, 'utf8'))
      .split('\n')
      .filter(
        (line) =>
          /^\[vitrine( visitors)?\] LOG: {2}(statement|execute [^:]*):/.test(line) &&
          !/outbox|pgboss/.test(line),
      );
  return async (work) => {
    const before = (await lines()).length;
    await work();
    await sleep(300);
    return (await lines()).length - before;
  };
}

async function benchStart() {
  const ports = [await freePort(), await freePort()];
  const env = {
    DATA_DIR: join(folder, 'data'),
    API_PORT: String(ports[0]),
    STOREFRONT_PORT: String(ports[1]),
    NODE_ENV: '',
    DATABASE_URL: '',
  };
  const graphql = `http://127.0.0.1:${ports[0]}/graphql`;
  const question = { method: 'POST', ...json({ query: '{ products(first: 1) { nodes { name } } }' }) };
  const seconds = [];
  for (const nth of ['first', 'second', 'third']) {
    const began = performance.now();
    const shop = launch('npm', ['start'], env, { cwd: ROOT });
    await untilAnswered(graphql, question, 180_000);
    seconds.push(((performance.now() - began) / 1000).toFixed(1));
    console.error(`The ${nth} start answered after ${seconds.at(-1)} s`);
    await stop(shop);
    // npm is gone before what it started.
    while (await fetch(graphql).catch(() => null)) await sleep(100);
    await sleep(2_000);
  }
  table(
    ['npm start to the first answered query', 'measured', 'goal'],
    [
      ['first, with an empty data folder', `${seconds[0]} s`, ''],
      ['second', `${seconds[1]} s`, 'under 6 s'],
      ['third', `${seconds[2]} s`, 'under 6 s'],
    ],
  );
}

function launch(command, options, env, { cwd = folder } = {}) {
  const child = spawn(command, options, {
    cwd,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  child.over = new Promise((resolve) => child.once('exit', resolve));
  children.push(child);
  return child;
}

async function stop(child) {
  if (child.exitCode === null) child.kill('SIGTERM');
  await Promise.race([child.over, sleep(15_000)]);
}

async function untilAnswered(url, options, limitMs = 30_000) {
  for (const began = Date.now(); Date.now() - began < limitMs; await sleep(20)) {
    const response = await fetch(url, options).catch(() => null);
    if (response?.ok && !('errors' in (await response.json()))) return;
  }
  throw new Error(`${url} did not answer within ${limitMs / 1000} s`);
}

async function rssMb(pid) {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? NaN) / 1024);
}

function json(body, headers = {}) {
  return { headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) };
}

function table(head, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |`;
  console.log([line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n'));
}
