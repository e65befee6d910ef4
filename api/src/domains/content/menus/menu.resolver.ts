import { Arg, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { assertPermission, Auth, Public } from '../../../platform/graphql/auth-directive.js';
import type { RequestContext } from '../../../platform/graphql/context.js';
import { ListSize } from '../../../platform/graphql/limits/cost-directives.js';
import { asPayload } from '../../../platform/graphql/payload.js';
import { Role } from '../../../platform/graphql/roles.js';
import type { HeldMenu, MenuLookup } from './menu-lookup.js';
import { MenuCode } from './menu.entity.js';
import { MenuUpdateInput } from './menu.input.js';
import type { MenuService } from './menu.service.js';
import { Menu, MenuPayload } from './menu.type.js';

/** The menus of header and footer: what buyers see of them, and how staff keep them. */
@Resolver(() => Menu)
export class MenuResolver {
  constructor(
    private readonly lookup: MenuLookup,
    private readonly menus: MenuService,
  ) {}

  @Public()
  @Query(() => Menu, { nullable: true, description: 'A menu of the shop; null where the shop has none.' })
  menu(
    @Arg('code', () => MenuCode, { description: 'Where it stands.' }) code: MenuCode,
  ): Promise<object | null> {
    return this.lookup.byCode(code);
  }

  @Auth(Role.SUPPORT, 'CONTENT_READ')
  @ListSize(2)
  @Query(() => [Menu], { description: 'The menus of the shop.' })
  async staffMenus(): Promise<readonly object[]> {
    return this.lookup.all();
  }

  @Auth(Role.MANAGER, 'CONTENT_WRITE')
  @Mutation(() => MenuPayload, { description: 'Replaces the entries of a menu; buyers see them at once.' })
  menuUpdate(
    @Arg('input', () => MenuUpdateInput, { description: 'The menu.' }) input: MenuUpdateInput,
    @Ctx() { viewer }: RequestContext,
  ): Promise<object> {
    const now = async () => ({ menu: await this.lookup.byCode(input.code) });
    return asPayload(
      input,
      async () => {
        await this.menus.update(input, assertPermission(viewer, 'CONTENT_WRITE').userId);
        return now();
      },
      now,
    );
  }

  @FieldResolver()
  items(@Root() menu: HeldMenu, @Ctx() reader: RequestContext): Promise<object[]> {
    return this.lookup.shown(menu, reader);
  }

  @FieldResolver()
  entries(@Root() menu: HeldMenu, @Ctx() reader: RequestContext): object[] {
    return this.lookup.kept(menu, reader);
  }
}
