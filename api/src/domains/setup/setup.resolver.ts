import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver } from 'type-graphql';
import { localized } from '../../kernel/languages.js';
import { globalId } from '../../kernel/ids.js';
import type { Database } from '../../platform/database/database.js';
import { Public } from '../../platform/graphql/auth-directive.js';
import type { RequestContext } from '../../platform/graphql/context.js';
import { UserErrors } from '../../platform/graphql/errors/user-errors-of.js';
import { Cost } from '../../platform/graphql/limits/cost-directives.js';
import { asPayload } from '../../platform/graphql/payload.js';
import type { CatalogLookup } from '../catalog/index.js';
import { Shop } from '../checkout/index.js';
import { attemptsFrom, type RateLimiter } from '../identity/index.js';
import { regionalGroup, type SettingsService } from '../store/index.js';
import { COUNTRIES } from './country-defaults.js';
import { openUntil } from './setup-links.js';
import { SetupCompleteInput } from './setup.input.js';
import type { SetupService } from './setup.service.js';
import type { SetupState } from './setup-state.js';
import { Setup, SetupCompletePayload } from './setup.type.js';

interface Deps {
  readonly database: Database;
  readonly settings: Pick<SettingsService, 'get'>;
  readonly reference: CatalogLookup;
  readonly limiter: RateLimiter;
  readonly state: SetupState;
  readonly setup: SetupService;
}

@Resolver(() => Shop)
export class SetupResolver {
  constructor(private readonly deps: Deps) {}

  @FieldResolver(() => Boolean, {
    description:
      'Whether nobody owns it yet: its set-up waits for who has the link that its start has printed.',
  })
  setupRequired(): Promise<boolean> {
    return this.deps.state.isRequired();
  }

  @Public()
  @Cost(20)
  @Query(() => Setup, {
    nullable: true,
    description:
      'What the set-up begins with; null when the link opens nothing, and once the shop is set up.',
  })
  async setup(
    @Arg('token', () => String, { description: 'The token of the link that the start has printed.' })
    token: string,
    @Ctx() { language, defaultLanguage, ip }: RequestContext,
  ): Promise<Setup | null> {
    await this.limit(ip);
    const { database, settings, reference } = this.deps;
    const expiresAt = await openUntil(database, token);
    if (!expiresAt) return null;
    const { homeCountry: country } = await settings.get(regionalGroup);
    const { roots } = await reference.get();
    const all = roots.flatMap((root) => [root, ...root.children]);
    const categories = all.map(({ name }) => localized(name, language, defaultLanguage) ?? '');
    return { expiresAt, country, countries: COUNTRIES, categories };
  }

  @Public()
  @Cost(100)
  @UserErrors(
    ...(['SETUP_TOKEN_INVALID', 'ALREADY_SET_UP', 'EMAIL_TAKEN', 'WEAK_PASSWORD'] as const),
    ...(['STAFF_PASSWORD_TOO_SHORT', 'INVALID_COUNTRY', 'DEFAULT_LANGUAGE_INCOMPLETE'] as const),
  )
  @Mutation(() => SetupCompletePayload, {
    description:
      'Sets up a shop that nobody owns: its owner, name and place, seller, delivery and first product, all of it or nothing.',
  })
  setupComplete(
    @Arg('input', () => SetupCompleteInput, { description: 'The set-up.' }) input: SetupCompleteInput,
    @Ctx() { requestId, ip }: RequestContext,
  ): Promise<SetupCompletePayload> {
    return asPayload(input, async () => {
      await this.limit(ip);
      const productId = await this.deps.setup.complete(input, requestId);
      return { ok: true, productId: productId && globalId('prod', productId) };
    });
  }

  private limit(ip: string): Promise<void> {
    const allowance = { burst: 30, everySeconds: 20 };
    return this.deps.limiter.consume(...attemptsFrom(ip, { action: 'set-up', allowance }));
  }
}
