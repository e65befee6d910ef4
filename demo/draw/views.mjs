// Where the camera stands for each kind of picture.
import { place } from './march.mjs';
import { backdrop, roomNames } from './backdrops.mjs';
import { seedOf, chance } from './seed.mjs';
import { wares, isCloth, clothPieces, giftCard } from './wares.mjs';
import { fixtures } from './fixtures.mjs';

const degrees = Math.PI / 180;

export function camera({ at, pitch, yaw = 0, wide, tall, ratio = 0.8, fov = 16, fill = 0.7 }) {
  const half = Math.tan((fov * degrees) / 2);
  const far = Math.max(tall / (2 * half * fill), wide / (2 * half * ratio * fill));
  const p = pitch * degrees,
    y = yaw * degrees;
  return {
    fov,
    to: at,
    from: [
      at[0] + far * Math.cos(p) * Math.sin(y),
      at[1] + far * Math.sin(p),
      at[2] + far * Math.cos(p) * Math.cos(y),
    ],
  };
}

/** The room a set of shapes takes up, seen from the front. */
function extent(objects) {
  const low = [1e9, 1e9, 1e9],
    high = [-1e9, -1e9, -1e9];
  for (const o of objects) {
    // A pot is round: turning it must not make its box, and so its distance, grow.
    const b = o.box,
      m = o.reach ? [1, 0, 0, 0, 1, 0, 0, 0, 1] : o.turn;
    for (let corner = 0; corner < 8; corner += 1) {
      const p = [b[corner & 1 ? 3 : 0], b[corner & 2 ? 4 : 1], b[corner & 4 ? 5 : 2]];
      for (let k = 0; k < 3; k += 1) {
        const v = o.at[k] + m[k * 3] * p[0] + m[k * 3 + 1] * p[1] + m[k * 3 + 2] * p[2];
        low[k] = Math.min(low[k], v);
        high[k] = Math.max(high[k], v);
      }
    }
  }
  return { low, high, size: high.map((v, k) => v - low[k]), middle: high.map((v, k) => (v + low[k]) / 2) };
}

const flatThings = new Set([
  'farfurie-intinsa',
  'farfurie-desert',
  'platou-oval',
  'farfurie-adanca',
  'tavita-pentru-chei',
  'fructiera-lata',
  'trei-bolulete-sos',
]);

export function compose(slug, view, color, ratio = 0.8) {
  const shift = (seedOf(slug + color) % 900) / 10,
    luck = chance(seedOf(slug));
  const room = roomNames[Math.floor(luck() * 3)];
  if (view === 'scene') return fixtures(slug, color, shift, ratio);

  if (slug === 'card-cadou') {
    const objects = giftCard().map(([shape, spot]) => place(shape, spot));
    const angle = { card: 48, above: 80, close: 38 }[view];
    const cam = camera({
      at: view === 'close' ? [-1.6, 0.3, 2.4] : [0.2, 0, -0.8],
      pitch: angle,
      yaw: view === 'above' ? 0 : -14,
      wide: view === 'close' ? 9 : 20,
      tall: 10,
      ratio,
      fill: 0.84,
    });
    return { objects, camera: cam, backdrop: backdrop('lemn', { wallAt: -80 }) };
  }

  if (isCloth(slug)) {
    const { deps, layers, span, wall } = clothPieces(slug, view, color, shift);
    const objects = deps.map(([shape, spot]) => place(shape, spot));
    if (view === 'flat') {
      return {
        objects,
        camera: camera({ at: [0, 0, 0], pitch: 80, yaw: 5, wide: span[0], tall: span[1], ratio, fill: 0.82 }),
        backdrop: backdrop(room === 'lemn' ? 'var' : 'lemn', { wallAt: -300, layers }),
      };
    }
    if (view === 'hanging') {
      return {
        objects,
        camera: camera({ at: [0, 41, 0], pitch: 2, yaw: 9, wide: 56, tall: 64, ratio, fill: 0.86 }),
        backdrop: backdrop(room, { wallAt: wall, closeWall: true }),
      };
    }
    const { size, middle } = extent(objects);
    if (view === 'close') {
      const near = slug === 'husa-de-perna' ? [4, 26, 4] : [size[0] * 0.1, size[1] * 0.82, size[2] * 0.28];
      return {
        objects,
        camera: camera({
          at: near,
          pitch: slug === 'husa-de-perna' ? 16 : 40,
          yaw: 14,
          wide: Math.min(size[0] * 0.36, 17),
          tall: 6,
          ratio,
          fill: 0.95,
        }),
        backdrop: backdrop(room, { wallAt: -90 }),
      };
    }
    return {
      objects,
      camera: camera({
        at: [0, size[1] * 0.5, 0],
        pitch: 21,
        yaw: 0,
        wide: size[0],
        tall: size[1] + size[2] * 0.3,
        ratio,
        fill: 0.84,
      }),
      backdrop: backdrop(room, { wallAt: -80 }),
      middle,
    };
  }

  const objects = wares[slug](color, shift).map(([shape, spot]) => place(shape, spot));
  // A close-up looks at the clay, not at the candle, the plant or the spoons.
  const { size, middle, high } = extent(view === 'close' ? objects.filter((o) => o.reach) : objects);
  const isFlat = flatThings.has(slug),
    wallAt = -Math.max(34, size[0] * 2.4, size[1] * 2.2);
  const setting = backdrop(room, { wallAt });
  if (view === 'front') {
    const pitch = isFlat ? 34 : size[1] < size[0] * 0.55 ? 24 : 15;
    return {
      objects,
      backdrop: setting,
      camera: camera({
        at: [middle[0], high[1] * 0.47, middle[2]],
        pitch,
        wide: size[0],
        tall: size[1] + size[2] * Math.sin(pitch * degrees) * 0.8,
        ratio,
        fill: isFlat ? 0.86 : size[0] > size[1] * 1.2 ? 0.82 : 0.73,
      }),
    };
  }
  if (view === 'above') {
    const pitch = isFlat ? 84 : size[1] > 17 ? 40 : 56;
    const tall = size[1] * Math.cos(pitch * degrees) + size[2] * Math.sin(pitch * degrees);
    return {
      objects,
      backdrop: setting,
      camera: camera({
        at: [middle[0], high[1] * 0.5, middle[2]],
        pitch,
        yaw: 10,
        wide: size[0],
        tall,
        ratio,
        fill: 0.84,
      }),
    };
  }
  // Close-up: off-centre on the lip, where glaze, clay and hand meet.
  const reach = Math.max(
    5,
    size[1] < size[0] * 0.6 ? size[0] * 0.5 : Math.min(size[0], size[1] * 1.5) * 0.54,
  );
  return {
    objects,
    backdrop: setting,
    camera: camera({
      at: [
        middle[0] + size[0] * (luck() > 0.5 ? 0.14 : -0.12),
        high[1] - Math.min(size[1] * 0.3, reach * 0.4),
        size[2] * (isFlat ? 0.27 : 0.14),
      ],
      pitch: isFlat ? 30 : 27,
      yaw: luck() > 0.5 ? 24 : -20,
      wide: reach,
      tall: reach * 0.7,
      ratio,
      fill: 0.9,
    }),
  };
}
