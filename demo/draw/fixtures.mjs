// Still lifes: a product among others, the opening picture and the category tiles.
import { place } from './march.mjs';
import { backdrop } from './backdrops.mjs';
import { camera } from './views.mjs';
import { forms } from './forms.mjs';
import { pot } from './pots.mjs';
import { wares, isCloth, clothPieces } from './wares.mjs';
import { weave } from './weaves.mjs';
import { flat, folded } from './textiles.mjs';
import { twig, disc, fruit, board } from './props.mjs';

const of = (form, glaze, spot, extra = {}) =>
  place(pot(forms[form], { glaze, shift: (spot.x ?? 0) * 3.1 + 20, ...extra }), spot);
const ware = (slug, glaze, { x = 0, y = 0, z = 0, yaw = 0 } = {}, shift = 11) =>
  wares[slug](glaze, shift).map(([shape, spot]) => {
    const c = Math.cos(yaw),
      s = Math.sin(yaw),
      px = spot.x ?? 0,
      pz = spot.z ?? 0;
    return place(shape, {
      ...spot,
      x: x + c * px + s * pz,
      y: y + (spot.y ?? 0),
      z: z - s * px + c * pz,
      yaw: (spot.yaw ?? 0) + yaw,
    });
  });
const linen = (dye, spot, pattern = 'plain') =>
  flat(weave('linen', { pattern, dye, pitch: 0.18, width: spot.w, length: spot.l }), spot);
const branch = (seed, x, y, z, options) => place(twig(seed, options), { x, y, z });

const dark = '#3A2216',
  tea = '#8A4B1C',
  milk = '#B98A63';

