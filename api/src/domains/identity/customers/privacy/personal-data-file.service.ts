import type { FastifyInstance } from 'fastify';
import type { Clock } from '../../../../kernel/clock.js';
import type { SecurityLog } from '../../../../kernel/security-log.js';
import { SessionTokens } from '../../../../kernel/tokens.js';
import { recordRequest } from '../../../../platform/audit/record-request.js';
import { statement, t, type Database } from '../../../../platform/database/database.js';
import type { Viewer } from '../../../../platform/graphql/context.js';
import type { Person, PersonalData } from '../../../../platform/personal-data/define-personal-data.js';
import { viewerOfSession } from '../../sign-in/live-session.js';
import type { PasswordService } from '../../sign-in/password.service.js';
import type { RateLimiter } from '../../sign-in/rate-limiter.js';
import { lockCustomer } from '../upkeep/customer-upkeep.service.js';

/** For how long the address of a file is good. */
export const FILE_MINUTES = 15;

const personOfCustomer = statement('identity.person-of-customer', {
  params: { customerId: t.uuid },
  row: { knownAs: t.uuids, userId: t.uuid.orNull },
  sql: `WITH RECURSIVE same AS (
     SELECT id, user_id FROM customer WHERE id = :customerId
     UNION SELECT c.id, NULL FROM customer c JOIN same ON c.merged_into = same.id)
   SELECT array_agg(id) AS "knownAs", (array_agg(user_id) FILTER (WHERE user_id IS NOT NULL))[1] AS "userId"
   FROM same HAVING count(*) > 0`,
});

export interface PersonalDataFileDeps {
  readonly database: Database;
  readonly limiter: RateLimiter;
  readonly passwords: Pick<PasswordService, 'confirm'>;
  readonly securityLog: SecurityLog;
  readonly clock: Clock;
  readonly secret: string;
  /** Of all modules. */
  readonly definitions: readonly PersonalData[];
}

export interface FileLink {
  /** Below the address of the API. */
  readonly url: string;
  readonly expiresAt: Date;
}

/**
 * The file with what the shop knows about a person: everything that its modules declare with `definePersonalData`.
 *
 * It is written while it is downloaded, so no copy of it waits anywhere. Its address is signed, for one session and a
 * quarter of an hour: whoever finds it in a history or a log reads nothing with it once the session has ended.
 */
export class PersonalDataFile {
  private readonly tokens: SessionTokens;

  constructor(private readonly deps: PersonalDataFileDeps) {
    this.tokens = new SessionTokens(deps.secret, 'personal-data');
  }

  /** Of a customer, for staff to hand over. The audit log has who asked. @throws NotFoundError */
  async ofCustomer(viewer: Viewer, customerId: string): Promise<FileLink> {
    await this.deps.database.transaction(async (tx) => {
      await lockCustomer(tx, customerId, null);
      await recordRequest(tx, { record: 'customer', entityType: 'Customer', entityId: customerId });
    });
    this.deps.securityLog.record('data-exported', { accountId: viewer.userId, what: 'customer' });
    return this.link(viewer, customerId);
  }

  /** Of the caller, who gives the password again. @throws InvalidCredentialsError | GraphQLError RATE_LIMITED */
  async ofAccount(viewer: Viewer, password: string): Promise<FileLink> {
    const { limiter, passwords, securityLog } = this.deps;
    await limiter.consume({
      ...{ action: 'account-export', by: viewer.userId, allowance: { burst: 5, everySeconds: 720 } },
    });
    await passwords.confirm(viewer, password, 'password');
    securityLog.record('data-exported', { accountId: viewer.userId, what: 'account' });
    return this.link(viewer, viewer.userId);
  }

  /** GET /documents/personal-data/:token */
  readonly routes = async (app: FastifyInstance): Promise<void> => {
    app.get<{ Params: { token: string } }>('/documents/personal-data/:token', async (request, reply) => {
      void reply.headers({
        'cache-control': 'private, no-store',
        'x-robots-tag': 'noindex',
        'referrer-policy': 'no-referrer',
      });
      const content = await this.read(request.params.token);
      if (content === null)
        return reply.code(404).send({ message: 'This address is not good, or not any more.' });
      const name = `personal-data-${this.deps.clock.now().toISOString().slice(0, 10)}.json`;
      return reply
        .headers({
          'content-type': 'application/json; charset=utf-8',
          'content-disposition': `attachment; filename="${name}"`,
        })
        .send(content);
    });
  };

  private link({ sessionId }: Viewer, id: string): FileLink {
    const expiresAt = new Date(this.deps.clock.now().getTime() + FILE_MINUTES * 60_000);
    return { url: `/documents/personal-data/${this.tokens.sign(id, sessionId, expiresAt)}`, expiresAt };
  }

  /** Null for an address that is not good, or whose session may not read it any more. */
  private async read(token: string): Promise<string | null> {
    const { database, definitions, clock } = this.deps;
    const opened = this.tokens.open(token, clock.now());
    const viewer = opened && (await viewerOfSession(database, opened.sessionId));
    const person = viewer && (await this.personFor(viewer, opened.id));
    if (!person) return null;
    const file: Record<string, unknown> = { exportedAt: clock.now().toISOString() };
    for (const { inFile } of definitions)
      if (inFile) file[inFile.name] = (await database.rows(inFile.rows, person)).map(({ data }) => data);
    return JSON.stringify(file, null, 2);
  }

  private async personFor(viewer: Viewer, id: string): Promise<Person | null> {
    if (viewer.userId === id) return { knownAs: [], userId: id };
    if (!viewer.permissions.has('CUSTOMER_EXPORT')) return null;
    return this.deps.database.row(personOfCustomer, { customerId: id });
  }
}
