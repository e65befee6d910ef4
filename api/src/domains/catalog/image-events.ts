import type { DomainEvent } from '../../platform/jobs/outbox.js';

/** The kinds of events that the jobs of images follow. */
export const IMAGE_EVENTS = {
  wanted: 'product-image.sizes-wanted',
  missing: 'product-image.sizes-missing',
  deleted: 'product-image.deleted',
} as const;

/** The sizes of an image are to be made; `time` tells one asking from the next. */
export function sizesWanted(imageId: string, time: string): DomainEvent {
  return event(IMAGE_EVENTS.wanted, imageId, time);
}

/** The list of sizes has gained some that an image does not have; `time` tells one asking from the next. */
export function sizesMissing(imageId: string, time: string): DomainEvent {
  return event(IMAGE_EVENTS.missing, imageId, time);
}

/** An image is gone from the gallery, and these files with it. */
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
