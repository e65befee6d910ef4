import { h, inject, type VNode } from 'vue';
import { loadedSlotsKey } from './loaded-plugins';
import { PluginPart } from './PluginPart';
import type { StorefrontSlotName, StorefrontSlots } from './storefront-module';

interface SlotProps<Name extends StorefrontSlotName> {
  name: Name;
  context: StorefrontSlots[Name];
}

/** What plugins show at one place of a page. Without plugins the build leaves nothing of it but an empty component. */
export function PluginSlot<Name extends StorefrontSlotName>({
  name,
  context,
}: SlotProps<Name>): VNode[] | null {
  if (!__HAS_PLUGINS__) return null;
  const parts = inject(loadedSlotsKey, []).filter((part) => part.name === name);
  return parts.map((part, index) => h(PluginPart, { key: part.plugin + index, part, context }));
}
PluginSlot.props = ['name', 'context'];
