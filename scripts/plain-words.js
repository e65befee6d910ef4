// Keeps private words out of names, of operations and of keys of messages, and the plainest of them out of comments and of
// titles of tests: what the field has a term for is called by it.
import { basename } from 'node:path';

/** A word that is not the field's, and what to write instead. */
const WORDS = new Map(
  Object.entries({
    article: 'variant, or product',
    books: 'ledger, or invariants',
    canceled: 'cancelled',
    colour: 'color',
    desk: 'orderEditing, or what staff does',
    door: 'public API, or the limit that is checked',
    facts: 'data, or details',
    fulfilment: 'fulfillment',
    law: 'invariant',
    laws: 'invariants',
    lying: 'abandoned',
    news: 'events, or updates',
    nudge: 'notifyRelay',
    owed: 'backordered',
    paper: 'page',
    parcel: 'shipment',
    parcels: 'shipments',
    picture: 'image',
    pictures: 'images',
    presses: 'requests',
    refusal: 'user error',
    refusals: 'user errors',
    scenes: 'fixtures',
    sellable: 'purchasable',
    sellables: 'purchasable variants',
    shelf: 'stock level',
    shelves: 'stock levels',
    shopper: 'customer, or buyer',
    shoppers: 'customers, or buyers',
    standing: 'status, or progress',
    sweep: 'cleanUp, or reconcile',
    till: 'payment simulator',
    wish: 'input, or requested',
    wishes: 'inputs, or requested',
  }),
);

/** Those that have no other meaning in a sentence either: kept out of comments and of titles of tests too. */
const IN_SENTENCES = new Map(
  `colour desk fulfilment nudge owed parcel parcels picture pictures refusal refusals scenes sellable sellables shelf shelves
   shopper shoppers sweep wish wishes`
    .split(/\s+/)
    .map((word) => [word, WORDS.get(word)]),
);

/** Verbs that are no name of a function: nobody can search for them. */
const BARE_VERBS = new Set(['end', 'keep', 'look', 'lying', 'make', 'move', 'tell']);

const DECLARATIONS = {
  ClassDeclaration: 'id',
  FunctionDeclaration: 'id',
  MethodDefinition: 'key',
  PropertyDefinition: 'key',
  TSEnumDeclaration: 'id',
  TSEnumMember: 'id',
  TSInterfaceDeclaration: 'id',
  TSMethodSignature: 'key',
  TSPropertySignature: 'key',
  TSTypeAliasDeclaration: 'id',
  VariableDeclarator: 'id',
};

/** SUCH_NAMES are codes of the schema, such_names those of a provider. */
const wordsIn = (name) =>
  name
    .replace(/\b([A-Z][A-Z_]+|[a-z]+(_[a-z]+)+)\b/g, '')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .split(/[^A-Za-z]+/);

const GENERATED = /\/generated\//;

/** The text of a literal, or of a template's fixed parts; null for anything else. */
function fixedText(node) {
  if (node?.type === 'Literal' && typeof node.value === 'string') return node.value;
  return node?.type === 'TemplateLiteral' ? node.quasis.map(({ value }) => value.raw).join(' ') : null;
}

/** `it('…')`, `describe.each(…)('…')` and the like. */
function isTestTitle({ callee }) {
  if (callee.type === 'Identifier') return /^(it|test|describe)$/.test(callee.name);
  return (
    (callee.type === 'MemberExpression' && isTestTitle({ callee: callee.object })) ||
    (callee.type === 'CallExpression' && isTestTitle(callee))
  );
}

/** The functions that name a statement by their first argument. */
const isStatement = ({ callee }) => /^(statement|insertOne|updateOne)$/.test(callee.name ?? '');

/** `t('group.key')`, also of an object, as in `i18n.global.t`. */
const isTranslation = ({ callee }) =>
  /^te?$/.test(callee.name ?? (callee.type === 'MemberExpression' ? callee.property.name : '') ?? '');

export const plainWords = {
  meta: {
    type: 'suggestion',
    schema: [],
    messages: {
      bare: '"{{name}}" says not of what. Name the object too, as in moveImage: then it can be searched for.',
      private: '"{{word}}" in {{name}} is a word of our own. The field says: {{instead}}.',
    },
  },
  create(context) {
    const check = (node, name, words = WORDS) => {
      for (const word of wordsIn(name)) {
        const instead = words.get(word.toLowerCase());
        if (instead) context.report({ node, messageId: 'private', data: { word, name, instead } });
      }
    };
    const declared = Object.entries(DECLARATIONS).map(([type, key]) => [
      type,
      (node) => {
        if (node[key]?.type !== 'Identifier') return;
        const { name } = node[key];
        check(node[key], name);
        const isPrivate = type === 'FunctionDeclaration' || node.accessibility === 'private';
        if (isPrivate && BARE_VERBS.has(name))
          context.report({ node: node[key], messageId: 'bare', data: { name } });
      },
    ]);
    const messages = {
      CallExpression: (node) => {
        const key = isTranslation(node) ? fixedText(node.arguments[0]) : null;
        if (key) check(node, key);
      },
    };
    const sentences = {
      Program: (node) => {
        check(node, basename(context.filename));
        for (const comment of context.sourceCode.getAllComments())
          check(comment, comment.value, IN_SENTENCES);
      },
      CallExpression: (node) => {
        messages.CallExpression(node);
        const text = fixedText(node.arguments[0]);
        if (text && isStatement(node)) check(node.arguments[0], text.replaceAll('.', ' '));
        else if (text && isTestTitle(node)) check(node.arguments[0], text, IN_SENTENCES);
      },
    };
    const script = {
      ':function > Identifier.params': (node) => check(node, node.name),
      ImportDeclaration: ({ source, specifiers }) => {
        if (!GENERATED.test(source.value)) return;
        for (const specifier of specifiers) if (specifier.imported) check(specifier, specifier.imported.name);
      },
      ...(MESSAGE_FILE.test(context.filename)
        ? { 'Property > Literal.key': (node) => check(node, String(node.value)) }
        : {}),
      ...sentences,
      ...Object.fromEntries(declared),
    };
    const services = context.sourceCode.parserServices;
    return services?.defineTemplateBodyVisitor
      ? services.defineTemplateBodyVisitor(messages, script)
      : script;
  },
};

const MESSAGE_FILE = /(locales[\\/]\w+|messages)[\\/][\w-]+\.json/;

/** Lets ESLint read a file of messages as the object that it is: private words in keys, and keys that stand twice. */
export const messageFiles = {
  meta: { name: 'message-files' },
  preprocess: (text) => [{ text: `export const messages = ${text.trim()};`, filename: 'messages.js' }],
  postprocess: (messages) => messages.flat(),
};
