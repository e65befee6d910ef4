import { beforeEach, describe, expect, it } from 'vitest';
import type { JobRowFragment } from '../generated/jobs/graphql';
import { useFollowedJobs } from './followed-jobs';
import { percentDone, toJobFilter } from './job-messages';

const job = (changes: Partial<JobRowFragment> = {}): JobRowFragment =>
  ({
    id: 'job_1',
    kind: 'ORDER_EXPORT',
    status: 'RUNNING',
    done: 10,
    total: 100,
    ...changes,
  }) as JobRowFragment;

describe('the jobs that staff follow', () => {
  const { jobs, inSight, open, chosen, follow, update, putAway, forget } = useFollowedJobs();
  beforeEach(() => jobs.value.forEach(({ id }) => forget(id)));

  it('stay in sight from page to page, and the one that was just started is open', () => {
    follow(job());
    update(job({ id: 'job_2' }));

    expect(jobs.value.map(({ id }) => id)).toEqual(['job_2', 'job_1']);
    expect(chosen.value?.id).toBe('job_1');
    expect(open.value).toHaveLength(2);
  });

  it('never take a step back when an answer was slow on its way', () => {
    follow(job({ done: 50 }));

    update(job({ done: 20 }));
    expect(jobs.value[0]?.done).toBe(50);
    update(job({ status: 'SUCCEEDED', done: 100 }));
    update(job({ status: 'RUNNING', done: 60 }));

    expect(jobs.value[0]).toMatchObject({ status: 'SUCCEEDED', done: 100 });
  });

  it('are put away by hand, and then not shown again', () => {
    follow(job({ status: 'SUCCEEDED' }));

    putAway('job_1');

    expect([jobs.value, chosen.value]).toEqual([[], null]);
  });

  it('can be put away while they are open, and come into sight again when they have ended', () => {
    follow(job({ id: 'job_3' }));

    putAway('job_3');
    update(job({ id: 'job_3', done: 20 }));
    expect(inSight.value).toEqual([]);
    expect(open.value).toHaveLength(1);
    update(job({ id: 'job_3', status: 'FAILED', done: 30 }));

    expect(inSight.value.map(({ id }) => id)).toEqual(['job_3']);
  });
});

describe('how much of a job is done', () => {
  it('is said in percent where its rows are known, and is never all before its end', () => {
    expect(percentDone(job({ done: 50 }))).toBe(50);
    expect(percentDone(job({ done: 100 }))).toBe(99);
    expect(percentDone(job({ total: null }))).toBeNull();
    expect(percentDone(job({ status: 'SUCCEEDED', total: null }))).toBe(100);
  });

  it('is listed for oneself, for some statuses, or for all', () => {
    expect(toJobFilter({ owner: [], status: [], kind: [] })).toEqual({});
    expect(toJobFilter({ owner: ['MINE'], status: ['FAILED', 'GONE'], kind: ['ORDER_EXPORT'] })).toEqual({
      mine: true,
      statuses: ['FAILED'],
      kinds: ['ORDER_EXPORT'],
    });
  });
});
