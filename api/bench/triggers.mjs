// What the integrity triggers add to a checkout: `npm run bench -- triggers`.
//
// One process, one database; checkouts run in blocks with the triggers on and off in turn (ABAB), so that both meet the same
// neighbours, and the medians of the blocks are compared. "Off" is the shop as it would be without them: every trigger of
// the migration is disabled, and as the ledger's trigger then no longer writes the stock levels, the two statements that move
// stock get back the UPDATE of stock_level that they had before. So the trigger is compared with what it replaced.
import 'reflect-metadata';
import { readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { createShop } from '../dist/app/create-shop.js';
import { readEnv } from '../dist/app/settings/env.js';
import { GOOD_CARD, payWith, readyCart } from '../../packages/testing/src/drivers/checkout.js';
import { Guest } from '../../packages/testing/src/drivers/guest.js';
import { WIDE_LIMITS } from '../../packages/testing/src/shop/wide-limits.js';
import { createSchema } from '../dist/app/graphql/schema.js';
import { createServer } from '../dist/app/server.js';
import { createLogger } from '../dist/kernel/logger.js';
import { startEmbedded } from '../dist/platform/database/embedded/server.js';
import { fillCatalogue } from './fill-catalogue.mjs';

const PAIRS = 24;
const CHECKOUTS = 15;
const LINES = 2;
const TICK_MS = 10;

const OURS = `SELECT tgrelid::regclass::text AS "table", tgname AS name FROM pg_trigger
  WHERE NOT tgisinternal AND tgname NOT LIKE '%append_only' ORDER BY 1, 2`;

/** Answers the rows of the table that is printed. */
export async function benchTriggers(folder) {
  const database = await startEmbedded({ directory: join(folder, 'postgres'), keep: 'throwaway' });
  try {
    const url = database.url('bench');
    console.error(`Filling the catalogue: ${await fillCatalogue(url)} products`);
    const pidFile = await readFile(join(database.directory, 'postmaster.pid'), 'utf8');
    const simulator = await openPayments(url, folder, parseInt(pidFile, 10));
    const samples = { on: [], off: [] };
    for (const mode of ['on', 'off']) await block(simulator, mode);
    for (let pair = 1; pair <= PAIRS; pair++) {
      // Neither is always the one after the other.
      const order = pair % 2 ? ['on', 'off'] : ['off', 'on'];
      for (const mode of order) samples[mode].push(await block(simulator, mode));
      const spent = (mode) =>
        `${mode} ${samples[mode].at(-1).wall.toFixed(1)} ms, CPU ${samples[mode].at(-1).cpu.toFixed(1)} ms`;
      console.error(`Pair ${pair} of ${PAIRS}: ${order.map(spent).join('; ')}`);
    }
    await simulator.mode('on');
    await simulator.close();
    return report(samples);
  } finally {
    await database.stop();
  }
}

function report({ on, off }) {
  const row = (what, of) => {
    const [a, b] = [median(on.map(of)), median(off.map(of))];
    return [
      what,
      `${b.toFixed(2)} ms`,
      `${a.toFixed(2)} ms`,
      `${(((a - b) / b) * 100).toFixed(1)} %`,
      'under 10 %',
    ];
  };
  return [
    [`per checkout of ${LINES} articles`, 'off', 'on', 'added', 'goal'],
    [
      row('CPU of API and database, whole purchase', ({ cpu }) => cpu),
      row('time, completing and paying alone', ({ steps }) => steps),
      row('time, whole purchase', ({ wall }) => wall),
    ],
  ];
}

/** One block of checkouts: milliseconds for each. */
async function block(simulator, mode) {
  await simulator.mode(mode);
  const began = { wall: performance.now(), cpu: simulator.cpuMs() };
  let steps = 0;
  for (let i = 0; i < CHECKOUTS; i++) {
    const buyer = simulator.buyer();
    const lines = Array.from({ length: LINES }, () => ({ variantId: simulator.variant(), quantity: 1 }));
    const cart = await readyCart(buyer, lines, 'bench@example.test');
    const at = performance.now();
    const placed = await buyer.placeOrder(cart);
    await payWith(buyer, placed.paymentSession.clientSecret, GOOD_CARD);
    steps += performance.now() - at;
  }
  return {
    steps: steps / CHECKOUTS,
    wall: (performance.now() - began.wall) / CHECKOUTS,
    cpu: (simulator.cpuMs() - began.cpu) / CHECKOUTS,
  };
}

async function openPayments(url, folder, postmaster) {
  const env = readEnv({
    NODE_ENV: 'test',
    DATABASE_URL: url,
    DATA_DIR: join(folder, 'data'),
    LOG_LEVEL: 'warn',
    PAYMENT_PROVIDER: 'test',
    RUN_WORKER: 'false',
    ...WIDE_LIMITS,
  });
  const shop = await createShop(env, createLogger(env.logLevel));
  const server = await createServer(shop, createSchema());
  await shop.listener.start();
  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  const { rows: triggers } = await admin.query(OURS);
  const variants = (await admin.query('SELECT id FROM variant ORDER BY id')).rows.map(({ id }) => id);
  const { globalId } = await import('../dist/kernel/ids.js');
  let next = 0;
  return {
    mode: async (mode) => {
      for (const { table, name } of triggers)
        await admin.query(`ALTER TABLE ${table} ${mode === 'on' ? 'ENABLE' : 'DISABLE'} TRIGGER "${name}"`);
      swapStatements(mode === 'off');
    },
    /** Another article each time: no block runs dry, and no row is hot. */
    variant: () => globalId('vari', variants[next++ % variants.length]),
    buyer: () => new GuestWithin(server),
    cpuMs: () => cpuMs(postmaster),
    close: async () => {
      await admin.end();
      await server.close();
      await shop.close();
    },
  };
}

/** A guest who speaks to the server of this process without a connection. */
class GuestWithin extends Guest {
  #token = '';

  constructor(server) {
    super('');
    this.server = server;
  }

  async post(body) {
    const answer = await this.server.inject({
      method: 'POST',
      url: '/graphql',
      headers: {
        'content-type': 'application/json',
        'cache-control': 'no-cache',
        'x-cart-token': this.#token,
      },
      payload: body,
    });
    this.#token = answer.headers['x-cart-token'] ?? this.#token;
    return answer.json();
  }
}

const MOVES = new Set(['inventory.hold-order', 'inventory.sell-order']);
const LEVELS = `UPDATE stock_level s SET on_hand = s.on_hand + m.delta_on_hand, reserved = s.reserved + m.delta_reserved
  FROM moved m WHERE s.variant_id = m.variant_id AND s.location_id = m.location_id`;
const RETURNING = 'RETURNING variant_id, location_id, delta_on_hand, delta_reserved';
const plain = new Map();
let isPlain = false;
const query = pg.Client.prototype.query;
pg.Client.prototype.query = function (config, ...rest) {
  return query.call(this, isPlain && MOVES.has(config?.name) ? asBefore(config) : config, ...rest);
};

function swapStatements(on) {
  isPlain = on;
}

/** The statement with the UPDATE of the stock levels that it needs when no trigger makes it. */
function asBefore(config) {
  if (!plain.has(config.name)) plain.set(config.name, withUpdate(config.text));
  return Object.assign(config, { name: `${config.name}-before`, text: plain.get(config.name) });
}

function withUpdate(text) {
  const inCte = /(moved AS \(\s*INSERT INTO stock_movement[^]*?)\n(\s*\))/;
  if (inCte.test(text)) return text.replace(inCte, `$1 ${RETURNING}\n$2, shelves AS (${LEVELS})`);
  const at = text.lastIndexOf('INSERT INTO stock_movement');
  if (at < 0) throw new Error('A statement that moves stock has changed its form: adapt the bench');
  const before = text.slice(0, at).trimEnd();
  return `${before}, moved AS (${text.slice(at)} ${RETURNING}) ${LEVELS}`;
}

/** CPU of this process, of our PostgreSQL and of all its children, those that ended included; Linux only, else this one. */
function cpuMs(postmaster) {
  const { user, system } = process.cpuUsage();
  const own = (user + system) / 1000;
  try {
    const children = readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(statOf)
      .filter((stat) => stat?.parent === postmaster);
    const ticks = children.reduce((sum, { used }) => sum + used, 0);
    const { used, ended } = statOf(postmaster);
    return own + (ticks + used + ended) * TICK_MS;
  } catch {
    return own;
  }
}

/** Null for a process that is gone. */
function statOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const [, , parent, ...fields] = stat.slice(stat.lastIndexOf(')')).split(' ');
    const [used, kernel, ended, endedKernel] = fields.slice(9, 13).map(Number);
    return { parent: Number(parent), used: used + kernel, ended: ended + endedKernel };
  } catch {
    return null;
  }
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
