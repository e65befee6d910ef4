import { defineOrderEvent } from '../orders/index.js';

export const orderEdited = defineOrderEvent('order.edited', {
  description: 'An edit of a placed order took effect.',
  key: (_event, editId: string) => `order.edited:${editId}`,
});

export const orderEditProposed = defineOrderEvent('order.edit-proposed', {
  description: 'An edit of an order waits for its payment, and its buyer gets the link.',
  key: (_event, editId: string) => `order.edit-proposed:${editId}`,
});

export const draftSent = defineOrderEvent('draft.sent', {
  description: 'The link to pay a draft was sent to its buyer.',
});

export const orderEditingEvents = [orderEdited, orderEditProposed, draftSent];
