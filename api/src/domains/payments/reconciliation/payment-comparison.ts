import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ProviderName } from '../../../integrations/payments/port.js';
import { statement, t, type Database } from '../../../platform/database/database.js';

/** How far back a comparison goes at the most, for a provider that refuses one of the lists for ever. */
const LONGEST_MS = 90 * 86_400_000;

/** Until when the payments of a provider have been compared with ours. */
@Entity('payment_comparison')
export class PaymentComparisonEntity {
  @PrimaryColumn({ type: 'text' }) provider!: ProviderName;
  @Column({ type: 'timestamptz', name: 'compared_until' }) comparedUntil!: Date;
}

const comparedUntil = statement('payments.compared-until', {
  params: { name: t.text },
  row: { until: t.timestamp },
  sql: `SELECT compared_until AS until FROM payment_comparison WHERE provider = :name`,
});

export const recordComparison = statement('payments.record-comparison', {
  params: { name: t.text, until: t.timestamp },
  sql: `INSERT INTO payment_comparison (provider, compared_until) VALUES (:name, :until)
   ON CONFLICT (provider) DO UPDATE SET compared_until = EXCLUDED.compared_until`,
});

/** When the provider was last compared as a whole, at most 90 days before `now`; `now` if it never was. */
export async function lastComparison(database: Database, name: ProviderName, now: Date): Promise<Date> {
  const row = await database.row(comparedUntil, { name });
  const until = Math.min(row?.until.getTime() ?? Infinity, now.getTime());
  return new Date(Math.max(until, now.getTime() - LONGEST_MS));
}
