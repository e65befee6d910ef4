import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Answer, GraphqlClient } from '@vitrine/testing/drivers/graphql-client.js';
import { liveClient, type LiveClient } from '@vitrine/testing/drivers/live-client.js';
import { TestShop } from '@vitrine/testing/shop/test-shop.js';
import { startWorker } from '../../src/app/worker.js';
import { globalId } from '../../src/kernel/ids.js';
import { countingModule } from '../support/long-jobs/counting-job.js';
import { kill, silence, workerToKill } from '../support/long-jobs/workers-to-kill.js';

const isProof = process.env['PROOF'] === 'full';
const DEATHS = isProof ? 4 : 1;

let shop: TestShop;
let owner: GraphqlClient;
let ownerId: string;
/** Staff without the right to see the jobs of others. */
let bob: GraphqlClient;
let bobId: string;
const workers: ChildProcess[] = [];
const stops: (() => Promise<void>)[] = [];
const sockets: LiveClient[] = [];

beforeAll(async () => {
  // Each test starts the workers that it needs.
  shop = await TestShop.open({ worker: false, modules: [countingModule] });
  owner = await shop.staff();
  await shop.sql(`UPDATE app_user SET role = 'MANAGER' WHERE email = 'bob@example.com'`);
  bob = await shop.staff({ email: 'bob@example.com', password: 'Bob@123' });
  const users = await shop.sql<{ id: string; email: string }>('SELECT id, email FROM app_user');
  bobId = users.find(({ email }) => email === 'bob@example.com')!.id;
  ownerId = (await shop.sql<{ id: string }>(`SELECT id FROM app_user WHERE email = 'admin@example.com'`))[0]!
    .id;
});
afterEach(async () => {
  await Promise.all(sockets.splice(0).map((socket) => socket.close()));
  await Promise.all(workers.splice(0).map((child) => kill(child)));
  await Promise.all(stops.splice(0).map((stop) => stop()));
  await shop.sql('TRUNCATE counted, counting_brake');
});
afterAll(() => shop.close());

const JOB = `id kind status title done total errorCount failure canCancel isMine startedByName cancelledByName writesFile resultUrl reportUrl
  rowErrors(first: 3) { nodes { row field code value } pageInfo { hasNextPage endCursor } }`;

async function start(input: object = {}, by = ownerId): Promise<string> {
  const services = shop.shop as unknown as Record<
    string,
    { start(by: string, input: object): Promise<{ id: string }> }
  >;
  return globalId('job', (await services['counting']!.start(by, input)).id);
}

const look = async (id: string, by = owner): Promise<Answer> =>
  (await by.ask(`query($id: ID!) { job(id: $id) { ${JOB} } }`, { id })).job;
const cancel = async (id: string, by = owner): Promise<Answer> =>
  (
    await by.ask(
      'mutation($id: ID!) { jobCancel(input: { jobId: $id }) { job { status canCancel } errors { code path } } }',
      { id },
    )
  ).jobCancel;

const until = (id: string, wanted: (job: Answer) => boolean): Promise<Answer> =>
  shop.eventually(async () => {
    const job = await look(id);
    return wanted(job) && job;
  });
const ended = (id: string): Promise<Answer> =>
  until(id, ({ canCancel, status }) => !canCancel && status !== 'CANCELLING');

/** How often each line was counted: the lines, and those that were counted another number of times than once. */
async function counted(): Promise<{ lines: number; wrong: number }> {
  const [row] = await shop.sql<{ lines: number; wrong: number }>(
    `SELECT count(*)::int AS lines, count(*) FILTER (WHERE times <> 1)::int AS wrong
     FROM (SELECT line, count(*) AS times FROM counted GROUP BY line) each`,
  );
  return row!;
}

/** A worker in this process, stopped after the test. */
async function worker(): Promise<void> {
  stops.push(await startWorker(shop.shop));
}

/** A worker in a process of its own, killed after the test at the latest. */
async function startWorkerToKill(): Promise<ChildProcess> {
  const child = await workerToKill(shop);
  workers.push(child);
  return child;
}

