import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { IdPrefix } from '../../../kernel/ids.js';
import type { LocalizedText } from '../../../kernel/languages.js';
import { requireId } from '../../../kernel/require-id.js';
import { Auth } from '../../../platform/graphql/auth-directive.js';
import { actorOf, type RequestContext } from '../../../platform/graphql/context.js';
import { asPayload } from '../../../platform/graphql/payload.js';
import { Role } from '../../../platform/graphql/roles.js';
import { ProductPayload } from '../catalog-payload.type.js';
import { changedProduct, productAsItIs } from '../products/changed-product.js';
import { ProductOptionTextsUpdateInput, type ChoiceTranslationInput } from './option-texts.input.js';
import type { ChoiceNames, OptionTextService } from './option-texts.service.js';

@Resolver()
export class OptionTextResolver {
  constructor(private readonly texts: OptionTextService) {}

  @Auth(Role.MANAGER, 'CATALOG_WRITE')
  @Mutation(() => ProductPayload, {
    description:
      'Names options of a product and their values in some languages. The names of its variants follow; what was ordered keeps its words.',
  })
  productOptionTextsUpdate(
    @Arg('input', () => ProductOptionTextsUpdateInput, { description: 'The names.' })
    input: ProductOptionTextsUpdateInput,
    @Ctx() context: RequestContext,
  ): Promise<object> {
    return asPayload(
      input,
      async () => {
        const id = requireId('prod', input.productId, 'product', 'productId');
        const { expectedVersion, options = [], values = [] } = input;
        const texts = {
          options: options.map(({ optionId, ...texts }) => names('opt', optionId, texts)),
          values: values.map(({ valueId, ...texts }) => names('optv', valueId, texts)),
        };
        await this.texts.rename(id, texts, { expectedVersion, actorId: actorOf(context) });
        return changedProduct(context, id);
      },
      () => productAsItIs(context, input.productId),
    );
  }
}

/** @throws NotFoundError */
function names(
  prefix: IdPrefix & ('opt' | 'optv'),
  publicId: string,
  { translations }: { readonly translations: readonly ChoiceTranslationInput[] },
): ChoiceNames {
  const [what, path] = prefix === 'opt' ? (['option', 'options'] as const) : (['value', 'values'] as const);
  const name = Object.fromEntries(translations.map(({ locale, name: text }) => [locale, text]));
  return { id: requireId(prefix, publicId, what, path), name: name as LocalizedText };
}