export function fixtures(slug, glaze, shift, ratio = 0.8) {
  const main = isCloth(slug) ? [] : ware(slug, glaze, {}, shift);
  const set = (objects, options, view) => ({
    objects,
    backdrop: backdrop(options.room, options),
    camera: camera({ ratio, ...view }),
  });
  switch (slug) {
    case 'cana-dimineata':
      return set(
        [
          ...main,
          place(disc(4, dark), { y: 8.2 }),
          ...ware('bol-mic-dejun', 'crem', { x: -11, z: -9 }),
          place(fruit('plum'), { x: -11.4, y: 2, z: -8 }),
          place(fruit('plum', 4), { x: -8.8, y: 1.8, z: -10 }),
          place(fruit('walnut'), { x: 8.6, z: 4 }),
          place(fruit('walnut', 5), { x: 6.4, z: 7 }),
        ],
        {
          room: 'lemn',
          wallAt: -48,
          layers: [linen('in', { w: 26, l: 34, x: -2, z: 2, yaw: 0.5, shift: 2 })],
        },
        { at: [-1.6, 4, 0], pitch: 25, wide: 22, tall: 16, fill: 0.86 },
      );
    case 'cana-prag':
      return set(
        [
          ...main,
          place(disc(3.7, milk), { y: 8 }),
          ...ware('cana-prag', 'crem', { x: -9.5, z: -6, yaw: -0.6 }),
          ...ware('cana-prag', 'roz', { x: 7.8, z: -9, yaw: 0.4 }),
        ],
        { room: 'var', wallAt: -50 },
        { at: [0, 4.4, -3], pitch: 17, wide: 26, tall: 16, fill: 0.88 },
      );
    case 'ceasca-espresso':
      return set(
        [
          ...main,
          place(disc(2.8, dark), { y: 4.9 }),
          ...ware('zaharnita', 'miere', { x: -8, z: -6 }),
          ...ware('ceasca-espresso', 'negru', { x: 6.8, z: -6, yaw: 0.3 }),
        ],
        { room: 'lemn', wallAt: -42 },
        { at: [0, 3, -1], pitch: 22, wide: 20, tall: 12, fill: 0.86 },
      );
    case 'set-patru-cesti-espresso':
      return set(
        [
          place(board(26, 1.2, 15), { z: -1 }),
          ...ware('set-patru-cesti-espresso', 'crem', { y: 1.2, x: -0.5 }),
          place(disc(2.8, dark), { x: -6.1, y: 6.2, z: 1.5 }),
          place(disc(2.8, dark), { x: 3.5, y: 6.2, z: 3 }),
        ],
        { room: 'salvie', wallAt: -50 },
        { at: [0, 3, -1], pitch: 30, wide: 27, tall: 14, fill: 0.88 },
      );
    case 'bol-mic-dejun':
      return set(
        [
          ...main,
          place(fruit('plum'), { x: -2.2, y: 1.6, z: 0.5 }),
          place(fruit('plum', 3), { x: 2.2, y: 1.6, z: -1 }),
          place(fruit('plum', 7), { x: 0.2, y: 1.4, z: 3 }),
          ...ware('laptiera-mica', 'crem', { x: 10.6, z: -8, yaw: 0.4 }),
          place(fruit('egg'), { x: -10, z: 5 }),
        ],
        {
          room: 'lemn',
          wallAt: -50,
          layers: [linen('natur', { w: 28, l: 40, x: 1, z: 0, yaw: -0.4, shift: 4 })],
        },
        { at: [1, 3, -1], pitch: 33, wide: 26, tall: 14, fill: 0.84 },
      );
    case 'farfurie-intinsa':
      return set(
        [
          ...main,
          ...ware('farfurie-desert', 'verde', { y: 1.1, x: 0.3 }),
          ...ware('bol-mic-dejun', 'roz', { y: 2.1, x: 0.2 }),
          ...ware('pahar-crama', 'albastru', { x: 13, z: -15 }),
        ],
        {
          room: 'salvie',
          wallAt: -80,
          layers: [linen('caramiziu', { w: 22, l: 40, x: -9, z: 3, yaw: 0.3, shift: 5, fringe: 2 })],
        },
        { at: [-0.5, 3, -2], pitch: 35, wide: 33, tall: 20, fill: 0.84 },
      );
    case 'ceainic-rotund':
      return set(
        [
          ...main,
          of('teaBowl', 'crem', { x: -9, z: 9 }),
          place(disc(3.6, tea), { x: -9, y: 5.2, z: 9 }),
          of('teaBowl', 'crem', { x: 10.5, z: 8.4 }),
          place(disc(3.6, tea), { x: 10.5, y: 5.2, z: 8.4 }),
        ],
        {
          room: 'lemn',
          wallAt: -60,
          layers: [linen('natur', { w: 30, l: 60, yaw: 1.5, shift: 3, fringe: 3 })],
        },
        { at: [0.5, 5, 2], pitch: 24, wide: 31, tall: 20, fill: 0.88 },
      );
    case 'set-de-ceai-pentru-doi':
      return set(
        [
          place(board(38, 1.4, 26), { z: 1 }),
          ...ware(slug, glaze, { y: 1.4 }),
          place(disc(3.6, tea), { x: -6.4, y: 6.6, z: 8 }),
          place(disc(3.6, tea), { x: 4.6, y: 6.6, z: 9.5 }),
        ],
        { room: 'var', wallAt: -64 },
        { at: [0, 5, 1], pitch: 36, wide: 38, tall: 22, fill: 0.9 },
      );
    case 'ulcior-izvor':
      return set(
        [
          ...main,
          ...ware('pahar-crama', 'crem', { x: -11, z: 6 }),
          ...ware('pahar-crama', 'albastru', { x: 11.5, z: 3 }),
          place(fruit('lemon'), { x: -4, z: 11, yaw: 0.6 }),
          place(fruit('lemon', 3), { x: -14.5, z: -4 }),
        ],
        { room: 'salvie', wallAt: -70 },
        { at: [-0.5, 9, 0], pitch: 17, wide: 30, tall: 24, fill: 0.86 },
      );
    case 'platou-oval':
      return set(
        [
          ...main,
          place(fruit('lemon'), { x: -6, y: 1, z: 1, yaw: 0.5 }),
          place(fruit('lemon', 5), { x: 0.4, y: 1, z: -2 }),
          place(fruit('lemon', 9), { x: 6, y: 1, z: 1.6, yaw: -0.8 }),
          ...ware('trei-bolulete-sos', 'crem', { x: 9, z: -27 }),
        ],
        {
          room: 'lemn',
          wallAt: -80,
          layers: [linen('indigo', { w: 30, l: 60, yaw: 1.35, shift: 6, fringe: 3 }, 'runner')],
        },
        { at: [0.5, 2, -4], pitch: 42, wide: 42, tall: 24, fill: 0.86 },
      );
    case 'vaza-gat-lung':
      return set(
        [
          ...main,
          branch(21, 0, 20, 0, { tall: 30, lean: 0.42, leaves: 22, size: 2.8 }),
          ...ware('vaza-piatra-de-rau', 'crem', { x: 13, z: -3 }),
          ...ware('vaza-mugur', 'miere', { x: -11, z: 5 }),
        ],
        { room: 'salvie', wallAt: -80, panes: true },
        { at: [1, 24, 0], pitch: 9, wide: 32, tall: 50, fill: 0.92 },
      );
    case 'vaza-clopot':
      return set(
        [
          ...main,
          branch(8, 0, 15, 0, {
            stems: 6,
            tall: 20,
            lean: 0.5,
            leaves: 40,
            leaf: '#B5613C',
            size: 1.6,
            berries: true,
            bare: 0.45,
          }),
          ...ware('tavita-pentru-chei', 'crem', { x: 14, z: 6 }),
        ],
        { room: 'var', wallAt: -70, panes: true },
        { at: [3, 17, 0], pitch: 11, wide: 37, tall: 38, fill: 0.88 },
      );
    case 'vaza-mugur':
      return set(
        [
          ...main,
          ...ware('vaza-mugur', 'crem', { x: -8, z: -3 }),
          ...ware('vaza-mugur', 'albastru', { x: 8, z: -4 }),
          branch(5, 0, 7, 0, { tall: 12, lean: 0.35, leaves: 12, size: 1.6 }),
          branch(9, -8, 7, -3, { tall: 9, lean: 0.5, leaves: 9, leaf: '#C9A24E', size: 1, berries: true }),
        ],
        { room: 'lemn', wallAt: -50 },
        { at: [0, 8.6, -1], pitch: 13, wide: 22, tall: 19, fill: 0.86 },
      );
    case 'sfesnic-scund':
      return set(
        [
          ...main,
          ...ware('sfesnic-inalt', 'verde', { x: -13, z: -10 }),
          ...ware('vaza-piatra-de-rau', 'crem', { x: 9, z: -12 }),
          branch(3, 9, 7, -12, { tall: 14, lean: 0.4, leaves: 14, size: 1.9 }),
        ],
        { room: 'salvie', wallAt: -60 },
        { at: [-0.5, 11, -4], pitch: 14, wide: 36, tall: 30, fill: 0.86 },
      );
    case 'husa-de-perna': {
      const { deps } = clothPieces(slug, 'scene', glaze, shift),
        back = clothPieces('patura-de-lana', 'folded', 'natur', 4).deps;
      return set(
        [
          ...deps.map(([s, p]) => place(s, { ...p, x: 4, z: -6 })),
          ...back.map(([s, p]) => place(s, { ...p, x: -14, z: 20, yaw: 0.2 })),
          ...ware('cana-burta', 'miere', { x: -12, y: 17, z: 18 }),
        ],
        { room: 'var', wallAt: -60 },
        { at: [-2, 22, 4], pitch: 16, wide: 62, tall: 54, fill: 0.86 },
      );
    }
    case 'traversa-de-in':
      return set(
        [
          ...ware('farfurie-intinsa', 'crem', { x: 0, z: 14 }),
          ...ware('bol-mic-dejun', 'albastru', { y: 1.1, z: 14 }),
          ...ware('ulcior-izvor', 'crem', { x: 6, z: -18 }),
          ...ware('pahar-crama', 'albastru', { x: -12, z: -8 }),
        ],
        {
          room: 'lemn',
          wallAt: -130,
          layers: [linen(glaze, { w: 42, l: 190, z: -30, yaw: 0.16, shift, fringe: 6 }, 'runner')],
        },
        { at: [0, 4, 0], pitch: 33, wide: 52, tall: 44, fill: 0.88 },
      );
    case 'patura-de-lana': {
      const colours = [glaze, 'caramiziu', 'gri'];
      return set(
        [
          ...colours.map((dye, i) =>
            place(
              folded(weave('wool', { pattern: 'blanket', dye, pitch: 0.32 }), {
                w: 42,
                d: 30,
                layers: 3,
                thick: 3.2,
                shift: i * 9,
                size: 15,
              }),
              { y: (2 - i) * 9.4, yaw: 0.3 + i * 0.06 },
            ),
          ),
          ...ware('cana-dimineata', 'verde', { x: 3, y: 28.6, z: 2 }),
        ],
        { room: 'salvie', wallAt: -90 },
        { at: [0, 19, 0], pitch: 15, wide: 50, tall: 46, fill: 0.86 },
      );
    }
    default:
      throw new Error(`no scene for ${slug}`);
  }
}

