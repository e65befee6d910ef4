import { newId } from '../../kernel/ids.js';
import type { Database } from '../../platform/database/database.js';
import type { Hooks } from '../../platform/hooks/hooks.js';
import type { Outbox } from '../../platform/jobs/outbox.js';
import { pluginFailed } from './plugin.events.js';

/** Alerts the owner of plugins that fail, in a transaction of its own: the one of the hook may be rolled back. */
export function alertOfPlugins(
  hooks: Hooks,
  { database, outbox }: { database: Database; outbox: Outbox },
): void {
  hooks.onFailed(async ({ plugin, hook, hour }) => {
    const event = pluginFailed(newId(), { plugin, hook }, String(hour));
    await database.transaction((tx) => outbox.append(tx, event));
    outbox.notifyRelay();
  });
}
