import { z } from 'zod';
import { defineEvent } from '../../platform/jobs/define-event.js';

/** The aggregate is the page. */
export const pagePublished = defineEvent('page.published', {
  description: 'Buyers see another version of a page: staff published it, or its moment came.',
  payload: z.object({
    /** The name of a page that the shop has by itself; null for others. */
    key: z.string().nullable(),
    versionId: z.uuid(),
    /** Counts the versions of the page, from 1. */
    number: z.int(),
    publishedBy: z.uuid().nullable(),
  }),
  key: ({ aggregateId, payload: { versionId } }) => `page.published/${aggregateId}/${versionId}`,
});

/** The aggregate is the page. */
export const pageChanged = defineEvent('page.changed', {
  description: 'Staff made a page, archived it, took it back, or scheduled or unscheduled a version.',
  payload: z.object({
    change: z.enum(['CREATED', 'ARCHIVED', 'RESTORED', 'SCHEDULED', 'UNSCHEDULED']),
    /** The version number of the page's row after the change. */
    version: z.int(),
    changedBy: z.uuid(),
  }),
  key: ({ aggregateId, payload: { change, version } }) => `page.changed/${aggregateId}/${change}/${version}`,
});

/** The aggregate is the menu. */
export const menuChanged = defineEvent('menu.changed', {
  description: 'Staff changed the entries of a menu.',
  payload: z.object({
    code: z.enum(['HEADER', 'FOOTER']),
    /** The version number of the menu after the change. */
    version: z.int(),
    changedBy: z.uuid(),
  }),
  key: ({ aggregateId, payload: { version } }) => `menu.changed/${aggregateId}/${version}`,
});
