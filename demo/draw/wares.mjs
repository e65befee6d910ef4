// Which forms make up which product. A part is [shape, where it stands].
import { forms } from './forms.mjs';
import { pot } from './pots.mjs';
import { weave } from './weaves.mjs';
import { folded, hanging, flat, cushion } from './textiles.mjs';
import { candle, twig, spoon, rod, disc, paperCard } from './props.mjs';
import { seedOf } from './seed.mjs';

const one =
  (form, options = {}) =>
  (glaze, shift) => [[pot(forms[form], { glaze, shift, ...options }), { yaw: options.yaw ?? -0.38 }]];
const lidded =
  (base, lid, at, options = {}) =>
  (glaze, shift) => [
    [pot(forms[base], { glaze, shift, ...options }), { yaw: options.yaw ?? 0.3 }],
    [pot(forms[lid], { glaze, shift, ...options }), { y: at, yaw: 0.3 }],
  ];
const several = (list) => (glaze, shift) =>
  list.map(([form, spot, own, extra], i) => [
    pot(forms[form], { glaze: own ?? glaze, shift: shift + i * 7, ...extra }),
    spot,
  ]);

const pile = [];
for (let i = 0; i < 4; i += 1) pile.push(['plate', { y: i * 1.05, x: (i % 2) * 0.25, yaw: i }]);
for (let i = 0; i < 4; i += 1) pile.push(['pasta', { y: 4.4 + i * 1.3, x: (i % 2) * 0.3 - 0.2, yaw: i }]);
for (let i = 0; i < 4; i += 1) pile.push(['dessert', { y: 10.6 + i * 0.95, x: 0.2 - (i % 2) * 0.3, yaw: i }]);

