import { useClientHandle, useQuery } from '@urql/vue';
import { computed, ref } from 'vue';
import { useRouter } from 'vue-router';
import { messagesFor } from '../app/error-messages';
import { errorsOf } from '../app/user-errors';
import { ImportCreateDocument, ImportTypeDocument } from '../generated/imports/graphql';
import type { ImportKind } from '../generated/imports/graphql';
import { useLastData } from '../ui/useLastData';
import { sendFile } from './send-file';

/** What an import takes, and the sending of a file for it; then its page is opened. */
export function useImportStart(kind: () => ImportKind) {
  const { client } = useClientHandle();
  const router = useRouter();
  const query = useQuery({ query: ImportTypeDocument, variables: computed(() => ({ kind: kind() })) });
  const { kept, loading, failed } = useLastData(query);
  /** The name of the file that is on its way, and how much of it has arrived; null while there is none. */
  const sending = ref<{ name: string; share: number } | null>(null);
  const problem = ref('');

  async function send(file: Blob, filename: string): Promise<void> {
    if (sending.value) return;
    problem.value = '';
    sending.value = { name: filename, share: 0 };
    const opened = await open(file, filename);
    if (opened) await router.push({ name: 'import', params: { id: opened } });
    sending.value = null;
  }

  /** The id of the import whose file has arrived; null when something is wrong with it, which `problem` says. */
  async function open(file: Blob, filename: string): Promise<string | null> {
    const result = await client.mutation(ImportCreateDocument, {
      input: { kind: kind(), filename: filename.slice(-255), size: file.size },
    });
    const [first] = errorsOf(result, result.data?.importCreate.errors);
    const { import: run, upload } = result.data?.importCreate ?? {};
    if (first || !run || !upload) return refuse(first?.code ?? 'INTERNAL');
    const code = await sendFile(upload, file, (share) => {
      if (sending.value) sending.value = { name: filename, share };
    });
    return code === null ? run.id : refuse(code);
  }

  function refuse(code: string): null {
    problem.value = messagesFor({ code });
    return null;
  }

  const reload = (): void => void query.executeQuery({ requestPolicy: 'network-only' });
  const type = computed(() => kept.value?.importType ?? null);
  return { type, loading, failed, reload, sending, problem, send };
}
