import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const ROOT = join(import.meta.dirname, '../../../..');
const filesIn = (...patterns: string[]): string[] =>
  patterns.flatMap((pattern) => globSync(pattern, { cwd: ROOT })).sort();
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');

/** Forms, and controls in which something is entered or chosen: those of the kit, and those of HTML. */
const FORMS = /<(form|UForm|EditForm|DialogForm)\b/;
const CONTROLS =
  /<(input|select|textarea|UInput\w*|UTextarea|USelect\w*|UCheckbox\w*|URadioGroup|USwitch|UEditor|UColorPicker|UFileUpload)\b/;

/** Pages with a layout of their own that draw all or a part of a form: its name, as `defineForm` says it. */
const OF_FORMS: Readonly<Record<string, string>> = {
  'admin/src/catalog/attributes/AttributeInput.vue': 'product',
  'admin/src/catalog/CategoryPicker.vue': 'product',
  'admin/src/catalog/ProductCreatePage.vue': 'product',
  'admin/src/catalog/ProductEditPage.vue': 'product',
  'admin/src/catalog/ProductOrganise.vue': 'product',
  'admin/src/catalog/ProductTexts.vue': 'product',
  'admin/src/catalog/variants/NewVariantCard.vue': 'product',
  'admin/src/catalog/variants/NewVariants.vue': 'product',
  'admin/src/catalog/variants/OptionEditor.vue': 'product',
  'admin/src/catalog/variants/VariantCard.vue': 'product',
  'admin/src/catalog/variants/VariantField.vue': 'product',
  'admin/src/catalog/variants/VariantImage.vue': 'product',
  'admin/src/categories/CategoryEditor.vue': 'category',
  'admin/src/content/pages/BlockEditor.vue': 'page-block',
  'admin/src/content/pages/CategoriesField.vue': 'page-block',
  'admin/src/content/pages/PageTextsEditor.vue': 'page',
  'admin/src/content/pages/TargetChoice.vue': 'page-block',
  'admin/src/content/seo/SeoHints.vue': 'product',
  'admin/src/imports/ImportMapping.vue': 'import-columns',
  'admin/src/inventory/StockAdjustDialog.vue': 'stock-count',
  'admin/src/media/MediaPanel.vue': 'media',
  'admin/src/order-editing/AddressFields.vue': 'draft-order',
  'admin/src/order-editing/DraftEditor.vue': 'draft-order',
  'admin/src/order-editing/EditableLine.vue': 'order-edit',
  'admin/src/order-editing/OrderEditPage.vue': 'order-edit',
  'admin/src/orders/actions/CancelOrderDialog.vue': 'order-cancel',
  'admin/src/orders/payments/RefundLines.vue': 'order-refund',
  'admin/src/orders/shipments/ShipmentDialog.vue': 'order-shipment',
  'admin/src/people/roles/PermissionPicker.vue': 'staff-role',
  'admin/src/returns/steps/ReturnReceiveDialog.vue': 'return-receive',
  'admin/src/settings/brand/ColorInput.vue': 'settings',
  'admin/src/settings/brand/ImageInput.vue': 'settings',
  'admin/src/settings/delivery/CountiesInput.vue': 'delivery-zone',
  'admin/src/settings/delivery/CountriesInput.vue': 'delivery-zone',
  'admin/src/settings/SettingsForm.vue': 'settings',
};

