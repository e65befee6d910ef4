/*
 * What the part of a plugin in the shop may import, as `@vitrine/storefront/plugin`: nothing else of the storefront is
 * promised to stay.
 *
 * docs/extend.md explains each part.
 */

// What it adds
export {
  defineStorefrontModule,
  storefrontSlot,
  type StorefrontModule,
  type StorefrontSlot,
  type StorefrontSlotName,
  type StorefrontSlots,
} from '../plugins/storefront-module';

// Words, links and values
export { useMessages } from '../plugins/PluginPart';
export { useLinks } from '../app/links';
export { usePageSettings } from '../app/settings';
export { useSession } from '../app/session';
export { formatMoney, type Money } from '../app/money';
export { formatMinorUnits } from '@vitrine/client/money';

// Reading and writing
export { useClientHandle } from '@urql/vue';
export { usePartQuery } from '../plugins/usePartQuery';
export { usePartErrors } from '../plugins/usePartErrors';
export { readCartAgain } from '../app/messages/cart-changes';

// Parts of pages
export { default as BaseButton } from '../ui/BaseButton.vue';
export { default as NoticeBox } from '../ui/NoticeBox.vue';
export { default as ErrorList } from '../ui/ErrorList.vue';
export { default as PriceTag } from '../ui/PriceTag.vue';
export { default as TextField } from '../ui/fields/TextField.vue';
export { default as TextArea } from '../ui/fields/TextArea.vue';
export { default as CheckField } from '../ui/fields/CheckField.vue';
export { default as SelectField } from '../ui/fields/SelectField.vue';
export { default as ChoiceCard } from '../ui/fields/ChoiceCard.vue';
