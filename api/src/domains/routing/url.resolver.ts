import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { Language } from '../../kernel/languages.js';
import { Public } from '../../platform/graphql/auth-directive.js';
import type { RequestContext } from '../../platform/graphql/context.js';
import { Node, NODE_TYPE } from '../../platform/graphql/node.type.js';
import { asUrl, inLanguage, type LocalPath } from './paths.js';
import type { FoundUrl, UrlResolver } from './url-resolver.service.js';
import { ResolvedUrl, UrlAlternate } from './url.type.js';

@Resolver(() => ResolvedUrl)
export class UrlGraphqlResolver {
  constructor(
    private readonly urls: UrlResolver,
    private readonly languages: () => Promise<{
      readonly offered: readonly Language[];
      readonly rootLanguage: Language;
    }>,
  ) {}

  @Public()
  @Query(() => ResolvedUrl, {
    nullable: true,
    description:
      'What is at a path of the storefront: by a present slug, a former one, a redirect of exactly this path, one of the longest prefix, in this order. Null when there is nothing.',
  })
  urlResolve(
    @Arg('path', () => String, { description: 'A path with its language, such as /en/p/blue-mug.' })
    path: string,
  ): Promise<object | null> {
    return this.urls.resolve(path);
  }

  @FieldResolver(() => Node, { nullable: true })
  async entity(@Root() { kind, entityId }: FoundUrl, @Ctx() context: RequestContext): Promise<object | null> {
    const entity = kind && entityId ? await kind.find(entityId, context) : null;
    return entity && { ...entity, [NODE_TYPE]: kind?.type };
  }

  @FieldResolver(() => String, { nullable: true })
  redirectTo(@Root() { redirectTo }: FoundUrl): string | null {
    return redirectTo && asUrl(redirectTo);
  }

  @FieldResolver(() => String, { nullable: true })
  async canonical(@Root() { bare, language }: FoundUrl): Promise<string | null> {
    return bare && urlOf({ language, bare }, (await this.languages()).rootLanguage);
  }

  @FieldResolver(() => [UrlAlternate])
  async alternates(@Root() { bare, bareIn }: FoundUrl): Promise<UrlAlternate[]> {
    if (!bare) return [];
    const { offered, rootLanguage } = await this.languages();
    return offered.map((language) => ({
      language,
      path: urlOf({ language, bare: bareIn?.(language) ?? bare }, rootLanguage),
    }));
  }
}

const urlOf = (path: LocalPath, rootLanguage: Language): string => asUrl(inLanguage(path, rootLanguage));
