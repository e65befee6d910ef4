import type { DomainModule } from '../../platform/module.js';
import { PriceChangedError } from './pricing.errors.js';
import {
  CountryEntity,
  RegionEntity,
  ShippingMethodEntity,
  ShopSettingEntity,
  TaxRateEntity,
} from './reference.entity.js';

export const pricingModule: DomainModule = {
  entities: [ShopSettingEntity, RegionEntity, CountryEntity, TaxRateEntity, ShippingMethodEntity],
  resolvers: [],
  orphanedTypes: [PriceChangedError],
};
