import { globalId } from '../../kernel/ids.js';
import { localized, type Language, type LocalizedText } from '../../kernel/languages.js';
import { money } from '../../kernel/money.js';
import { statement, type Database, t } from '../../platform/database/database.js';
import { languagesGroup, type SettingsService } from '../store/index.js';
import type { EventIds } from './order-for-mail.js';
import type { OwnerAlertModel } from './templates/mail-model.js';
import { alertNamed, type AlertRow, type OwnerAlert } from './owner-alerts.js';

export interface OwnerAlertDataDeps {
  readonly database: Database;
  /** The URL of the admin: `https://api.shop.example/admin`. */
  readonly adminUrl: string;
  /** ADMIN_ALERT_EMAIL: receives all alerts while no account owns the shop. */
  readonly alertTo: string | null;
  readonly settings: Pick<SettingsService, 'get'>;
}

const owner = statement('notifications.owner', {
  row: { to: t.text, language: t.textOf<Language>() },
  sql: `SELECT email AS "to", language FROM app_user WHERE role = 'OWNER'`,
});
/** Loads the data of alerts, and finds the owner. */
export class OwnerAlertData {
  constructor(private readonly deps: OwnerAlertDataDeps) {}

  async owner(): Promise<{ to: string; language: Language } | null> {
    const account = await this.deps.database.row(owner);
    if (account) return account;
    const { alertTo } = this.deps;
    return alertTo ? { to: alertTo, language: await this.language() } : null;
  }

  async find(alert: OwnerAlert, { aggregateId, payload }: EventIds): Promise<OwnerAlertModel | null> {
    const { about, query } = alertNamed(alert);
    const id = String(payload[about ?? ''] ?? aggregateId);
    const row = await this.deps.database.row(query, { id });
    if (!row) return null;
    const amount = row.amount ?? (payload['amount'] as number | undefined);
    const currency = row.currency ?? (payload['currency'] as string | undefined);
    return {
      alert,
      ...this.describe(alert, row, { payload, language: await this.language() }),
      amount: amount != null && currency ? money(amount, currency) : null,
      dueAt: row.dueAt?.toISOString() ?? null,
      lines: (row.lines ?? []).map((line) => ({ ...line, total: money(line.total, currency ?? '') })),
      link: this.page(alert, row.pageId ?? null),
    };
  }

  private async language(): Promise<Language> {
    return (await this.deps.settings.get(languagesGroup)).defaultLanguage;
  }

  private describe(
    alert: OwnerAlert,
    { subject, detail, count }: AlertRow,
    { payload, language }: { payload: EventIds['payload']; language: Language },
  ): Pick<OwnerAlertModel, 'subject' | 'detail' | 'count'> {
    if (alert === 'stock-held-unpaid')
      return {
        subject: String(subject ?? ''),
        detail: String(payload['percent'] ?? ''),
        count: Number(payload['units'] ?? 0),
      };
    if (alert !== 'stock-low')
      return {
        subject: String(subject ?? payload['reference'] ?? payload['provider'] ?? payload['plugin'] ?? ''),
        detail: detail ?? ((payload['because'] ?? payload['hook']) as string | undefined) ?? null,
        count: count ?? (payload['count'] as number | undefined) ?? null,
      };
    const name = localized(subject as LocalizedText, language, language) ?? '';
    return {
      subject: `${name} (${detail ?? ''})`,
      detail: String(payload['threshold'] ?? ''),
      count: Number(payload['available'] ?? 0),
    };
  }

  private page(alert: OwnerAlert, id: string | null): string {
    const [path, prefix] = alertNamed(alert).page;
    return `${this.deps.adminUrl}/${path}${prefix && id ? `/${globalId(prefix, id)}` : ''}`;
  }
}
