import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import { localId } from '../../../kernel/ids.js';
import { requireId } from '../../../kernel/require-id.js';
import { keyedRequest } from '../../../platform/database/request-keys.js';
import { Auth } from '../../../platform/graphql/auth-directive.js';
import type { RequestContext } from '../../../platform/graphql/context.js';
import { UserErrors } from '../../../platform/graphql/errors/user-errors-of.js';
import { asPayload } from '../../../platform/graphql/payload.js';
import { Role } from '../../../platform/graphql/roles.js';
import type { SlugChecks } from '../addresses/slug-checks.js';
import type { CatalogLookup } from '../catalog-lookup.js';
import { CategoryDeletePayload, CategoryDeletePreview, CategoryPayload } from './category-payload.type.js';
import type { CategoryTreeService } from './category-tree.service.js';
import {
  CategoryCreateInput,
  CategoryDeleteInput,
  CategoryMoveInput,
  CategoryUpdateInput,
} from './category.input.js';
import type { CategoryService } from './category.service.js';

interface CategoryServices {
  readonly reference: CatalogLookup;
  readonly categories: CategoryService;
  readonly tree: CategoryTreeService;
  readonly slugs: SlugChecks;
}

@Resolver()
export class CategoryAdminResolver {
  constructor(private readonly services: CategoryServices) {}

  @Auth(Role.SUPPORT, 'CATALOG_READ')
  @Query(() => CategoryDeletePreview, {
    nullable: true,
    description: 'What deleting a category would touch; null when there is none.',
  })
  async categoryDeletePreview(
    @Arg('categoryId', () => ID, { description: 'The category.' }) categoryId: string,
  ): Promise<object | null> {
    const id = localId('cat', categoryId);
    return id ? this.services.tree.deletePreview(id) : null;
  }

  @Auth(Role.MANAGER, 'CATALOG_WRITE')
  @UserErrors('SLUG_TAKEN', 'CATEGORY_TOO_DEEP', 'MEDIA_NOT_USABLE')
  @Mutation(() => CategoryPayload, { description: 'Makes a category.' })
  categoryCreate(
    @Arg('input', () => CategoryCreateInput, { description: 'The category.' }) input: CategoryCreateInput,
    @Ctx() { viewer }: RequestContext,
  ): Promise<object> {
    return asPayload(input, async () => {
      const { userId: actorId } = viewer!;
      const { parentId, translations, slug = null, seo = null, isHidden, imageId } = input;
      const keyed = keyedRequest({ actorId, operation: 'categoryCreate' }, input);
      const place = { parentId: categoryId(parentId, 'parentId') ?? null };
      const made = { ...place, translations, slug, seo, isHidden, imageId };
      const id = await this.services.categories.create(made, actorId, keyed);
      return { ...(await this.asItIs(id)), ...(await this.services.slugs.warnings('CATEGORY', slug)) };
    });
  }

  @Auth(Role.MANAGER, 'CATALOG_WRITE')
  @UserErrors('SLUG_TAKEN', 'MEDIA_NOT_USABLE')
  @Mutation(() => CategoryPayload, {
    description: 'Changes texts, images and address of a category, and whether it is hidden.',
  })
  categoryUpdate(
    @Arg('input', () => CategoryUpdateInput, { description: 'The change.' }) input: CategoryUpdateInput,
    @Ctx() { viewer }: RequestContext,
  ): Promise<object> {
    return asPayload(
      input,
      async () => {
        const id = requireId('cat', input.categoryId, 'category', 'categoryId');
        await this.services.categories.update(id, input, viewer!.userId);
        const { warnings } = await this.services.slugs.warnings('CATEGORY', input.slug);
        return { ...(await this.asItIs(id)), warnings };
      },
      () => this.asItIs(localId('cat', input.categoryId)),
    );
  }

  @Auth(Role.MANAGER, 'CATALOG_WRITE')
  @UserErrors('CATEGORY_CYCLE', 'CATEGORY_TOO_DEEP')
  @Mutation(() => CategoryPayload, {
    description: 'Puts a category to another place in the tree, with all below it.',
  })
  categoryMove(
    @Arg('input', () => CategoryMoveInput, { description: 'Which, and where to.' }) input: CategoryMoveInput,
    @Ctx() { viewer }: RequestContext,
  ): Promise<object> {
    return asPayload(
      input,
      async () => {
        const id = requireId('cat', input.categoryId, 'category', 'categoryId');
        const parentId = categoryId(input.parentId, 'parentId') ?? null;
        await this.services.tree.move(id, { parentId, position: input.position }, viewer!.userId);
        return this.asItIs(id);
      },
      () => this.asItIs(localId('cat', input.categoryId)),
    );
  }

  @Auth(Role.MANAGER, 'CATALOG_WRITE')
  @UserErrors('CATEGORY_CYCLE', 'CATEGORY_TOO_DEEP')
  @Mutation(() => CategoryDeletePayload, {
    description: 'Deletes a category. Its products and the categories below it stay; its address leads on.',
  })
  categoryDelete(
    @Arg('input', () => CategoryDeleteInput, { description: 'Which, and what becomes of what is in it.' })
    input: CategoryDeleteInput,
    @Ctx() { viewer }: RequestContext,
  ): Promise<object> {
    return asPayload(
      input,
      async () => {
        const { expectedVersion } = input;
        const childrenTo = categoryId(input.childrenTo, 'childrenTo');
        const productsTo = categoryId(input.productsTo, 'productsTo') ?? null;
        await this.services.tree.delete(
          requireId('cat', input.categoryId, 'category', 'categoryId'),
          { expectedVersion, childrenTo, productsTo },
          viewer!.userId,
        );
        return { category: null, deletedCategoryId: input.categoryId };
      },
      () => this.asItIs(localId('cat', input.categoryId)),
    );
  }

  private async asItIs(id: string | null): Promise<{ category: object | null }> {
    const { categoryById } = await this.services.reference.get();
    return { category: categoryById.get(id ?? '') ?? null };
  }
}

/** @throws NotFoundError for an id of another type; undefined and null stay */
function categoryId(given: string | null | undefined, field: string): string | null | undefined {
  return given ? requireId('cat', given, 'category', field) : given;
}