const hero = (wide) => [
  ...ware('vaza-gat-lung', 'albastru', { x: 8, z: -12 }),
  branch(21, 8, 23, -12, { stems: 3, tall: 19, lean: 0.75, leaves: 33, size: 2.7, bare: 0.46 }),
  ...ware('ceainic-rotund', 'verde', { x: 27, z: -3, yaw: 0.1 }),
  ...ware('cana-dimineata', 'crem', { x: 9, z: 9 }),
  place(disc(4, dark), { x: 9, y: 8.2, z: 9 }),
  ...ware('bol-mic-dejun', 'miere', { x: -6, z: 2 }),
  place(fruit('plum'), { x: -7.4, y: 1.8, z: 3 }),
  place(fruit('plum', 3), { x: -4, y: 1.9, z: 1 }),
  place(fruit('plum', 7), { x: -6.4, y: 2.2, z: -0.6 }),
  ...(wide
    ? [
        place(
          folded(weave('wool', { pattern: 'blanket', dye: 'natur', pitch: 0.3 }), {
            w: 32,
            d: 20,
            layers: 3,
            thick: 2.6,
            shift: 3,
            size: 15,
          }),
          { x: 42, z: -20, yaw: -0.15 },
        ),
        ...ware('sfesnic-inalt', 'negru', { x: 42, y: 7.9, z: -20 }),
      ]
    : []),
  ...ware('vaza-mugur', 'roz', { x: 19, z: 12 }),
  place(fruit('walnut'), { x: -13, z: 10 }),
  place(fruit('walnut', 4), { x: -9.6, z: 12.6 }),
];

