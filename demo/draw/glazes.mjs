import { cloud, noise, pick, between, color, mix } from './seed.mjs';

// deep: where the glaze pools; thin: where it breaks over an edge and the clay warms it.
export const glazes = {
  crem: { base: color('#E9DEC9'), deep: color('#D6C6A8'), thin: color('#C79B6E'), speck: 1, gloss: 0.62 },
  verde: {
    base: color('#88907A'),
    deep: color('#656E57'),
    thin: color('#B08E5E'),
    speck: 0.8,
    gloss: 0.72,
  },
  albastru: {
    base: color('#8D9DA8'),
    deep: color('#687F90'),
    thin: color('#B59A7C'),
    speck: 0.7,
    gloss: 0.8,
  },
  miere: {
    base: color('#C0924F'),
    deep: color('#95602C'),
    thin: color('#DDB070'),
    speck: 0.6,
    gloss: 0.85,
  },
  negru: {
    base: color('#38322F'),
    deep: color('#1F1C1B'),
    thin: color('#7A4A2C'),
    speck: 0.2,
    gloss: 0.75,
  },
  roz: { base: color('#D6B2A3'), deep: color('#C39480'), thin: color('#B4774F'), speck: 1, gloss: 0.45 },
};
export const clays = { buff: color('#B4916F'), red: color('#A66A4C'), dark: color('#6B4A38') };

/** One iron speck per lattice cell at most; most cells have none. */
function speckle(x, y, z, size, share) {
  const cx = Math.floor(x / size),
    cy = Math.floor(y / size),
    cz = Math.floor(z / size);
  const luck = pick(cx, cy, cz);
  if (luck > share) return 0;
  const px = (cx + 0.3 + 0.4 * pick(cx + 17, cy, cz)) * size;
  const py = (cy + 0.3 + 0.4 * pick(cx, cy + 31, cz)) * size;
  const pz = (cz + 0.3 + 0.4 * pick(cx, cy, cz + 47)) * size;
  const radius = size * (0.08 + 0.2 * (luck / share));
  return 1 - between(radius * 0.4, radius, Math.hypot(x - px, y - py, z - pz));
}

/**
 * Colours one point of a pot. `where` says how far the point is from foot line and lip,
 * because that is where a glaze behaves: it stops, it pools, it breaks.
 */
export function glazed(out, glaze, clay, x, y, z, where) {
  const shift = where.shift;
  const mottle = cloud(x * 0.55 + shift, y * 0.4, z * 0.55);
  const fine = noise(x * 3.1, y * 3.1 + shift, z * 3.1);
  const angle = Math.atan2(z, x);
  const run = noise(angle * 5 + shift, y * 0.22, 3.3) * 0.6 + noise(angle * 13, y * 0.3 + shift, 8) * 0.4;
  let tone = mix(
    glaze.base,
    glaze.deep,
    Math.min(1, Math.max(0, (mottle - 0.38) * 1.5 + (run - 0.45) * 0.7 * where.run + where.pool * 0.75)),
  );
  tone = mix(
    tone,
    glaze.thin,
    Math.min(1, where.edge * (0.55 + 0.6 * fine) + Math.max(0, where.ridge) * 0.5),
  );
  const iron = Math.max(
    speckle(x, y, z, 0.42, 0.16 * glaze.speck),
    speckle(x + 5, y + 3, z, 0.2, 0.1 * glaze.speck),
  );
  tone = mix(tone, clays.dark, iron * 0.62);
  const light = 0.94 + fine * 0.12;
  const bare = where.bare;
  const grain = 0.86 + 0.16 * noise(x * 9, y * 9, z * 9) + 0.14 * noise(x * 2, y * 5, z * 2);
  const raw = mix(clay, clays.dark, speckle(x, y + 7, z, 0.25, 0.2) * 0.5);
  out.r = tone[0] * light + (raw[0] * grain - tone[0] * light) * bare;
  out.g = tone[1] * light + (raw[1] * grain - tone[1] * light) * bare;
  out.b = tone[2] * light + (raw[2] * grain - tone[2] * light) * bare;
  out.gloss = glaze.gloss * (1 - bare * 0.93) * (0.9 + 0.2 * mottle);
}
