import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, type FormatConfig } from 'oxfmt';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';
import { createLogger } from '../src/kernel/logger.js';
import { modules } from '../src/app/modules.js';
import { jobEnded, jobProgressed } from '../src/domains/long-jobs/long-jobs.events.js';
import { orderChangeEvents, orderDocumentEvents } from '../src/domains/orders/order.events.js';
import { defineEvent, EventRegistry, type EventType } from '../src/platform/jobs/define-event.js';
import type { Outbox } from '../src/platform/jobs/outbox.js';
import type { AnyModule } from '../src/platform/module.js';
import { z } from 'zod';

const DOMAINS = join(import.meta.dirname, '../src/domains');
const PAGE = join(import.meta.dirname, '../../docs/events.md');
const list: readonly AnyModule[] = modules;

const sources = readdirSync(DOMAINS, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  .map((file) => ({ file, text: readFileSync(join(DOMAINS, file), 'utf8') }));

function isEvent(value: unknown): value is EventType {
  return typeof value === 'function' && 'kind' in value && 'isKept' in value;
}

/** `order-editing/drafts/…` belongs to the module orderEditing. */
function moduleOf(file: string): string {
  return (file.split('/')[0] ?? '').replace(/-./g, (dash) => dash.charAt(1).toUpperCase());
}

interface Defined {
  readonly event: EventType;
  readonly module: string;
  /** The modules whose code makes this event. */
  readonly appendedBy: readonly string[];
}

/** The modules with a file that imports this definition, or a table of definitions that contains it, and calls it. */
function appending(names: readonly string[], tables: readonly string[]): string[] {
  const uses = [
    ...names.map((name) => ({ name, call: new RegExp(`\\b${name}\\(|\\borderEvent\\(\\s*${name}\\b`) })),
    ...tables.map((name) => ({ name, call: new RegExp(`\\b${name}\\[`) })),
  ];
  return sources
    .filter(({ text }) =>
      uses.some(
        ({ name, call }) =>
          call.test(text) &&
          new RegExp(`import \\{[^}]*\\b${name}\\b[^}]*\\} from '[^']*(\\.events|/index)\\.js'`).test(text),
      ),
    )
    .map(({ file }) => moduleOf(file));
}

async function definedEvents(): Promise<Defined[]> {
  const found = sources
    .filter(({ file }) => file.endsWith('.events.ts'))
    .map(async ({ file }) => {
      const exported = (await import(join(DOMAINS, file))) as Record<string, unknown>;
      const events = Object.values(exported).filter(isEvent);
      return events.map((event) => {
        const names = Object.keys(exported).filter((name) => exported[name] === event);
        const tables = Object.keys(exported).filter((name) => {
          const value = exported[name];
          return typeof value === 'object' && value !== null && !Array.isArray(value)
            ? Object.values(value).includes(event)
            : false;
        });
        return { event, module: moduleOf(file), appendedBy: [...new Set(appending(names, tables))] };
      });
    });
  return (await Promise.all(found)).flat();
}

describe('events', () => {
  let shop: TestShop;
  const errors: Record<string, unknown>[] = [];
  const logger = createLogger('silent');
  beforeAll(async () => {
    logger.error = ((details: Record<string, unknown>) => void errors.push(details)) as typeof logger.error;
    shop = await TestShop.open({ logger: Object.assign(logger, { child: () => logger }) });
  });
  afterAll(() => shop.close());

  it('are each defined once, in the module that declares them', async () => {
    const defined = await definedEvents();

    expect(defined.length).toBeGreaterThan(30);
    expect(defined.map(({ event, module }) => `${module} ${event.kind}`).toSorted()).toEqual(
      list.flatMap(({ name, events = [] }) => events.map(({ kind }) => `${name} ${kind}`)).toSorted(),
    );
  });

  it('are all appended by somebody, and docs/events.md says by whom and for whom', async () => {
    const defined = await definedEvents();
    expect(defined.filter(({ appendedBy }) => appendedBy.length === 0)).toEqual([]);

    const listeners = ({ kind }: EventType): string => {
      const jobs = shop.shop.subscriptions.filter(({ event }) => event.kind === kind);
      const isLive = [...orderChangeEvents(), ...orderDocumentEvents()].some((event) => event.kind === kind);
      const isProgress = [jobEnded.kind, jobProgressed.kind].includes(kind);
      return [
        ...jobs.map(({ job }) => job.queue),
        ...(isLive ? ['subscriptions of orders'] : []),
        ...(isProgress ? ['jobProgress'] : []),
      ].join(', ');
    };
    const rows = defined
      .toSorted((a, b) => a.event.kind.localeCompare(b.event.kind))
      .map(
        ({ event, appendedBy }) =>
          `| \`${event.kind}\` | ${event.description} | ${appendedBy.join(', ')} | ${listeners(event)} | ${event.isKept ? 'kept' : 'deleted'} |`,
      );
    const intro = readFileSync(PAGE, 'utf8').split(/^\| event/m)[0] ?? '';
    const table = ['| event | when | appended by | read by | old rows |', '|---|---|---|---|---|', ...rows];
    const page = `${intro}${table.join('\n')}\n`;
    const style = JSON.parse(
      readFileSync(join(import.meta.dirname, '../../.oxfmtrc.json'), 'utf8'),
    ) as FormatConfig;
    const { code } = await format(PAGE, page, style);
    await expect(code).toMatchFileSnapshot(PAGE);
  });

  it('that no module declares, or with a wrong payload, are logged by name and keep up no other', async () => {
    const sql = (text: string, values: unknown[] = []) => shop.sql(text, values);
    const plant = (kind: string, payload: object) =>
      sql(
        `INSERT INTO outbox (id, kind, aggregate_id, dedupe_key, payload, created_at)
         VALUES (new_id(), $1, new_id(), $1 || ':planted', $2, now() - interval '1 minute')`,
        [kind, JSON.stringify(payload)],
      );
    await plant('gift-card.sold', { number: 'GC-1' });
    await plant('stock.low', { variantId: 'not an id' });
    await sql(
      `INSERT INTO outbox (id, kind, aggregate_id, dedupe_key, payload)
       SELECT new_id(), 'identity.password-changed', id, 'planted', '{"at": "2026-11-29T10:00:00.000Z"}'
       FROM app_user WHERE email = 'alice@example.com'`,
    );

    await shop.eventually(async () => {
      const mails = await sql(`SELECT 1 FROM email WHERE template = 'password-changed' AND status = 'SENT'`);
      return mails.length === 1;
    });

    expect(errors).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ kind: 'gift-card.sold' }),
        expect.objectContaining({ kind: 'stock.low' }),
      ]),
    );
    expect(await sql('SELECT 1 FROM outbox WHERE published_at IS NULL')).toEqual([]);
    expect(await sql(`SELECT 1 FROM email WHERE template = 'owner-alert'`)).toEqual([]);
  });
});

