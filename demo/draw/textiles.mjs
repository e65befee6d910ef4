// Cloth in four states: folded, hung over a rod, lying flat, stuffed.
import { noise, between, pick } from './seed.mjs';

const tilted = (out, cloth, ux, uy, uz, vx, vy, vz) => {
  out.nx -= cloth.du * ux + cloth.dv * vx;
  out.ny -= cloth.du * uy + cloth.dv * vy;
  out.nz -= cloth.du * uz + cloth.dv * vz;
};

export function folded(cloth, { w, d, layers = 3, thick = 1.6, shift = 0, size = 0 }) {
  const round = thick * 0.49,
    tall = layers * thick;
  const sag = (x, y, z) =>
    (noise(x * 0.16 + shift, y * 0.2, z * 0.16) - 0.5) * thick * 0.5 +
    (noise(x * 0.5 + shift, y * 0.3, z * 0.5) - 0.5) * 0.12;
  const slab = (x, y, z, i) => {
    const ox = (pick(i + shift, 4, 2) - 0.5) * thick * 0.35,
      oz = (pick(i + shift, 9, 2) - 0.5) * thick * 0.35;
    const qx = Math.abs(x - ox) - w / 2 + round,
      qz = Math.abs(z - oz) - d / 2 + round,
      qy = Math.abs(y - (i + 0.5) * thick) - thick / 2 + round;
    return (
      Math.hypot(Math.max(qx, 0), Math.max(qy, 0), Math.max(qz, 0)) +
      Math.min(Math.max(qx, qy, qz), 0) -
      round
    );
  };
  return {
    box: [-w / 2 - thick, 0, -d / 2 - thick, w / 2 + thick, tall + thick * 0.6, d / 2 + thick],
    step: 0.7,
    grain: 0.06,
    height: tall,
    width: w,
    distance(x, y, z) {
      const bent = y + sag(x, y, z) * between(0, thick, y);
      const i = Math.max(0, Math.min(layers - 1, Math.floor(bent / thick)));
      let best = slab(x, bent, z, i);
      if (i > 0) best = Math.min(best, slab(x, bent, z, i - 1));
      if (i < layers - 1) best = Math.min(best, slab(x, bent, z, i + 1));
      return best;
    },
    paint(out, x, y, z, t) {
      const nx = out.nx,
        ny = out.ny,
        nz = out.nz,
        onSide = Math.abs(nx) > 0.75;
      const u = onSide ? z : x,
        v = (onSide ? Math.sign(nx) * x : z) - y + size;
      cloth(u, v, out, t * 0.0002);
      const crease =
        between(0.32, 0.5, Math.abs((((y + sag(x, y, z)) / thick) % 1) - 0.5)) * (1 - Math.abs(ny)) * 0.5;
      out.r *= 1 - crease;
      out.g *= 1 - crease;
      out.b *= 1 - crease;
      if (onSide) tilted(out, cloth, 0, 0, 1, 0, -1, 0);
      else tilted(out, cloth, 1, 0, 0, 0, -nz, Math.max(0.2, ny));
    },
  };
}

export function hanging(cloth, { w, top, bottom, fringe = 0, folds = 1, shift = 0 }) {
  const bend = (x, y) => {
    const fall = between(top + 1, top - 22, y),
      sway = noise(x * 0.045 + shift, y * 0.02, 1) * 6;
    return (
      1.25 +
      fall * folds * (1.5 * Math.sin(x * 0.34 + sway) + 0.7 * Math.sin(x * 0.81 + sway * 1.7 + 1)) +
      (noise(x * 0.3, y * 0.09, shift) - 0.5) * 0.7
    );
  };
  const deepest = 1.25 + 3 * folds;
  return {
    box: [-w / 2 - 0.8, bottom - fringe - 0.5, -1.9, w / 2 + 0.8, top + 1.5, deepest + 1],
    step: 0.5,
    grain: 0.08,
    height: top,
    width: w,
    distance(x, y, z) {
      const edge = Math.abs(x) - w / 2 + (noise(y * 0.2, 3, shift) - 0.5) * 0.7 * between(top, bottom, y);
      let sheet = Math.abs(z - bend(x, y)) - 0.22;
      const hem = bottom + (noise(x * 0.12, 7, shift) - 0.5) * 0.9;
      if (y < hem && fringe) {
        const cell = 0.95,
          k = Math.round(x / cell),
          stray = ((noise(k * 1.7, y * 0.25, 4) - 0.5) * 0.6 * (hem - y)) / fringe;
        sheet = Math.max(
          sheet,
          Math.abs(x - k * cell - stray) - 0.24,
          bottom - fringe + (pick(k & 1023, 2, 5) - 0.5) * 1.2 - y,
        );
      } else if (!fringe) sheet = Math.max(sheet, hem - y);
      sheet = Math.max(sheet, y - top);
      const roll = Math.hypot(Math.max(y - top, -0.2), z) - 1.3;
      const over = y > top - 0.2 ? Math.max(roll, -roll - 0.5) : 9;
      return Math.max(Math.min(sheet, over), edge);
    },
    paint(out, x, y, z, t) {
      const k = out.nx * 0.7;
      cloth(x, y - (top + bottom) / 2, out, t * 0.0002);
      if (y < bottom - 0.3 && fringe) {
        cloth.du = 0;
        cloth.dv = Math.sin(y * 9) * 0.2;
      }
      const hem =
        !fringe && between(bottom + 1.5, bottom + 1.4, y) * between(bottom + 1.1, bottom + 1.3, y) * 0.3;
      const less = 1 - (hem || 0);
      out.r *= less;
      out.g *= less;
      out.b *= less;
      tilted(out, cloth, 1, 0, -k, 0, 1, 0);
    },
  };
}

