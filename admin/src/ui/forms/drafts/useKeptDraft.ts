import { onScopeDispose, ref, shallowRef } from 'vue';
import { useSession } from '../../../app/session';
import { dropDraft, keepDraft, keptDraft } from './kept-drafts';
import type { DraftPlace, KeptDraft, OpenAttempt } from './kept-drafts';

const AFTER_MS = 400;

/** Where unsaved input is kept: see `DraftPlace`; null keeps nothing. */
export type KeptUnder = () => Omit<DraftPlace, 'user'> | null;

/** Keeps the unsaved input of one form in the browser, shortly after the last letter and when the page is left. */
export function useKeptDraft(keptUnder: KeptUnder) {
  const { user } = useSession();
  /** When the input that was brought back was last changed; null when none was. */
  const broughtBack = ref<string | null>(null);
  /** A request that was sent and whose answer has not come: it is kept with what is typed, and like it. */
  const attempt = shallowRef<OpenAttempt | null>(null);
  let waiting: { place: DraftPlace; kept: KeptDraft } | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** What was kept when the form was opened: bringing it back makes it no younger. */
  let earlier: { text: string; at: string } | null = null;

  function place(): DraftPlace | null {
    const under = keptUnder();
    return under && user.value ? { user: user.value.id, ...under } : null;
  }

  function flush(): void {
    clearTimeout(timer);
    if (waiting) keepDraft(waiting.place, waiting.kept);
    waiting = null;
  }

  function drop(): void {
    clearTimeout(timer);
    attempt.value = null;
    waiting = null;
    const where = place();
    if (where) dropDraft(where);
  }

  /** Notes what the form holds now. Without an unsaved change and an open request nothing is kept. */
  function note(draft: unknown, base: unknown, isDirty: boolean): void {
    const where = place();
    if (!where) return;
    if (!isDirty && !attempt.value) return drop();
    const text = JSON.stringify(draft);
    const at = earlier?.text === text ? earlier.at : new Date().toISOString();
    waiting = { place: where, kept: { draft: JSON.parse(text), base, at, attempt: attempt.value } };
    clearTimeout(timer);
    timer = setTimeout(flush, AFTER_MS);
  }

  function read(): KeptDraft | null {
    const where = place();
    const found = where && keptDraft(where);
    earlier = found && { text: JSON.stringify(found.draft), at: found.at };
    return found;
  }

  window.addEventListener('pagehide', flush);
  onScopeDispose(() => {
    flush();
    window.removeEventListener('pagehide', flush);
  }, true);
  return { broughtBack, attempt, note, flush, read, drop };
}
