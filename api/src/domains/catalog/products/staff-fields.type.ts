import { Field, Int, ObjectType } from 'type-graphql';
import { Auth } from '../../../platform/graphql/auth-directive.js';
import { Derived } from '../../../platform/graphql/derived.js';
import { ListSize } from '../../../platform/graphql/limits/cost-directives.js';
import { Role } from '../../../platform/graphql/roles.js';
import { DateTime } from '../../../platform/graphql/scalars.js';
import { ProductStatusEnum, StockPolicyEnum } from '../catalog.enums.js';
import { exactStock, translationsOf, unitsOf } from '../listing/product-derived.js';
import type { ProductRow, VariantRow } from '../rows.js';
import { ProductTranslation, StockLevel } from './product-parts.type.js';

/** The fields of a product that only staff may read. */
@ObjectType({ simpleResolvers: true })
export abstract class ProductStaffFields {
  @Auth(Role.SUPPORT, 'CATALOG_READ')
  @Field(() => ProductStatusEnum, { nullable: true, description: 'Who can see it. Staff only.' })
  readonly status!: ProductStatusEnum | null;

  @Auth(Role.SUPPORT, 'CATALOG_READ')
  @Field(() => Int, {
    nullable: true,
    description: 'Goes up with each change; give it as expectedVersion. Staff only.',
  })
  readonly version!: number | null;

  @Auth(Role.SUPPORT, 'CATALOG_READ')
  @Field(() => String, { nullable: true, description: 'Code of its tax class. Staff only.' })
  readonly taxClass!: string | null;

  @Auth(Role.SUPPORT, 'CATALOG_READ')
  @Field(() => DateTime, { nullable: true, description: 'When it was last changed. Staff only.' })
  readonly updatedAt!: Date | null;

  @Auth(Role.SUPPORT, 'CATALOG_READ')
  @ListSize(3)
  @Derived<ProductRow>(() => [ProductTranslation], translationsOf, {
    nullable: true,
    description: 'Its texts in every language. Staff only.',
  })
  readonly translations!: ProductTranslation[] | null;

  @Auth(Role.SUPPORT, 'CATALOG_READ')
  @Derived<ProductRow>(() => Int, unitsOf('onHand'), {
    nullable: true,
    description: 'Units on hand of all its variants. Staff only.',
  })
  readonly totalStock!: number | null;

  @Auth(Role.SUPPORT, 'CATALOG_READ')
  @Derived<ProductRow>(() => Int, unitsOf('available'), {
    nullable: true,
    description:
      'Units on hand of all its variants that are not reserved: what can still be sold. Staff only.',
  })
  readonly totalAvailable!: number | null;
}

/** The fields of a variant that only staff may read. */
@ObjectType({ simpleResolvers: true })
export abstract class VariantStaffFields {
  @Auth(Role.SUPPORT, 'CATALOG_READ')
  @Field(() => StockPolicyEnum, {
    nullable: true,
    description: 'Whether it can be sold without stock. Staff only.',
  })
  readonly stockPolicy!: StockPolicyEnum | null;

  @Auth(Role.SUPPORT, 'CATALOG_READ')
  @Field(() => Int, {
    nullable: true,
    description: 'How many units may be back-ordered; null for any number. Staff only.',
  })
  readonly backorderLimit!: number | null;

  @Auth(Role.SUPPORT, 'CATALOG_READ')
  @Field(() => Int, {
    nullable: true,
    description: "From how many units down it counts as low; null for the shop's number. Staff only.",
  })
  readonly lowStockThreshold!: number | null;

  @Auth(Role.SUPPORT, 'CATALOG_READ')
  @Field(() => Int, { nullable: true, description: 'Counts its changes: for expectedVersion. Staff only.' })
  readonly version!: number | null;

  @Auth(Role.SUPPORT, 'CATALOG_READ')
  @Derived<VariantRow>(() => StockLevel, exactStock, {
    nullable: true,
    description: 'Exact stock. Staff only.',
  })
  readonly stock!: StockLevel | null;
}
