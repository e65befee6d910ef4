/*
 * What the part of a plugin in the admin may import, as `@vitrine/admin/plugin`: nothing else of the admin is promised to
 * stay. The components of the kit, such as `UButton`, stand in every template without an import.
 *
 * docs/extend.md explains each part.
 */

// What it adds
export {
  adminBulk,
  adminSlot,
  defineAdminModule,
  type AdminBulk,
  type AdminListName,
  type AdminModule,
  type AdminNavigation,
  type AdminRoute,
  type AdminSlot,
  type AdminSlotName,
  type AdminSlots,
} from '../plugins/admin-module';
export type { AdminPermission } from '../app/permissions';

// Words, and who is signed in
export { useMessages } from '../plugins/plugin-messages';
export { useSession } from '../app/session';
export { CONTENT_LANGUAGES } from '../app/content-languages';
export { languageName } from '@vitrine/client/languages';

// Reading and writing
export { useClientHandle, useQuery } from '@urql/vue';
export { usePluginIntent as useIntent } from '../plugins/usePluginIntent';
export { useDraft } from '../ui/forms/drafts/useDraft';
export { useLastData } from '../ui/useLastData';
export { onVersion } from '../app/seen-version';
export { formatMinorUnits } from '@vitrine/client/money';
export { parsePrice, priceText } from '../ui/money';
export { z } from 'zod';

// Lists and forms that are described: docs/admin-screens.md
export { defineList, wholeList, type ListDefinition } from '../ui/lists/define-list';
export * as cells from '../ui/lists/cells';
export { startBulk, type BulkAction, type BulkSelection } from '../ui/lists/selection/bulk-action';
export { listExport, type ListExport } from '../ui/lists/export/list-export';
export { default as ListPage } from '../ui/lists/ListPage.vue';
export { useRowDialog } from '../ui/lists/useRowDialog';
export { defineForm, type AskedPreview, type FormDefinition, type FormMoment } from '../ui/forms/define-form';
export type { FieldDefinition, FieldKind } from '../ui/forms/fields/field';
export {
  lines,
  money,
  optionalDay,
  optionalMoment,
  optionalMoney,
  optionalText,
  optionalWhole,
  requiredText,
} from '../ui/forms/fields/codecs';
export { translations } from '../ui/forms/fields/translations';
export { default as FormDialog } from '../ui/forms/FormDialog.vue';
export { default as InlineForm } from '../ui/forms/InlineForm.vue';

// Pages and their parts
export { default as AdminPage } from '../plugins/AdminPage.vue';
export { usePageTitle } from '../ui/usePageTitle';
export { default as SectionCard } from '../ui/SectionCard.vue';
export { default as ErrorPanel } from '../ui/ErrorPanel.vue';
export { default as ProblemAlerts } from '../ui/ProblemAlerts.vue';
export { default as DialogForm } from '../ui/forms/DialogForm.vue';
export { default as ConfirmDialog } from '../ui/forms/ConfirmDialog.vue';
export { default as ClashList } from '../ui/forms/drafts/ClashList.vue';
export { default as MoneyText } from '../ui/MoneyText.vue';
export { default as RelativeDate } from '../ui/RelativeDate.vue';
export { default as StatusDot } from '../ui/StatusDot.vue';
