import type { Client } from '@urql/core';
import { onVersion } from '../app/seen-version';
import type { Answer } from '../app/useIntent';
import { DraftOrderCreateDocument, DraftOrderUpdateDocument } from '../generated/order-editing/graphql';
import type { DraftOrderInput } from '../generated/order-editing/graphql';

/** Writes a draft: a new one, or the saved one as it was when it was opened. */
export async function sendDraft(
  client: Client,
  saved: { id: string; version: number | null } | null,
  draft: DraftOrderInput,
  idempotencyKey: string,
): Promise<Answer & { id?: string }> {
  if (!saved) {
    const result = await client.mutation(DraftOrderCreateDocument, { input: { draft, idempotencyKey } });
    const answer = result.data?.draftOrderCreate;
    return { result, refusals: answer?.errors, id: answer?.order?.id };
  }
  return onVersion(saved.version, async (expectedVersion): Promise<Answer & { id?: string }> => {
    const result = await client.mutation(DraftOrderUpdateDocument, {
      input: { orderId: saved.id, expectedVersion, draft, idempotencyKey },
    });
    const answer = result.data?.draftOrderUpdate;
    return { result, refusals: answer?.errors, id: answer?.order?.id };
  });
}
