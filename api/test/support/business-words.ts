interface Exception {
  readonly because: string;
  /** By file: identifiers, and the file's own name; `*` for a file that lists what all modules have. */
  readonly files: Readonly<Record<string, readonly string[]>>;
}

/** Business words in kernel, platform and app, with the reason. The list may only shrink. */
export const BUSINESS_WORDS_STILL_THERE: readonly Exception[] = [
  {
    because: 'Another word of the same spelling: the order of things, and what two numbers multiplied give.',
    files: {
      'app/create-shop.ts': ['inDependencyOrder'],
      'kernel/money.ts': ['product'],
      'platform/database/statement.ts': ['order'],
      'platform/module-list.ts': ['inDependencyOrder'],
    },
  },
  {
    because: 'The built-in role of accounts that are not of staff, and its limits.',
    files: {
      'platform/graphql/auth-directive.ts': ['CUSTOMER'],
      'platform/graphql/limits/limits.ts': ['CUSTOMER_LIMIT'],
      'platform/graphql/limits/request-budget.ts': ['CUSTOMER'],
      'platform/graphql/roles.ts': ['CUSTOMER'],
    },
  },
  {
    because:
      'A guest is known by the token of the cart, which each request may carry: until a module may add to the context.',
    files: {
      'app/graphql/context.ts': ['CART_COOKIE', 'CART_HEADER', 'cartToken'],
      'app/http/http-rules.ts': ['CART_HEADER'],
      'platform/graphql/context.ts': ['cartToken'],
    },
  },
  {
    because:
      'Public answers are cached until what the shop sells changes: until an event of any module ends them.',
    files: {
      'app/graphql/response-cache-hooks.ts': ['CART_HEADER', 'CATALOG_SCOPE'],
      'app/server.ts': ['CATALOG_SCOPE', 'catalog'],
      'platform/database/catalog-cache.ts': ['CATALOG_CHANNEL', 'CatalogCache', 'catalog-cache.ts'],
      'platform/graphql/cache/response-cache.ts': ['CATALOG_CHANNEL'],
    },
  },
  {
    because:
      'Reasons and warnings that several modules give: until each module declares its own, as it does error codes.',
    files: {
      'kernel/automatic-reasons.ts': ['CANCELLED_BY_BUYER', 'CART_EXPIRED', 'DEMO_STOCK', 'ORDER_CHANGED'],
      'platform/graphql/warning.type.ts': [
        'CART_MERGE_REDUCED',
        'CART_NOT_FOUND',
        'OUT_OF_STOCK',
        'PAYMENT_UNREACHABLE',
        'PRICE_CHANGED',
        'PRICE_INCOMPLETE',
        'SHIPPING_CHANGED',
        'TAX_CHANGED',
        'VARIANT_UNAVAILABLE',
        'cartLineId',
        'newPrice',
        'oldPrice',
      ],
    },
  },
  {
    because: 'Types of the schema that several modules share.',
    files: {
      'platform/graphql/money.type.ts': ['PriceRange', 'tax'],
      'platform/graphql/tax-line.type.ts': [
        'NamedTaxShare',
        'TaxLine',
        'tax',
        'tax-line.type.ts',
        'toTaxLines',
      ],
    },
  },
  {
    because: 'The environment is read in one place, for all modules: until settings are stored.',
    files: {
      'app/settings/contradictions.ts': ['*'],
      'app/settings/demo-values.ts': ['taxId'],
      'app/settings/env-limits.ts': ['*'],
      'app/settings/env-payments.ts': ['*'],
      'app/settings/env-retention.ts': ['*'],
      'app/settings/env.ts': ['*'],
      'app/settings/first-settings.ts': ['*'],
      'app/settings/module-settings.ts': ['*'],
      'app/settings/production-settings.ts': ['*'],
    },
  },
  {
    because: 'The app connects the adapters to the modules that own their ports.',
    files: {
      'app/integrations.ts': ['PAYMENT_ADAPTERS'],
      'app/named-services.ts': ['*'],
      'app/payment-connections.ts': ['*'],
    },
  },
  {
    because: 'A column of the first version: what a request made, when that was an order.',
    files: { 'platform/database/request-keys.ts': ['orderId'] },
  },
  {
    because:
      'A list of goods is a part of mails that modules and plugins share: its lines are named as those of orders.',
    files: { 'platform/mails/mail-parts.ts': ['price', 'variant'] },
  },
];