export const wares = {
  'cana-dimineata': one('mug'),
  'cana-prag': one('straightMug', { clay: 'dark' }),
  'cana-burta': one('bellyMug', { clay: 'red' }),
  'cana-latte-inalta': one('tallMug'),
  'cana-pentru-copii': one('childMug'),
  'pahar-crama': one('tumbler'),
  'pahar-valea-vinului': several([
    ['wineTumbler', { x: -4.4 }, null, { within: 'crem', clay: 'red' }],
    ['wineTumbler', { x: 4.6, z: 2.4 }, null, { within: 'crem', clay: 'red' }],
  ]),
  'ceasca-espresso': one('espresso'),
  'set-patru-cesti-espresso': several([
    ['espresso', { x: -5.6, z: 1.5, yaw: -0.4 }, 'crem'],
    ['espresso', { x: 4, z: 3, yaw: -0.7 }, 'miere'],
    ['espresso', { x: -1.5, z: -6, yaw: -0.2 }, 'verde'],
    ['espresso', { x: 7.6, z: -5, yaw: -0.3 }, 'negru'],
  ]),
  'ceasca-cappuccino': several([
    ['saucer', {}],
    ['cappuccino', { y: 0.75, yaw: -0.4 }],
  ]),
  'bol-mic-dejun': one('bowl'),
  'bol-adanc-supa': one('deepBowl', { clay: 'red' }),
  'bol-salata': one('salad'),
  'trei-bolulete-sos': several([
    ['dip', { x: -4.6, z: -2 }, 'crem'],
    ['dip', { x: 4.8, z: -3 }, 'negru'],
    ['dip', { x: 0.8, z: 5.4 }, 'miere'],
  ]),
  'bol-cu-picior': one('footed'),
  'fructiera-lata': one('fruit'),
  'castron-pentru-dospit': one('dough', { clay: 'red' }),
  'bol-matcha': one('matcha', { clay: 'dark' }),
  'farfurie-intinsa': one('plate'),
  'farfurie-adanca': one('pasta'),
  'farfurie-desert': one('dessert'),
  'platou-oval': one('platter', { yaw: 0.35 }),
  'platou-tort-cu-picior': one('cakeStand'),
  'set-farfurii-patru-persoane': several(pile),
  'ceainic-rotund': lidded('teapot', 'teapotLid', 9.75),
  'ceainic-inalt': lidded('tallTeapot', 'teapotLid', 14.7, { clay: 'red' }),
  'cutie-de-ceai': lidded('caddy', 'caddyLid', 9.3),
  'ulcior-izvor': one('pitcher', { yaw: 0.3 }),
  'laptiera-mica': one('creamer', { yaw: 0.3 }),
  zaharnita: lidded('sugar', 'sugarLid', 6.2, { clay: 'red' }),
  'set-de-ceai-pentru-doi': (glaze, shift) => [
    ...lidded('teapot', 'teapotLid', 9.75)(glaze, shift).map(([shape, spot]) => [shape, { ...spot, z: -5 }]),
    ...several([
      ['teaBowl', { x: -6.4, z: 8 }],
      ['teaBowl', { x: 4.6, z: 9.5 }],
    ])(glaze, shift),
  ],
  'vaza-gat-lung': one('bottle'),
  'vaza-luna': one('moon'),
  // Burnished, not glazed: its colour is the clay's own, only the inside is coated.
  'vaza-amfora': (_, shift) => one('amphora', { clay: 'red', yaw: -0.2 })('miere', shift),
  'vaza-stuf': one('reed'),
  'vaza-clopot': one('bell', { clay: 'red' }),
  'vaza-mugur': one('bud'),
  'vaza-piatra-de-rau': one('pebble', { clay: 'dark', yaw: 0.2 }),
  'sfesnic-scund': (glaze, shift) => [
    ...several([
      ['candleLow', { yaw: -0.5 }],
      ['candleCup', { y: 0.7 }],
    ])(glaze, shift),
    [candle(11), { y: 1.7 }],
  ],
  'sfesnic-inalt': (glaze, shift) => [...one('candleTall')(glaze, shift), [candle(13, 1.05), { y: 15.6 }]],
  'vas-aromaterapie': (glaze, shift) => [
    [pot(forms.burner, { glaze, shift }), { yaw: -Math.PI / 2 + 0.25 }],
    [disc(4, '#B79F63', 0.95), { y: 11.2 }],
  ],
  'ghiveci-cu-farfurioara': (glaze, shift) => [
    [pot(forms.planterSaucer, { glaze, shift, clay: 'red' }), {}],
    [pot(forms.planter, { glaze, shift, clay: 'red' }), { y: 0.7 }],
    [
      twig(seedOf('planta'), {
        stems: 11,
        tall: 17,
        lean: 0.62,
        leaves: 66,
        size: 2.9,
        leaf: '#66764C',
        bare: 0.2,
      }),
      { y: 12.2 },
    ],
    [disc(6.9, '#4A382B', 0), { y: 13 }],
  ],
  'borcan-ustensile': (glaze, shift) => [
    [pot(forms.crock, { glaze, shift }), {}],
    [spoon(24), { x: -2, y: 1.4, z: 0, roll: 0.2, yaw: 0.3 }],
    [spoon(27, 1), { x: 1.4, y: 1.4, z: -1, roll: -0.16, yaw: -0.4 }],
    [spoon(22), { x: 0, y: 1.4, z: 2, roll: -0.05, tilt: 0.16, yaw: 0.6 }],
  ],
  'tavita-pentru-chei': one('tray', { yaw: 0.3 }),
};

