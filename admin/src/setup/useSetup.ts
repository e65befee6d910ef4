import type { Client } from '@urql/core';
import { useClientHandle } from '@urql/vue';
import { computed, reactive, ref, watch } from 'vue';
import { useI18n } from 'vue-i18n';
import { renewClient } from '../app/client';
import { messagesFor } from '../app/error-messages';
import { signIn } from '../app/session';
import { errorsOf, type UserError } from '../app/user-errors';
import { ProductImageAddDocument, UploadCreateDocument } from '../generated/catalog/graphql';
import { SetupCompleteDocument, type LanguageCode } from '../generated/setup/graphql';
import { sendBytes } from '../media/send-bytes';
import { forgetSetup, keepSetup, keptSetup } from './kept-setup';
import { inputOf, STEPS, type SetupBegin, type SetupShop, type Step } from './setup-state';

/** The set-up at work: where one is, what is typed, and sending it. */
export function useSetup(token: string, begin: SetupBegin, shop: SetupShop) {
  const { locale } = useI18n();
  const { client } = useClientHandle();
  const state = reactive(keptSetup(token, begin));
  watch(state, () => keepSetup(token, state), { deep: true });
  const photo = ref<File | null>(null);
  const busy = ref(false);
  const problems = ref<readonly UserError[]>([]);
  const country = computed(() => begin.countries.find(({ code }) => code === state.shop.country));
  const currency = computed(() =>
    state.answered.includes('shop') ? (country.value?.currency ?? shop.currency) : shop.currency,
  );
  const place = computed(() => STEPS.indexOf(state.at));
  const isLast = computed(() => place.value === STEPS.length - 1);
  /** What was refused of the step that is shown, by its field. */
  const refused = computed(() =>
    Object.fromEntries(
      problems.value
        .filter(({ path }) => path?.[0] === state.at)
        .map((problem) => [problem.path?.[1] ?? '', messagesFor(problem)]),
    ),
  );
  const problem = computed(() => (problems.value[0] ? messagesFor(problems.value[0]) : ''));

  function go(step: Step | undefined): void {
    if (step) state.at = step;
  }

  /** The step is answered, or skipped; after the last one everything is sent. True when the shop is set up. */
  async function leave({ isSkipped }: { readonly isSkipped: boolean }): Promise<boolean> {
    state.answered = STEPS.filter((step) => (step === state.at ? !isSkipped : state.answered.includes(step)));
    problems.value = problems.value.filter(({ path }) => path?.[0] !== state.at);
    if (isLast.value) return send();
    go(STEPS[place.value + 1]);
    return false;
  }

  async function send(): Promise<boolean> {
    busy.value = true;
    const around = {
      ...{ token, language: locale.value.toUpperCase() as LanguageCode },
      ...{ country: country.value, currency: currency.value },
      // The name of the first product is written in it.
      defaultLanguage: (state.answered.includes('shop') && state.shop.languages[0]) || shop.defaultLanguage,
    };
    const input = inputOf(state, around);
    const result = await client.mutation(SetupCompleteDocument, { input });
    problems.value = errorsOf(result, result.data?.setupComplete.errors);
    const step = STEPS.find((one) => one === problems.value[0]?.path?.[0]);
    go(step);
    if (problems.value.length === 0) {
      const fresh = renewClient();
      // The account is new and asks for no code.
      ({ problems: problems.value } = await signIn(fresh, state.owner.email, state.owner.password));
      const { productId } = result.data?.setupComplete ?? {};
      // The product is there without its image too, which its page takes at any time.
      if (productId && photo.value) await sendPhoto(fresh, productId, photo.value);
      forgetSetup();
    }
    busy.value = false;
    return problems.value.length === 0;
  }

  return { state, photo, busy, problem, refused, country, currency, place, isLast, go, leave };
}

async function sendPhoto(client: Client, productId: string, file: File): Promise<void> {
  const created = await client.mutation(UploadCreateDocument, {
    input: { filename: file.name, contentType: file.type, size: file.size },
  });
  const target = created.data?.uploadCreate.upload;
  if (!target || !(await sendBytes(target, file, () => undefined))) return;
  await client.mutation(ProductImageAddDocument, { input: { productId, uploadId: target.id } });
}
