export { beginningGroup } from './beginning/beginning-group.js';
export { assertOffered, languagesGroup } from './languages/languages-group.js';
export type { ShopWords } from './languages/shop-words.js';
export { pageLinks, type PageLinks } from './languages/page-links.js';
export { regionalGroup, STORED_CURRENCY, STORED_HOME } from './regional-group.js';
export {
  contactGroup,
  holdsGroup,
  isNobody,
  returnsGroup,
  sellerGroup,
  shopGroup,
  type Seller,
} from './settings-groups.js';
export { brandColors } from './brand/brand-colors.js';
export {
  BRAND_IMAGES,
  brandGroup,
  type Brand,
  type BrandImage,
  type BrandImageField,
} from './brand/brand-group.js';
export { BrandColorsType, ShopBrand, shownBrand } from './brand/brand.type.js';
export { holidayGroup, isClosed, type Holiday } from './holiday/holiday-group.js';
export { chargesTax, taxGroup, writtenMention, type TaxRegistration } from './tax/tax-group.js';
export { ShopHoliday, shownHoliday } from './holiday/holiday.type.js';
export { shownGroup, updateGroup } from './shown-group.js';
export { SettingsUpdateInput } from './settings.input.js';
export {
  RegionalSettings,
  Settings,
  settingsOf,
  SettingsPayload,
  ShopContact,
  ShopSeller,
} from './settings.type.js';
export { saveShopSetting, shopSetting } from './shop-settings.js';
export { settingsChanged } from './store.events.js';
export type { SettingsService } from './settings.service.js';
export { missingFields, type IntegrationState } from './integrations/integration-state.js';
export type { IntegrationStore } from './integrations/integration-store.js';
export { KeyRing, type KeySource } from './integrations/key-ring.js';
export { SealedValues } from './integrations/sealed-values.js';
