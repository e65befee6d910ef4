// Keeps private words out of names: what the field has a term for is called by it.
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

const wordsIn = (name) => name.replace(/([a-z0-9])([A-Z])/g, '$1 $2').split(/[^A-Za-z]+/);

export const plainWords = {
  meta: {
    type: 'suggestion',
    schema: [],
    messages: { private: '"{{word}}" in {{name}} is a word of our own. The field says: {{instead}}.' },
  },
  create(context) {
    const check = (node, name) => {
      for (const word of wordsIn(name)) {
        const instead = WORDS.get(word.toLowerCase());
        if (instead) context.report({ node, messageId: 'private', data: { word, name, instead } });
      }
    };
    const declared = Object.entries(DECLARATIONS).map(([type, key]) => [
      type,
      (node) => {
        if (node[key]?.type === 'Identifier') check(node[key], node[key].name);
      },
    ]);
    return {
      Program: (node) => check(node, basename(context.filename)),
      ':function > Identifier.params': (node) => check(node, node.name),
      ...Object.fromEntries(declared),
    };
  },
};
