import type { Client } from '@urql/core';
import { onVersion } from '../app/seen-version';
import type { Answer } from '../app/useIntent';
import { DraftOrderCreateDocument, DraftOrderUpdateDocument } from '../generated/order-editing/graphql';
import type { DraftOrderInput } from '../generated/order-editing/graphql';

/** Creates a draft, or updates the saved one with the version that was read. */
export async function sendDraft(
  client: Client,
  saved: { id: string; version: number | null } | null,
  draft: DraftOrderInput,
  idempotencyKey: string,
): Promise<Answer & { id?: string }> {
  if (!saved) {
    const result = await client.mutation(DraftOrderCreateDocument, { input: { draft, idempotencyKey } });
    const answer = result.data?.draftOrderCreate;
    return { result, userErrors: answer?.errors, id: answer?.order?.id };
  }
  return onVersion(saved.version, async (expectedVersion): Promise<Answer & { id?: string }> => {
    const result = await client.mutation(DraftOrderUpdateDocument, {
      input: { orderId: saved.id, expectedVersion, draft, idempotencyKey },
    });
    const answer = result.data?.draftOrderUpdate;
    return { result, userErrors: answer?.errors, id: answer?.order?.id };
  });
}