/** What is no form that is described, with the reason. */
const OTHERS: Readonly<Record<string, string>> = {
  'admin/src/catalog/images/ProductImages.vue':
    'a chosen file is sent at once: a browser does not keep files',
  'admin/src/catalog/images/ProductImageTile.vue':
    'the text about one picture is saved when its field is left, and stands as it was when that fails',
  'admin/src/imports/FileDrop.vue': 'a chosen file is sent at once: a browser does not keep files',
  'admin/src/inventory/locations/LocationField.vue':
    'a field of forms that are described, into which its choice goes',
  'admin/src/inventory/movements/ItemMovements.vue': 'narrows a list',
  'admin/src/media/MediaActions.vue': 'a chosen file is sent at once: a browser does not keep files',
  'admin/src/media/MediaListPage.vue': 'chosen files are sent at once: a browser does not keep files',
  'admin/src/media/MediaPicker.vue': 'a search, whose finds go into the form around it',
  'admin/src/order-editing/search/SearchPicker.vue': 'a search, whose finds go into the form around it',
  'admin/src/orders/CopyField.vue': 'shows a text to be copied',
  'admin/src/people/invitations/AcceptForm.vue':
    'nothing of a password may be kept: the next person at this computer would find it',
  'admin/src/setup/DeliveryStep.vue':
    'a step of the set-up, which nobody has an account for yet; the set-up keeps all but the password',
  'admin/src/setup/OwnerStep.vue':
    'a step of the set-up, which nobody has an account for yet; the set-up keeps all but the password',
  'admin/src/setup/ProductStep.vue':
    'a step of the set-up, which nobody has an account for yet; the set-up keeps all but the password',
  'admin/src/setup/SellerStep.vue':
    'a step of the set-up, which nobody has an account for yet; the set-up keeps all but the password',
  'admin/src/setup/ShopStep.vue':
    'a step of the set-up, which nobody has an account for yet; the set-up keeps all but the password',
  'admin/src/shell/ForgotPage.vue': 'nothing of a sign-in may be kept',
  'admin/src/settings/delivery/TryOutCard.vue': 'asks what buyers would see, and saves nothing',
  'admin/src/settings/languages/LanguagesPanel.vue': 'chooses a language, and adds it at once',
  'admin/src/settings/languages/TranslatePage.vue': 'chooses whose missing texts are shown',
  'admin/src/settings/languages/TranslateRow.vue':
    'each text is saved when its field is left, and stands as it was typed when that fails',
  'admin/src/settings/languages/WordList.vue':
    'each word is saved when its field is left, and stands as it was typed when that fails',
  'admin/src/settings/taxes/TaxesPage.vue': 'chooses the country and the day whose taxes are shown',
  'admin/src/shell/CodeForm.vue': 'nothing of a sign-in may be kept',
  'admin/src/shell/LoginPage.vue':
    'nothing of a sign-in may be kept: the next person at this computer would find it',
  'admin/src/shell/SessionDialog.vue': 'nothing of a sign-in may be kept',
  'admin/src/tags/TagsPage.vue': 'searches the tags that are shown',
  'admin/src/ui/lists/ListPager.vue': 'how much of a list is shown; the address keeps it',
  'admin/src/ui/lists/ListToolbar.vue': 'searches and sorts a list; the address keeps it',
  'admin/src/ui/lists/filters/FilterPanel.vue': 'narrows a list; the address keeps it',
  'admin/src/ui/lists/selection/ChooseBox.vue': 'chooses rows of a list',
};

/** What forms that are described are made of. */
const KIT = 'admin/src/ui/forms/';
const pages = filesIn('admin/src/**/*.vue', 'examples/*/admin/**/*.vue').filter(
  (file) => !file.startsWith(KIT),
);
const entered = pages.filter((file) => FORMS.test(read(file)) || CONTROLS.test(read(file)));

const sources = filesIn('admin/src/**/*.ts', 'examples/*/admin/**/*.ts').filter(
  (file) => !file.endsWith('.test.ts'),
);
const names = sources
  .map(read)
  .filter((text) => /\bdefineForm\b/.test(text))
  .flatMap((text) => [...text.matchAll(/\bname: '([a-z-]+)'/g)].map(([, name]) => name));

describe('everything that staff enter', () => {
  it('is in a form that is described, or is none for a reason', () => {
    expect(entered).toEqual([...Object.keys(OF_FORMS), ...Object.keys(OTHERS)].sort());
  });

  it.each(Object.entries(OF_FORMS))('%s draws the form "%s", which is described', (_file, form) => {
    expect(names).toContain(form);
  });

  it('is kept and merged by the forms alone: no page makes a draft of its own', () => {
    const own = [...pages, ...sources].filter(
      (file) => !file.startsWith(KIT) && /\buse(Draft|KeptDraft)\(/.test(read(file)),
    );
    expect(own).toEqual([]);
  });
});
