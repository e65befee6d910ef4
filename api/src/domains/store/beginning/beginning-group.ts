import { z } from 'zod';
import { defineSettings } from '../../../platform/settings-group.js';

/** How the shop began: the demonstration's goods never come into one that began empty. Written once, by `seed`. */
export const beginningGroup = defineSettings('beginning', z.object({ isOwn: z.boolean() }));
