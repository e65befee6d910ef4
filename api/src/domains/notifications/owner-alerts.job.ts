import { z } from 'zod';
import type { Clock } from '../../kernel/clock.js';
import { newId } from '../../kernel/ids.js';
import type { Language } from '../../kernel/languages.js';
import type { Logger } from '../../kernel/logger.js';
import { statement, type Database, t } from '../../platform/database/database.js';
import {
  defineJob,
  handleJob,
  on,
  type HandledJob,
  type Subscription,
} from '../../platform/jobs/define-job.js';
import type { EventType, JobEvent } from '../../platform/jobs/define-event.js';
import type { MailQueue } from './sending/mail-queue.js';
import type { OrderMailData } from './order-for-mail.js';
import { alertNamed, OWNER_ALERTS, type OwnerAlert, type Storm } from './owner-alerts.js';
import type { OwnerAlertModel } from './templates/mail-model.js';

export const ownerAlertJob = defineJob({
  queue: 'notifications.owner-alert',
  payload: z.object({
    alert: z.enum(OWNER_ALERTS),
    id: z.uuid(),
    aggregateId: z.uuid(),
    payload: z.record(z.string(), z.unknown()),
  }),
});

const recentAlerts = statement('notifications.recent-alerts', {
  params: { keyPrefix: t.text, dedupeKey: t.text, since: t.timestamp },
  row: { others: t.int, isKnown: t.boolean },
  sql: `SELECT count(*)::int AS others, coalesce(bool_or(dedupe_key = :dedupeKey), false) AS "isKnown"
   FROM email WHERE created_at > :since AND starts_with(dedupe_key, :keyPrefix)`,
});
/** Each event is counted once, however often its job runs; the first subjects are listed. */
const collectAlert = statement('notifications.collect-alert', {
  params: {
    id: t.uuid,
    dedupeKey: t.text,
    to: t.text,
    language: t.text,
    model: t.json<object>(),
    nextAttemptAt: t.timestamp,
    updatedAt: t.timestamp,
    seenId: t.text,
  },
  sql: `INSERT INTO email (id, dedupe_key, recipient, template, language, model, next_attempt_at, created_at, updated_at)
   VALUES (:id, :dedupeKey, :to, 'owner-alert', :language, :model::jsonb, :nextAttemptAt, :updatedAt, :updatedAt)
   ON CONFLICT (dedupe_key) DO UPDATE SET updated_at = :updatedAt, model = email.model || jsonb_build_object(
     'count', (email.model ->> 'count')::int + 1,
     'seen', email.model -> 'seen' || to_jsonb(:seenId::text),
     'detail', CASE WHEN (email.model ->> 'count')::int < 10
       THEN (email.model ->> 'detail') || ', ' || (EXCLUDED.model ->> 'detail') ELSE email.model ->> 'detail' END)
   WHERE email.status = 'QUEUED' AND NOT email.model -> 'seen' ? :seenId::text`,
});

/** Mails to the shop's owner. They belong to no order's timeline, hence a dedupe key of their own. */
export class OwnerAlerts {
  private isSilenceLogged = false;

  constructor(
    private readonly deps: {
      database: Database;
      mailQueue: MailQueue;
      details: OrderMailData;
      clock: Clock;
      logger: Logger;
    },
  ) {}

  /** One mail for each event, however often it is raised. */
  async raise(alert: OwnerAlert, { id, ...event }: JobEvent<Record<string, unknown>>): Promise<void> {
    const { mailQueue, details } = this.deps;
    const owner = await details.owner();
    if (!owner) return this.logSilence();
    const model = await details.ownerAlert(alert, event);
    if (!model) return;
    const dedupeKey = `owner:${alert}:${id}`;
    const now = this.deps.clock.now();
    const { storm } = alertNamed(alert);
    if (storm && (await this.isStorm(alert, dedupeKey, { storm, now })))
      return this.collect(owner, { ...model, id }, { storm, now });
    await mailQueue.queue({ dedupeKey, ...owner, template: 'owner-alert', model });
    await mailQueue.sendNow(dedupeKey);
  }

  /** Whether so many alerts of a kind were sent lately that further ones must be collected. */
  private async isStorm(
    alert: OwnerAlert,
    dedupeKey: string,
    { storm, now }: { storm: Storm; now: Date },
  ): Promise<boolean> {
    const since = new Date(now.getTime() - storm.slotMs);
    const found = await this.deps.database.row(recentAlerts, {
      keyPrefix: `owner:${alert}:`,
      dedupeKey,
      since,
    });
    return !found?.isKnown && (found?.others ?? 0) >= storm.most;
  }

  /** Collects further alerts of a kind into one mail, sent when the slot is over: their number, and the first ten. */
  private async collect(
    { to, language }: { to: string; language: Language },
    { id, ...model }: OwnerAlertModel & { readonly id: string },
    { storm: { slotMs }, now }: { storm: Storm; now: Date },
  ): Promise<void> {
    const slot = Math.floor(now.getTime() / slotMs) + 1;
    const digest = {
      ...model,
      alert: 'digest',
      about: model.alert,
      count: 1,
      amount: null,
      dueAt: null,
      lines: [],
    };
    await this.deps.database.count(collectAlert, {
      id: newId(),
      dedupeKey: `owner-digest:${model.alert}:${slot}`,
      to,
      language,
      model: { ...digest, detail: model.subject, seen: [id] },
      nextAttemptAt: new Date(slot * slotMs),
      updatedAt: now,
      seenId: id,
    });
  }

  private logSilence(): void {
    if (this.isSilenceLogged) return;
    this.isSilenceLogged = true;
    this.deps.logger.warn('Alerts have no recipient: name an owner (npm run owner) or set ADMIN_ALERT_EMAIL');
  }
}

/** May run twice: the event's own id lets one mail through. */
export function sendOwnerAlerts(alerts: OwnerAlerts): HandledJob {
  return handleJob(ownerAlertJob, ({ alert, ...event }) => alerts.raise(alert, event));
}

/** Alerts the owner of each event of this type. */
export const alertOn = (event: EventType<Record<string, unknown>>, alert: OwnerAlert): Subscription =>
  on(event, ownerAlertJob, ({ id, aggregateId, payload }) => ({ alert, id, aggregateId, payload }));

export const alertSubscriptions: Subscription[] = OWNER_ALERTS.flatMap((alert) => {
  const event = alertNamed(alert).on;
  return event ? [alertOn(event as EventType<Record<string, unknown>>, alert)] : [];
});
