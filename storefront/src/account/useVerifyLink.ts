import { useMutation } from '@urql/vue';
import { ref, type Ref } from 'vue';
import { useErrorMessages } from '../app/messages/error-messages';
import { EmailVerifyResendDocument } from '../generated/account/graphql';

export interface VerifyLink {
  /** Whether a link was asked for; nothing tells whether there was one already. */
  readonly isSent: Ref<boolean>;
  readonly isSending: Ref<boolean>;
  readonly problems: Ref<string[]>;
  readonly send: () => Promise<void>;
}

/** Has another link mailed that shows whose mailbox it is. */
export function useVerifyLink(): VerifyLink {
  const { ofOutcome } = useErrorMessages();
  const { executeMutation, fetching } = useMutation(EmailVerifyResendDocument);
  const isSent = ref(false);
  const problems = ref<string[]>([]);

  async function send(): Promise<void> {
    const { data, error } = await executeMutation({});
    problems.value = ofOutcome(data?.emailVerifyResend.errors, error);
    isSent.value = problems.value.length === 0;
  }
  return { isSent, isSending: fetching, problems, send };
}
