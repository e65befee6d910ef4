export { saveShopSetting, shopSetting, type ShopSettingKey } from './shop-settings.js';
