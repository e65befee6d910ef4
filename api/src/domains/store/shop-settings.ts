import { statement, type Querying, t } from '../../platform/database/database.js';

/** Settings of the shop that SQL reads, by their key in `shop_setting`. */
export type ShopSettingKey = 'low_stock_threshold' | 'default_language';

const save = statement('store.save-setting', {
  params: { key: t.text, value: t.json<unknown>() },
  sql: `INSERT INTO shop_setting (key, value) VALUES (:key, :value::jsonb) ON CONFLICT (key) DO UPDATE SET value = excluded.value`,
});

/** The value as SQL of the given type; `otherwise` if none was saved. */
export function shopSetting(key: ShopSettingKey, type: 'int', otherwise: number): string {
  return `coalesce((SELECT value::${type} FROM shop_setting WHERE key = '${key}'), ${otherwise})`;
}

export async function saveShopSetting(tx: Querying, key: ShopSettingKey, value: unknown): Promise<void> {
  await tx.count(save, { key, value });
}
