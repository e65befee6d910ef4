import { noise, pick, between, color, mix } from './seed.mjs';

export const dyes = {
  natur: color('#E4D9C5'),
  in: color('#C7B595'),
  gri: color('#938D86'),
  caramiziu: color('#A86A50'),
  indigo: color('#4A566F'),
  lichen: color('#8F9470'),
};
const ecru = color('#EADFCB'),
  brown = color('#6E513A'),
  madder = color('#9C4524'),
  ochre = color('#C08B45');

const band = (x, at, width) => Math.abs(x - at) < width;
const diamond = (u, v, size) =>
  Math.abs(((((u / size) % 1) + 1) % 1) - 0.5) + Math.abs(((((v / size) % 1) + 1) % 1) - 0.5);

/** Which dye the thread at (u, v) has; u runs across the cloth, v along it, both from its middle. */
const patterns = {
  plain: (dye) => () => dye,
  bordered: (dye, w) => (u, v) =>
    Math.max(Math.abs(u), Math.abs(v)) > w / 2 - 1.6 && Math.max(Math.abs(u), Math.abs(v)) < w / 2 - 1.1
      ? mix(dye, ecru, 0.7)
      : dye,
  runner: (dye, w) => (u) => {
    const e = w / 2 - Math.abs(u);
    const stripe = dye === dyes.in ? madder : ecru;
    return band(e, 6, 1.7) || band(e, 9.2, 0.35) || band(e, 2.8, 0.35) ? stripe : dye;
  },
  checks: (dye) => (u, v) => {
    const a = (((u / 6) % 1) + 1) % 1 < 0.5,
      b = (((v / 6) % 1) + 1) % 1 < 0.5;
    return mix(ecru, dye, a && b ? 0.95 : a || b ? 0.5 : 0.04);
  },
  towel: (dye) => (u, v) => {
    const a = band((((u / 9) % 1) + 1) % 1, 0.5, 0.055),
      b = band((((v / 9) % 1) + 1) % 1, 0.5, 0.055);
    return a || b ? mix(ecru, dye, a && b ? 1 : 0.75) : ecru;
  },
  blanket: (dye) => (u, v) => {
    const other = dye === dyes.natur ? brown : ecru;
    const p = (((v / 34) % 1) + 1) % 1;
    return band(p, 0.5, 0.035) || band(p, 0.6, 0.012) || band(p, 0.4, 0.012) ? other : dye;
  },
  diamonds: (dye) => (u, v) => {
    const d = diamond(Math.round(u / 0.9) * 0.9, Math.round(v / 0.9) * 0.9, 15);
    return d < 0.2 || (d > 0.36 && d < 0.47) ? ecru : d > 0.62 && d < 0.68 ? mix(dye, ecru, 0.5) : dye;
  },
  kilim: (dye, w, l) => (u0, v0) => {
    const u = Math.round(u0 / 1.1) * 1.1,
      v = Math.round(v0 / 1.1) * 1.1;
    const e = Math.min(w / 2 - Math.abs(u), l / 2 - Math.abs(v));
    if (e < 2.2) return brown;
    if (e < 9) {
      const saw = Math.abs((((((u + v) / 6.6) % 1) + 1) % 1) - 0.5);
      return saw > 0.25 ? ecru : ochre;
    }
    if (e < 11.2) return brown;
    const d = diamond(u, v, 26.4);
    return d < 0.15 ? brown : d < 0.3 ? ecru : d < 0.42 ? ochre : d > 0.7 && d < 0.82 ? dyes.indigo : dye;
  },
};

/**
 * cloth(u, v, out, footprint): colour plus the little slopes of over and under.
 * Threads never get finer than a few pixels, or they would shimmer.
 */
export function weave(
  kind,
  { pattern = 'plain', dye = 'natur', pitch = 0.16, width = 40, length = 40 } = {},
) {
  const tone = patterns[pattern](dyes[dye], width, length);
  const wool = kind === 'wool';
  const cloth = (u, v, out, footprint = 0) => {
    const p = Math.max(pitch, footprint * 4.2),
      a = u / p,
      b = v / p;
    const ia = Math.floor(a),
      ib = Math.floor(b),
      fa = a - ia - 0.5,
      fb = b - ib - 0.5;
    const over = kind === 'wool' ? ((ia + ib) & 3) < 2 : ((ia + ib) & 1) === 0;
    const across = over ? fa : fb,
      along = over ? fb : fa;
    const slub = over
      ? noise(ia * 0.7, v * 0.6, 5) + pick(ia, 3, 1) * 0.7
      : noise(ib * 0.7, u * 0.6, 15) + pick(ib, 8, 1) * 0.7;
    const dyed = tone((ia + 0.5) * p, (ib + 0.5) * p);
    const height = 1 - 2.6 * across * across - 0.9 * along * along;
    const fuzz = wool ? 0.86 + 0.3 * noise(u * 6, v * 6, 2) : 1;
    const shade = (0.68 + 0.32 * height) * (0.88 + 0.16 * slub) * fuzz * (over ? 1.03 : 0.95);
    out.r = dyed[0] * shade;
    out.g = dyed[1] * shade;
    out.b = dyed[2] * shade;
    const steep = 0.55;
    cloth.du = (over ? -across * 1.6 : -along * 0.6) * steep;
    cloth.dv = (over ? -along * 0.6 : -across * 1.6) * steep;
    if (kind === 'waffle') {
      const wa = u / 1.15,
        wb = v / 1.15,
        ga = wa - Math.floor(wa) - 0.5,
        gb = wb - Math.floor(wb) - 0.5;
      const deep = Math.max(Math.abs(ga), Math.abs(gb)) * 2;
      const k = 0.6 + 0.45 * between(0.1, 0.9, deep);
      out.r *= k;
      out.g *= k;
      out.b *= k;
      if (Math.abs(ga) > Math.abs(gb)) cloth.du += Math.sign(ga) * 0.5 * between(1, 0.75, deep);
      else cloth.dv += Math.sign(gb) * 0.5 * between(1, 0.75, deep);
    }
    out.gloss = 0;
    out.sheen = wool ? 0.5 : 0.22;
  };
  cloth.du = 0;
  cloth.dv = 0;
  return cloth;
}
