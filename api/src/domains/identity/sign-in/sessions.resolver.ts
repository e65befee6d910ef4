import { Arg, Ctx, Field, ID, InputType, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import { requireId } from '../../../kernel/require-id.js';
import { NotFoundError } from '../../../kernel/errors.js';
import { statement, t, type ValuesOf } from '../../../platform/database/database.js';
import { Auth } from '../../../platform/graphql/auth-directive.js';
import type { RequestContext, Viewer } from '../../../platform/graphql/context.js';
import { Derived, GLOBAL_ID } from '../../../platform/graphql/derived.js';
import { globalId } from '../../../kernel/ids.js';
import { ListSize } from '../../../platform/graphql/limits/cost-directives.js';
import { ActionPayload, asPayload } from '../../../platform/graphql/payload.js';
import { Role } from '../../../platform/graphql/roles.js';
import { DateTime } from '../../../platform/graphql/scalars.js';
import { deviceOf } from './device.js';
import type { SessionService } from './session.service.js';

const SESSION_ROW = {
  ...{ id: t.uuid, userAgent: t.text.orNull, network: t.text.orNull, createdAt: t.timestamp },
  ...{ lastSeenAt: t.timestamp, expiresAt: t.timestamp },
};
type SessionRow = ValuesOf<typeof SESSION_ROW>;
const sessionsOf = statement('identity.sessions-of', {
  params: { userId: t.uuid },
  row: SESSION_ROW,
  sql: `SELECT id, user_agent AS "userAgent", network, created_at AS "createdAt", rotated_at AS "lastSeenAt", expires_at AS "expiresAt"
   FROM user_session WHERE user_id = :userId AND revoked_at IS NULL AND expires_at > now()
   ORDER BY rotated_at DESC, id LIMIT 100`,
});

@ObjectType({ description: 'A device on which the account is signed in.', simpleResolvers: true })
export class Session {
  @Derived<SessionRow>(() => ID, ({ id }) => globalId('sess', id), { description: GLOBAL_ID })
  id!: string;

  @Derived<SessionRow>(() => String, ({ userAgent }) => deviceOf(userAgent).browser, {
    nullable: true,
    description: 'The browser, such as Firefox; null for an app and for one that does not say.',
  })
  browser!: string | null;

  @Derived<SessionRow>(() => String, ({ userAgent }) => deviceOf(userAgent).system, {
    nullable: true,
    description: 'The system, such as Android; null when it is not known.',
  })
  system!: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The network from which it signed in, without the part that names a device; null for an older session.',
  })
  network!: string | null;

  @Derived<SessionRow>(() => Boolean, ({ id }, { viewer }) => viewer?.sessionId === id, {
    description: 'Whether this request comes from it.',
  })
  isCurrent!: never;

  @Field(() => DateTime, { description: 'When it signed in.' })
  createdAt!: Date;

  @Field(() => DateTime, { description: 'When it was seen last, to within the life of an access token.' })
  lastSeenAt!: Date;

  @Field(() => DateTime, { description: 'When it is signed out unless it is used.' })
  expiresAt!: Date;
}

@InputType({ description: 'A device to be signed out.' })
export class SessionRevokeInput {
  @Field(() => ID, { description: 'The session.' })
  sessionId!: string;
}

@Resolver()
export class SessionsResolver {
  constructor(private readonly sessions: SessionService) {}

  @Auth(Role.CUSTOMER)
  @ListSize(10)
  @Query(() => [Session], {
    description: 'Where the account is signed in, the device that was seen last first. At most 100.',
  })
  mySessions(@Ctx() { database, viewer }: RequestContext): Promise<SessionRow[]> {
    return database.rows(sessionsOf, { userId: (viewer as Viewer).userId });
  }

  @Auth(Role.CUSTOMER)
  @Mutation(() => ActionPayload, {
    description: 'Signs a device of the caller out; its access token is refused from now on.',
  })
  sessionRevoke(
    @Arg('input', () => SessionRevokeInput, { description: 'Which.' }) input: SessionRevokeInput,
    @Ctx() { viewer }: RequestContext,
  ): Promise<ActionPayload> {
    return asPayload(input, async () => {
      const id = requireId('sess', input.sessionId, 'session', 'sessionId');
      if (!(await this.sessions.revokeOwn((viewer as Viewer).userId, id)))
        throw new NotFoundError('session', ['sessionId']);
      return { ok: true };
    });
  }

  @Auth(Role.CUSTOMER)
  @Mutation(() => ActionPayload, {
    description: 'Signs the caller out everywhere but on this device. A repeat has no further effect.',
  })
  sessionsRevokeOthers(@Ctx() { viewer }: RequestContext): Promise<ActionPayload> {
    return asPayload(null, async () => {
      await this.sessions.revokeOthersOf(viewer as Viewer);
      return { ok: true };
    });
  }
}
