import { computed, ref, shallowRef } from 'vue';
import type { JobRowFragment } from '../generated/jobs/graphql';
import { isOpen } from './job-messages';

/** The jobs that this page load follows, newest first: those that the user started in it, and those still open at its start. */
const jobs = shallowRef<readonly JobRowFragment[]>([]);
/** Jobs that were put away while they are open: they come into sight again when they end. */
const putAwayOpen = ref<ReadonlySet<string>>(new Set());
const chosenId = ref<string | null>(null);

/** The newer of two states of one job: an answer that was slow on its way must not take a step back. */
function newer(before: JobRowFragment | undefined, now: JobRowFragment): JobRowFragment {
  if (!before) return now;
  if (!isOpen(before) && isOpen(now)) return before;
  return before.done > now.done ? before : now;
}

/** Long jobs of the user, followed across pages; the drawer and the notice of the shell show them. */
export function useFollowedJobs() {
  return {
    jobs,
    /** Those that the notices show. */
    inSight: computed(() => jobs.value.filter((job) => !isOpen(job) || !putAwayOpen.value.has(job.id))),
    open: computed(() => jobs.value.filter(isOpen)),
    /** The job that the drawer shows; null while it is closed. */
    chosen: computed(() => jobs.value.find(({ id }) => id === chosenId.value) ?? null),
    follow,
    update,
    putAway,
    forget,
    show: (id: string | null): void => void (chosenId.value = id),
  };
}

/** Follows a job from now on, and opens the drawer with it. */
function follow(job: JobRowFragment): void {
  update(job);
  chosenId.value = job.id;
}

/** Takes in how a job stands now. */
function update(job: JobRowFragment): void {
  const before = jobs.value.find(({ id }) => id === job.id);
  const now = newer(before, job);
  jobs.value = before ? jobs.value.map((one) => (one.id === job.id ? now : one)) : [now, ...jobs.value];
}

/** Takes a notice out of sight: for good when the job has ended, and until its end while it is open. */
function putAway(id: string): void {
  const job = jobs.value.find((one) => one.id === id);
  if (job && isOpen(job)) putAwayOpen.value = new Set([...putAwayOpen.value, id]);
  else forget(id);
}

/** No longer follows the job. */
function forget(id: string): void {
  jobs.value = jobs.value.filter((job) => job.id !== id);
  if (chosenId.value === id) chosenId.value = null;
}
