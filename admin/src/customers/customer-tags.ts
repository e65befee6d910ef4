import type { Client } from '@urql/core';
import { ref } from 'vue';
import { CustomerTagsDocument } from '../generated/customers/graphql';

/** The tags that customers have, for the filter of the list and for completing what is typed. */
export const customerTags = ref<readonly string[]>([]);

export async function readCustomerTags(client: Client): Promise<void> {
  const { data } = await client.query(CustomerTagsDocument, {}, { requestPolicy: 'network-only' });
  if (data) customerTags.value = data.customerTags;
}