async function follow(by: GraphqlClient, jobId?: string): Promise<ReturnType<LiveClient['listen']>> {
  const socket = liveClient(shop.url, { cookie: by.cookieHeader(), params: { client: 'admin' } });
  sockets.push(socket);
  await socket.ready();
  const heard = socket.listen(
    'subscription($jobId: ID) { jobProgress(jobId: $jobId) { id status done total } }',
    {
      jobId: jobId ?? null,
    },
  );
  // Refused subscriptions prove that those before them were heard.
  const probe = socket.listen('subscription { jobProgress(jobId: "job_gone") { id } }');
  await shop.eventually(async () => probe.errors.length > 0);
  return heard;
}

/** The second half of every job takes minutes until the brake is off: none ends while a test is about what happens before. */
const brake = (): Promise<unknown> =>
  shop.sql('INSERT INTO counting_brake (line, pause_ms) VALUES (5000, 3000)');
const brakeOff = (): Promise<unknown> => shop.sql('DELETE FROM counting_brake');

describe('a long job of ten thousand rows', () => {
  it('does each row once although its worker is killed', async () => {
    await brake();
    const id = await start({ step: 250, pauseMs: 100 });

    for (let deaths = 1; deaths <= DEATHS; deaths++) {
      const child = await startWorkerToKill();
      const before = (await look(id)).done;
      await until(id, ({ done }) => done > before);
      await kill(child);
      await silence(shop);
    }
    const between = await look(id);
    await brakeOff();
    await worker();
    const job = await ended(id);

    expect(between.done).toBeLessThan(10_000);
    expect(job).toMatchObject({ status: 'SUCCEEDED', done: 10_000, total: 10_000, errorCount: 10 });
    expect(await counted()).toEqual({ lines: 10_000, wrong: 0 });
  });

  // Waits for as long as a worker may be silent: the others let that time pass by a statement.
  it.runIf(isProof)('goes on after a death of which nobody was told', async () => {
    const id = await start({ pauseMs: 100 });
    const child = await startWorkerToKill();
    await until(id, ({ done }) => done > 0);
    await kill(child);
    const { done: atDeath } = await look(id);

    await worker();
    await until(id, ({ done }) => done > atDeath);

    await ended(id);
    expect(await counted()).toEqual({ lines: 10_000, wrong: 0 });
  });

  it('goes on at once when its worker was stopped for a new version', async () => {
    await brake();
    const id = await start({ step: 250, pauseMs: 100 });
    const first = await startWorkerToKill();
    await until(id, ({ done }) => done > 0);
    await kill(first, 'SIGTERM');

    const { done } = await look(id);
    expect(done).toBeLessThan(10_000);
    // It left the job to whoever comes next: nobody waits until it counts as dead.
    expect(await shop.sql('SELECT 1 FROM long_job WHERE run_token IS NOT NULL')).toEqual([]);
    await brakeOff();
    await worker();
    await ended(id);
    expect(await counted()).toEqual({ lines: 10_000, wrong: 0 });
  });

  it('is worked on by one worker at a time, whoever takes it for abandoned', async () => {
    const id = await start({ pauseMs: 5 });
    await worker();
    await worker();
    await until(id, ({ done }) => done > 0);

    // Again and again somebody thinks that its worker is dead, while it lives and goes on.
    for (let i = 0; i < 5; i++) {
      await silence(shop);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    // What is put back waits for its turn, which may come when the job has ended.
    const job = await ended(id);

    expect(job).toMatchObject({ status: 'SUCCEEDED', done: 10_000, errorCount: 10 });
    expect(await counted()).toEqual({ lines: 10_000, wrong: 0 });
  });

  it('can be cancelled, waiting or running: what is done stays, and nothing more is', async () => {
    const waiting = await start();
    const first = await cancel(waiting);
    await brake();
    const running = await start({ step: 250, pauseMs: 100 });
    await worker();
    await until(running, ({ done }) => done > 0);

    const second = await cancel(running);
    const job = await ended(running);
    const again = await cancel(running);

    expect(first).toEqual({ job: { status: 'CANCELLED', canCancel: false }, errors: [] });
    // Its step may have ended before the answer was read.
    expect(second).toEqual({
      job: { status: expect.stringMatching(/^CANCELL(ING|ED)$/), canCancel: false },
      errors: [],
    });
    expect(job).toMatchObject({ status: 'CANCELLED', cancelledByName: job.startedByName, writesFile: false });
    expect(job.cancelledByName).not.toBeNull();
    expect(job.done).toBeLessThan(10_000);
    expect(await counted()).toEqual({ lines: job.done, wrong: 0 });
    expect(again.errors).toEqual([{ code: 'ILLEGAL_TRANSITION', path: ['jobId'] }]);
  });

  it('that was cancelled and lost its worker ends as cancelled', async () => {
    await brake();
    const id = await start({ step: 250, pauseMs: 100 });
    const child = await startWorkerToKill();
    await until(id, ({ done }) => done > 0);
    await kill(child);
    await cancel(id);
    await silence(shop);

    await worker();

    expect(await ended(id)).toMatchObject({ status: 'CANCELLED' });
  });
});

describe('a long job that cannot go on', () => {
  it('fails at once with what can be mended, and after three attempts with what cannot', async () => {
    await worker();
    const refused = await ended(await start({ trouble: 'REFUSED' }));
    const broken = await ended(await start({ trouble: 'BROKEN' }));

    expect(refused).toMatchObject({ status: 'FAILED', failure: 'INVALID_INPUT', done: 100 });
    expect(broken).toMatchObject({ status: 'FAILED', failure: null, done: 100 });
  });

  it('is tried again after an outage, and does each row once', async () => {
    await worker();

    const job = await ended(await start({ trouble: 'BROKEN_ONCE' }));

    expect(job).toMatchObject({ status: 'SUCCEEDED', done: 10_000 });
    expect(await counted()).toEqual({ lines: 10_000, wrong: 0 });
  });
});

describe('a long job of somebody who', () => {
  it('may not do it any more stops after its step, and one that waits does nothing', async () => {
    const slowly = { step: 250, pauseMs: 100 };
    await brake();
    const running = await start(slowly, bobId);
    await worker();
    await until(running, ({ done }) => done > 0);
    const waiting = await start(slowly, bobId);

    await shop.sql(`UPDATE app_user SET role = 'SUPPORT' WHERE id = '${bobId}'`);
    const [stopped, unbegun] = [await ended(running), await ended(waiting)];
    await shop.sql(`UPDATE app_user SET role = 'MANAGER' WHERE id = '${bobId}'`);

    expect(stopped).toMatchObject({ status: 'FAILED', failure: 'STARTER_NOT_ALLOWED' });
    expect(stopped.done).toBeLessThan(10_000);
    expect(await counted()).toEqual({ lines: stopped.done + unbegun.done, wrong: 0 });
    expect(unbegun).toMatchObject({ status: 'FAILED', failure: 'STARTER_NOT_ALLOWED' });
  });

  it('has no account any more stops too', async () => {
    const leaverId = randomUUID();
    await shop.sql(`INSERT INTO app_user (id, email, password_hash, first_name, last_name, role)
      VALUES ('${leaverId}', 'leaver@example.test', 'x', 'Lea', 'Ver', 'MANAGER')`);
    await brake();
    const id = await start({ step: 250, pauseMs: 100 }, leaverId);
    await worker();
    await until(id, ({ done }) => done > 0);

    await shop.sql(`DELETE FROM app_user WHERE id = '${leaverId}'`);

    expect(await ended(id)).toMatchObject({ status: 'FAILED', failure: 'STARTER_NOT_ALLOWED' });
  });
});

describe('who started a long job', () => {
  it('sees it live until it ends, in a few events a second', async () => {
    const heard = await follow(bob);
    const ofOthers = await follow(owner);
    await worker();
    const began = Date.now();
    const id = await start({ pauseMs: 10 }, bobId);
    await ended(id);
    const seconds = (Date.now() - began) / 1000;

    await shop.eventually(async () =>
      heard.events.some(({ jobProgress }) => (jobProgress as Answer).status === 'SUCCEEDED'),
    );
    const seen = heard.events.map(({ jobProgress }) => jobProgress as Answer);
    expect(seen.every((job) => job.id === id)).toBe(true);
    expect(seen.at(-1)).toEqual({ id, status: 'SUCCEEDED', done: 10_000, total: 10_000 });
    expect(seen.some(({ done }) => done > 0 && done < 10_000)).toBe(true);
    expect(seen.length).toBeLessThan(seconds * 4 + 5);
    // The ends of earlier jobs may be told as late as by this worker.
    expect(ofOthers.events.filter(({ jobProgress }) => (jobProgress as Answer).id === id)).toEqual([]);
  });

  it('and the owner see it in their lists; a colleague does not, nor can they cancel or follow it', async () => {
    const mine = await start({}, ownerId);
    const bobs = await start({}, bobId);
    const list = async (by: GraphqlClient, filter: object = {}): Promise<string[]> => {
      const { jobs } = await by.ask(
        'query($filter: JobFilter) { jobs(first: 2, filter: $filter) { nodes { id } } }',
        { filter: { statuses: ['QUEUED'], ...filter } },
      );
      return jobs.nodes.map((job: Answer) => job.id);
    };

    const refused = await cancel(mine, bob);
    const socket = liveClient(shop.url, { cookie: bob.cookieHeader(), params: { client: 'admin' } });
    sockets.push(socket);
    await socket.ready();
    const foreign = socket.listen('subscription($id: ID) { jobProgress(jobId: $id) { id } }', { id: mine });
    await shop.eventually(async () => foreign.errors.length > 0);

    expect(await list(owner)).toEqual([bobs, mine]);
    expect(await list(owner, { mine: true })).toEqual([mine]);
    expect(await list(bob)).toEqual([bobs]);
    expect(await look(mine, bob)).toBeNull();
    expect(refused.errors).toEqual([{ code: 'NOT_FOUND', path: ['jobId'] }]);
    expect(foreign.errors[0]?.extensions?.code).toBe('FORBIDDEN');
    await Promise.all([cancel(mine), cancel(bobs)]);
  });

  it('hears nothing more after signing out: the socket is closed', async () => {
    const colleague = await shop.staff({ email: 'bob@example.com', password: 'Bob@123' });
    const heard = await follow(colleague);
    const socket = sockets.at(-1)!;
    await colleague.ask('mutation { logout { ok } }');
    await shop.eventually(async () => socket.closed() !== null);
    await worker();

    await ended(await start({ rows: 500 }, bobId));

    expect(socket.closed()).toBe(4403);
    expect(heard.events).toEqual([]);
  });

  it('reads what was wrong with its rows, and takes it home as a file in which nothing runs', async () => {
    await worker();
    const id = await start({}, bobId);
    await ended(id);

    const job = await look(id, bob);
    const report = await fetch(`${shop.url}${job.reportUrl}`);
    const text = await report.text();
    await shop.sql(`UPDATE app_user SET role = 'SUPPORT' WHERE email = 'bob@example.com'`);
    const support = await shop.staff({ email: 'bob@example.com', password: 'Bob@123' });
    const without = await look(id, support);
    await shop.sql(`UPDATE app_user SET role = 'MANAGER' WHERE email = 'bob@example.com'`);

    expect(job.rowErrors.nodes).toEqual([
      { row: 1000, field: 'line', code: 'INVALID_INPUT', value: '=1000' },
      { row: 2000, field: 'line', code: 'INVALID_INPUT', value: '=2000' },
      { row: 3000, field: 'line', code: 'INVALID_INPUT', value: '=3000' },
    ]);
    expect(job.rowErrors.pageInfo.hasNextPage).toBe(true);
    expect(report.headers.get('cache-control')).toContain('no-store');
    expect(text.trim().split('\r\n')).toHaveLength(11);
    expect(text).toContain("1000,line,'=1000,INVALID_INPUT,A round number.");
    // The permission of this kind of job is asked, beside who started it.
    expect(without.reportUrl).toBeNull();
  });

  it('is told when nobody has worked on it for minutes, by its being taken up', async () => {
    const id = await start({ rows: 300 }, bobId);
    // What was to enqueue it is lost.
    await shop.sql(`DELETE FROM outbox WHERE kind = 'job.requested'`);
    await shop.sql(
      `UPDATE long_job SET created_at = created_at - interval '10 minutes' WHERE status = 'QUEUED'`,
    );
    await shop.shop.jobs.find(({ job }) => job.queue === 'long-jobs.take-up')!.run({});
    await worker();

    expect(await ended(id)).toMatchObject({ status: 'SUCCEEDED', done: 300 });
  });
});
