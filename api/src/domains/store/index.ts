export { saveShopSetting, shopSetting } from './shop-settings.js';
