import { useClientHandle } from '@urql/vue';
import { ref, watch, type Ref } from 'vue';
import { messagesFor } from '../../app/error-messages';
import { errorsOf } from '../../app/user-errors';
import { MissingTextsDocument, TranslationSaveDocument } from '../../generated/settings/graphql';
import type { LanguageCode, MissingTextsQuery } from '../../generated/settings/graphql';

export type MissingText = MissingTextsQuery['missingTexts']['nodes'][number];

/** A text that is being translated. */
export interface TextRow extends MissingText {
  readonly rowKey: string;
  draft: string;
  /** What was saved last; empty before. */
  saved: string;
  state: 'open' | 'saving' | 'saved' | 'failed';
  problem: string;
}

/** The texts of an area that a language lacks. Each is saved by itself, as soon as its field is left. */
export function useMissingTexts(
  language: Ref<LanguageCode>,
  area: Ref<string>,
  onSaved: (coverage: { area: string; total: number; written: number }) => void,
) {
  const handle = useClientHandle();
  const rows = ref<TextRow[]>([]);
  const loading = ref(false);
  const failed = ref(false);
  const endCursor = ref<string | null>(null);

  async function load(after: string | null): Promise<void> {
    if (!area.value) return;
    const [ofLanguage, ofArea] = [language.value, area.value];
    loading.value = true;
    const { data, error } = await handle.client.query(
      MissingTextsDocument,
      { language: ofLanguage, area: ofArea, after },
      { requestPolicy: 'network-only' },
    );
    // Another area was chosen meanwhile.
    if (ofLanguage !== language.value || ofArea !== area.value) return;
    loading.value = false;
    failed.value = error !== undefined;
    if (!data) return;
    const found = data.missingTexts.nodes.map((text) => ({
      ...text,
      rowKey: `${text.id} ${text.field}`,
      ...{ draft: '', saved: '', problem: '', state: 'open' as const },
    }));
    rows.value = after ? [...rows.value, ...found] : found;
    endCursor.value = data.missingTexts.endCursor ?? null;
  }

  /** Rows whose field was left again while what they said before is being saved. */
  const leftAgain = new Set<TextRow>();

  async function save(row: TextRow, at = { language: language.value, area: area.value }): Promise<void> {
    const text = row.draft.trim();
    if (row.state === 'saving') leftAgain.add(row);
    if (text === '' || text === row.saved || row.state === 'saving') return;
    row.state = 'saving';
    const { id, field } = row;
    const input = { ...at, id, field, text };
    const result = await handle.client.mutation(TranslationSaveDocument, { input });
    const [error] = errorsOf(result, result.data?.translationSave.errors);
    row.problem = error ? messagesFor(error) : '';
    row.state = error ? 'failed' : 'saved';
    if (!error) row.saved = text;
    const coverage = result.data?.translationSave.coverage;
    if (coverage) onSaved(coverage);
    if (leftAgain.delete(row)) await save(row, at);
  }

  watch(
    [language, area],
    () => {
      rows.value = [];
      endCursor.value = null;
      void load(null);
    },
    { immediate: true },
  );
  return {
    rows,
    loading,
    failed,
    endCursor,
    more: () => load(endCursor.value),
    reload: () => load(null),
    save,
  };
}
