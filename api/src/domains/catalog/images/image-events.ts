import type { DomainEvent } from '../../../platform/jobs/outbox.js';

/** The kinds of events that the image jobs handle. */
export const IMAGE_EVENTS = {
  wanted: 'product-image.sizes-wanted',
  missing: 'product-image.sizes-missing',
  deleted: 'product-image.deleted',
} as const;

/** The sizes of an image must be made; `time` distinguishes repeated requests. */
export function sizesWanted(imageId: string, time: string): DomainEvent {
  return event(IMAGE_EVENTS.wanted, imageId, time);
}

/** The list of sizes has some that an image does not have; `time` distinguishes repeated requests. */
export function sizesMissing(imageId: string, time: string): DomainEvent {
  return event(IMAGE_EVENTS.missing, imageId, time);
}

/** An image was deleted from the gallery, and these files must be deleted. */
export function imageDeleted(
  imageId: string,
  keys: { originalKey: string | null; publicKeys: readonly string[] },
): DomainEvent {
  const { originalKey, publicKeys } = keys;
  return { ...event(IMAGE_EVENTS.deleted, imageId, 'once'), payload: { originalKey, publicKeys } };
}

function event(kind: string, aggregateId: string, time: string): DomainEvent {
  return { kind, aggregateId, dedupeKey: `${kind}/${aggregateId}/${time}` };
}