/** Lies on the table as a layer of the table itself: it needs no thickness, only an edge, creases and a shadow. */
export function flat(
  cloth,
  { w, l, x = 0, z = 0, yaw = 0, fringe = 0, creases = [], shift = 0, pixel = 0.03 },
) {
  const c = Math.cos(yaw),
    s = Math.sin(yaw);
  const rise = (u, v) => {
    let h =
      (noise(u * 0.09 + shift, v * 0.09, 3) - 0.5) * 3.2 + (noise(u * 0.3, v * 0.3 + shift, 6) - 0.5) * 0.5;
    for (const [way, at] of creases) {
      const d = Math.abs((way === 'u' ? u : v) - at);
      h += 0.28 * Math.exp(-d * 2.2);
    }
    return h;
  };
  const cover = (u, v) => {
    const wave = (noise(v * 0.1, u * 0.1, shift + 2) - 0.5) * 0.6;
    const a = w / 2 + wave - Math.abs(u),
      b = l / 2 + wave - Math.abs(v);
    if (a > 0 && b > 0) return between(0, 0.1, Math.min(a, b));
    if (!fringe || a <= 0 || b < -fringe) return 0;
    const cell = 0.9,
      k = Math.round(u / cell),
      stray = (noise(k * 1.3, v * 0.3, 9) - 0.5) * 0.9 * (-b / fringe);
    if (b < -fringe * (0.8 + 0.2 * pick(k & 1023, 1, 1))) return 0;
    return between(0.3, 0.2, Math.abs(u - k * cell - stray));
  };
  return (px, pz, out) => {
    const dx = px - x,
      dz = pz - z,
      u = c * dx - s * dz,
      v = s * dx + c * dz;
    const here = cover(u, v);
    if (here < 1) {
      // The window stands left and in front, so the thin shadow falls right and back.
      let dark = 0;
      for (const [far, much] of [
        [0.2, 0.5],
        [0.5, 0.3],
        [0.9, 0.2],
      ]) {
        const sx = px - far * 0.8 - x,
          sz = pz + far * 0.55 - z;
        dark += much * cover(c * sx - s * sz, s * sx + c * sz);
      }
      out.shadow = Math.min(out.shadow, 1 - 0.55 * dark * (1 - here));
    }
    if (!here) return 0;
    cloth(u, v, out, pixel);
    const e = 0.25,
      h = rise(u, v),
      gu = ((rise(u + e, v) - h) / e) * 0.8 + cloth.du * 0.8,
      gv = ((rise(u, v + e) - h) / e) * 0.8 + cloth.dv * 0.8;
    out.nx = -(c * gu + s * gv);
    out.nz = -(-s * gu + c * gv);
    const n = Math.hypot(out.nx, 1, out.nz);
    out.nx /= n;
    out.ny = 1 / n;
    out.nz /= n;
    return here;
  };
}

export function cushion(cloth, { w, h, thick = 7, shift = 0 }) {
  const half = (x, y) => {
    const u = Math.min(1, Math.abs(x) / (w / 2)),
      v = Math.min(1, Math.abs(y - h / 2) / (h / 2));
    return (
      thick * Math.sqrt(Math.max(0, (1 - u ** 2.4) * (1 - v ** 2.4))) +
      (noise(x * 0.14 + shift, y * 0.14, 2) - 0.5) * 1.4 * (1 - u * v)
    );
  };
  return {
    box: [-w / 2, 0, -thick - 1.5, w / 2, h, thick + 1.5],
    step: 0.42,
    grain: 0.12,
    height: h,
    width: w,
    distance(x, y, z) {
      const pinch = 1 + 0.05 * Math.cos((x / w) * Math.PI),
        bow = 1 + 0.05 * Math.cos(((y - h / 2) / h) * Math.PI);
      const px = x * bow * 0.97,
        py = (y - h / 2) * pinch * 0.97 + h / 2;
      return Math.max(
        Math.abs(z) - half(px, py) - 0.12,
        Math.abs(px) - w / 2 + 0.2,
        Math.abs(py - h / 2) - h / 2 + 0.2,
      );
    },
    paint(out, x, y, z, t) {
      cloth(x, y - h / 2, out, t * 0.0002);
      tilted(out, cloth, 1, 0, 0, 0, 1, 0);
    },
  };
}