describe('the definition of an event', () => {
  const opened = defineEvent('ticket.opened', {
    description: 'A ticket was opened.',
    payload: z.object({ priority: z.int() }),
    key: ({ aggregateId }, day: string) => `ticket.opened:${aggregateId}:${day}`,
  });
  const closed = defineEvent('ticket.closed', {
    formerly: 'ticket.done',
    description: 'A ticket was closed.',
    payload: z.object({}),
  });
  const logger = createLogger('silent');

  it('makes its events, and nothing else can be appended', () => {
    expect(opened('T1', { priority: 2 }, 'monday')).toMatchObject({
      kind: 'ticket.opened',
      dedupeKey: 'ticket.opened:T1:monday',
      payload: { priority: 2 },
    });
    expect(closed('T1', {}).dedupeKey).toBe('ticket.closed:T1');

    const outbox = { append: async () => undefined } as unknown as Outbox;
    const tx = {} as Parameters<Outbox['append']>[0];
    // @ts-expect-error A record that looks like an event is none.
    void outbox.append(tx, { kind: 'ticket.lost', aggregateId: 'T1', dedupeKey: 'x', payload: {} });
    // @ts-expect-error The priority is missing.
    opened('T1', {}, 'monday');
    // @ts-expect-error The day is missing, which makes the key.
    opened('T1', { priority: 2 });
  });

  it('is found under its former name too, and two cannot share one', () => {
    const registry = new EventRegistry([opened, closed], logger);
    const row = { id: '1', aggregateId: 'T1', payload: {} };

    expect(registry.read({ ...row, kind: 'ticket.done' })?.kind).toBe('ticket.closed');
    expect(registry.read({ ...row, kind: 'ticket.opened' })).toBeNull();
    expect(() => new EventRegistry([opened, { ...closed, kind: 'ticket.opened' }], logger)).toThrow(
      'Two events are named ticket.opened',
    );
  });
});