export const images = {
  'hero-wide': {
    width: 2000,
    height: 1100,
    scene: () => ({
      objects: hero(true),
      backdrop: backdrop('var', {
        wallAt: -80,
        panes: true,
        layers: [linen('in', { w: 42, l: 66, x: 12, z: 4, yaw: 1.36, shift: 3, fringe: 4 })],
      }),
      camera: camera({ at: [1.5, 15, -4], pitch: 14, wide: 96, tall: 46, ratio: 2000 / 1100, fill: 0.9 }),
    }),
  },
  'hero-tall': {
    width: 1000,
    height: 1250,
    scene: () => ({
      objects: hero(false),
      backdrop: backdrop('var', {
        wallAt: -80,
        panes: true,
        layers: [linen('in', { w: 42, l: 66, x: 12, z: 4, yaw: 1.36, shift: 3, fringe: 4 })],
      }),
      camera: camera({ at: [12, 19, -4], pitch: 14, wide: 53, tall: 46, ratio: 0.8, fill: 0.98 }),
    }),
  },
  story: {
    width: 1200,
    height: 900,
    scene: () => ({
      objects: [
        place(board(120, 2.6, 26), { y: 22, z: -8 }),
        place(board(120, 2.6, 26), { y: -4, z: -8 }),
        ...['crem', 'verde', 'roz', 'albastru'].flatMap((g, i) =>
          ware('cana-dimineata', g, { x: -30 + i * 12, y: 24.6, z: -6 + (i % 2), yaw: i * 0.2 }),
        ),
        ...ware('ulcior-izvor', 'miere', { x: 24, y: 24.6, z: -9 }),
        ...ware('bol-cu-picior', 'crem', { x: 41, y: 24.6, z: -6 }),
        ...ware('vaza-clopot', 'negru', { x: -30, y: -1.4, z: -7 }),
        ...ware('set-farfurii-patru-persoane', 'crem', { x: -8, y: -1.4, z: -5 }),
        ...ware('ceainic-rotund', 'albastru', { x: 17, y: -1.4, z: -4 }),
        ...['roz', 'crem', 'verde'].map((g, i) => of('bowl', g, { x: 37, y: -1.4 + i * 2.5, z: -4 })),
      ],
      backdrop: backdrop('var', { wallAt: -22, closeWall: true, panes: true }),
      camera: camera({ at: [2, 21.5, -6], pitch: 7, yaw: -8, wide: 78, tall: 50, ratio: 4 / 3, fill: 0.92 }),
    }),
  },
};