const cloths = {
  'servete-de-in': {
    kind: 'linen',
    pattern: 'bordered',
    pitch: 0.13,
    width: 45,
    length: 45,
    fold: { w: 21, d: 15, layers: 8, thick: 1.0 },
    flat: {
      w: 45,
      l: 45,
      creases: [
        ['u', 0],
        ['v', 0],
      ],
    },
  },
  'traversa-de-in': {
    kind: 'linen',
    pattern: 'runner',
    pitch: 0.15,
    width: 42,
    length: 150,
    fold: { w: 34, d: 22, layers: 5, thick: 1.4 },
    flat: {
      w: 42,
      l: 78,
      fringe: 6,
      creases: [
        ['v', 0],
        ['v', 26],
        ['v', -26],
      ],
    },
    hang: { w: 42, fringe: 6 },
  },
  'fata-de-masa': {
    kind: 'linen',
    pattern: 'plain',
    pitch: 0.16,
    width: 150,
    length: 250,
    fold: { w: 34, d: 24, layers: 6, thick: 1.9 },
    hang: { w: 46, fringe: 0, folds: 1.25 },
  },
  'prosop-de-bucatarie': {
    kind: 'linen',
    pattern: 'towel',
    pitch: 0.15,
    width: 50,
    length: 70,
    fold: { w: 26, d: 18, layers: 6, thick: 1.2 },
    hang: { w: 36, fringe: 0, folds: 0.8 },
  },
  'prosop-vafe': {
    kind: 'waffle',
    pattern: 'plain',
    pitch: 0.2,
    width: 75,
    length: 140,
    fold: { w: 32, d: 22, layers: 4, thick: 2.9 },
    hang: { w: 44, fringe: 0, folds: 1 },
  },
  'patura-de-lana': {
    kind: 'wool',
    pattern: 'blanket',
    pitch: 0.28,
    width: 150,
    length: 200,
    fold: { w: 42, d: 30, layers: 5, thick: 3.4, size: 15 },
    hang: { w: 50, fringe: 7, folds: 1.15 },
  },
  'paturica-de-leagan': {
    kind: 'wool',
    pattern: 'checks',
    pitch: 0.2,
    width: 75,
    length: 100,
    fold: { w: 34, d: 24, layers: 4, thick: 2.6 },
    flat: {
      w: 62,
      l: 76,
      creases: [
        ['u', 0],
        ['v', 0],
      ],
    },
  },
  'husa-de-perna': { kind: 'wool', pattern: 'diamonds', pitch: 0.24, width: 45, length: 45 },
  'covor-mic-de-lana': {
    kind: 'wool',
    pattern: 'kilim',
    pitch: 0.4,
    width: 80,
    length: 140,
    fold: { w: 46, d: 34, layers: 4, thick: 2.4 },
    flat: { w: 80, l: 118, fringe: 6 },
  },
};

export const isCloth = (slug) => slug in cloths;

/** What a textile shows in a view: shapes that stand, and layers that lie on the table. */
export function clothPieces(slug, view, dye, shift) {
  const c = cloths[slug],
    woven = weave(c.kind, { ...c, dye });
  if (slug === 'husa-de-perna')
    return {
      deps: [
        [
          cushion(woven, { w: 45, h: 45, shift }),
          { tilt: -0.22, yaw: view === 'scene' ? 0.35 : 0.12, y: 0.4 },
        ],
      ],
      layers: [],
    };
  if (view === 'flat')
    return {
      deps: [],
      layers: [
        flat(weave(c.kind, { ...c, ...{ width: c.flat.w, length: c.flat.l }, dye }), {
          ...c.flat,
          yaw: 0.16,
          shift,
          pixel: c.flat.l / 900,
        }),
      ],
      span: [c.flat.w, c.flat.l + 2 * (c.flat.fringe ?? 0)],
    };
  if (view === 'hanging')
    return {
      deps: [
        [hanging(woven, { ...c.hang, top: 66, bottom: c.hang.fringe ? 17 : 12, shift }), {}],
        [rod(c.hang.w + 70), { y: 66, z: 0.1 }],
      ],
      layers: [],
      wall: -5,
    };
  return { deps: [[folded(woven, { ...c.fold, shift }), { yaw: 0.42 }]], layers: [] };
}

export const giftCard = () => [
  [
    paperCard(17, 11.4, '#B98B62', { motif: false, flap: true }),
    { x: 1.6, y: 0.12, z: -3.4, tilt: -Math.PI / 2, yaw: 0.2 },
  ],
  [paperCard(15, 10, '#F0E8DA'), { x: -1, y: 0.36, z: 2.2, tilt: -Math.PI / 2 + 0.02, yaw: -0.12 }],
];
