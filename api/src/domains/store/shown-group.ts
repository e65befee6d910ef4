import { actorOf, type RequestContext } from '../../platform/graphql/context.js';
import { asPayload } from '../../platform/graphql/payload.js';
import type { SettingsGroup } from '../../platform/settings-group.js';
import type { SettingsUpdateInput } from './settings.input.js';
import type { SettingsChange, SettingsService } from './settings.service.js';
import type { SettingsPayload } from './settings.type.js';

/** Changes one group with an input that has its fields, and shows all groups as they are then. */
export function updateGroup<T extends object>(
  settings: SettingsService,
  group: SettingsGroup<T>,
  {
    input,
    context,
    check,
  }: { input: SettingsUpdateInput & Partial<T>; context: RequestContext; check?: SettingsChange<T>['check'] },
): Promise<SettingsPayload> {
  return asPayload(
    input,
    async () => {
      const { expectedVersion = null, ...given } = input;
      const changes = Object.fromEntries(
        Object.entries(given).filter(([, value]) => value !== undefined),
      ) as Partial<T>;
      await settings.update(group, {
        ...{ changes, expectedVersion, actorId: actorOf(context) },
        ...(check && { check }),
      });
      return { settings: {} };
    },
    async () => ({ settings: {} }),
  );
}

/** A group as its type shows it. */
export async function shownGroup<T extends object>(settings: SettingsService, group: SettingsGroup<T>) {
  const { value, version, updatedAt } = await settings.stored(group);
  return { ...value, version, updatedAt };
}
