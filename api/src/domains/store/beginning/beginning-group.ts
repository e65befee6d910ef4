import { z } from 'zod';
import { defineSettings } from '../../../platform/settings-group.js';

/**
 * How the shop began: the demonstration's goods never come into one that began empty (`isOwn`, written once by `seed`). Such
 * a shop is closed to strangers until its owner opens it; any other is open from the start.
 */
export const beginningGroup = defineSettings(
  'beginning',
  z.object({ isOwn: z.boolean(), isOpen: z.boolean() }),
);
