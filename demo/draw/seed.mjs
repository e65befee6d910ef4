// Everything random comes from one seed, so that a redrawn picture is the same picture
// and a change in git means a change somebody made.
export function chance(seed) {
  let state = seed >>> 0 || 1;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

export function seedOf(words, seed = 1) {
  let h = 2166136261 ^ seed;
  for (let i = 0; i < words.length; i += 1) h = Math.imul(h ^ words.charCodeAt(i), 16777619);
  return h >>> 0;
}

const lattice = new Float32Array(4096);
const order = new Uint16Array(8192);
export function reseed(seed) {
  const next = chance(seed);
  for (let i = 0; i < 4096; i += 1) {
    lattice[i] = next();
    order[i] = i;
  }
  for (let i = 4095; i > 0; i -= 1) {
    const j = Math.floor(next() * (i + 1));
    const kept = order[i];
    order[i] = order[j];
    order[j] = kept;
  }
  order.copyWithin(4096, 0, 4096);
}
reseed(7);

export function pick(x, y, z) {
  return lattice[order[(order[(order[x & 4095] + y) & 4095] + z) & 4095]];
}

export function noise(x, y, z) {
  const xi = Math.floor(x),
    yi = Math.floor(y),
    zi = Math.floor(z);
  let u = x - xi,
    v = y - yi,
    w = z - zi;
  u = u * u * (3 - 2 * u);
  v = v * v * (3 - 2 * v);
  w = w * w * (3 - 2 * w);
  const a = order[xi & 4095],
    b = order[(xi + 1) & 4095];
  const y0 = yi & 4095,
    y1 = (yi + 1) & 4095,
    z0 = zi & 4095,
    z1 = (zi + 1) & 4095;
  const aa = order[(a + y0) & 4095],
    ab = order[(a + y1) & 4095];
  const ba = order[(b + y0) & 4095],
    bb = order[(b + y1) & 4095];
  const l = lattice,
    o = order;
  const n00 = l[o[aa + z0]] + (l[o[ba + z0]] - l[o[aa + z0]]) * u;
  const n10 = l[o[ab + z0]] + (l[o[bb + z0]] - l[o[ab + z0]]) * u;
  const n01 = l[o[aa + z1]] + (l[o[ba + z1]] - l[o[aa + z1]]) * u;
  const n11 = l[o[ab + z1]] + (l[o[bb + z1]] - l[o[ab + z1]]) * u;
  const n0 = n00 + (n10 - n00) * v,
    n1 = n01 + (n11 - n01) * v;
  return n0 + (n1 - n0) * w;
}

export const cloud = (x, y, z) =>
  noise(x, y, z) * 0.55 +
  noise(x * 2.1 + 9, y * 2.1, z * 2.1) * 0.28 +
  noise(x * 4.3, y * 4.3 + 5, z * 4.3) * 0.17;

/** Soft step from 0 at low to 1 at high; low may be the larger one. */
export const between = (low, high, x) => {
  const k = (x - low) / (high - low),
    t = k < 0 ? 0 : k > 1 ? 1 : k;
  return t * t * (3 - 2 * t);
};

/** sRGB "#rrggbb" to linear light, because light adds up only there. */
export const color = (hex) => [1, 3, 5].map((i) => (parseInt(hex.slice(i, i + 2), 16) / 255) ** 2.2);
export const mix = (a, b, t) => [
  a[0] + (b[0] - a[0]) * t,
  a[1] + (b[1] - a[1]) * t,
  a[2] + (b[2] - a[2]) * t,
];
