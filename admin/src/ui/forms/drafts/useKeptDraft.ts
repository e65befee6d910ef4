import { onScopeDispose, ref } from 'vue';
import { useSession } from '../../../app/session';
import { dropDraft, keepDraft, keptDraft, type DraftPlace, type KeptDraft } from './kept-drafts';

const AFTER_MS = 400;

/** Keeps the unsaved input of one form in the browser, shortly after the last letter and when the page is left. */
export function useKeptDraft(keptUnder: () => { form: string; object: string } | null) {
  const { user } = useSession();
  /** When the input that was brought back was last changed; null when none was. */
  const broughtBack = ref<string | null>(null);
  let waiting: { place: DraftPlace; kept: KeptDraft } | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

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
    waiting = null;
    const where = place();
    if (where) dropDraft(where);
  }

  /** Notes what the form holds now. Without an unsaved change nothing is kept. */
  function note(draft: unknown, base: unknown, isDirty: boolean): void {
    const where = place();
    if (!where) return;
    if (!isDirty) return drop();
    waiting = {
      place: where,
      kept: { draft: JSON.parse(JSON.stringify(draft)), base, at: new Date().toISOString() },
    };
    clearTimeout(timer);
    timer = setTimeout(flush, AFTER_MS);
  }

  function read(): KeptDraft | null {
    const where = place();
    return where && keptDraft(where);
  }

  window.addEventListener('pagehide', flush);
  onScopeDispose(() => {
    flush();
    window.removeEventListener('pagehide', flush);
  }, true);
  return { broughtBack, note, read, drop };
}
