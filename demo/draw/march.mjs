// A small ray marcher: one picture is one camera, one soft window light from the left and
// a few distance fields. Real shadows and reflections come for free from every side.
import { between, chance } from './seed.mjs';

const light = (() => {
  const v = [-0.62, 0.66, 0.43],
    n = Math.hypot(...v);
  return v.map((c) => c / n);
})();
const keyColour = [1.0, 0.955, 0.885];
// The window the pots mirror: two panes, seen from the object, reaching far down so that
// upright walls, which mirror what is low, carry a soft light along their left side too.
const side = (() => {
  const v = [light[2], 0, -light[0]],
    n = Math.hypot(...v);
  return v.map((c) => c / n);
})();
const over = [
  light[1] * side[2] - light[2] * side[1],
  light[2] * side[0] - light[0] * side[2],
  light[0] * side[1] - light[1] * side[0],
];

function turned(object) {
  const m = object.turn;
  const [px, py, pz] = object.at;
  object.toLocal = (x, y, z, out) => {
    const dx = x - px,
      dy = y - py,
      dz = z - pz;
    out[0] = m[0] * dx + m[3] * dy + m[6] * dz;
    out[1] = m[1] * dx + m[4] * dy + m[7] * dz;
    out[2] = m[2] * dx + m[5] * dy + m[8] * dz;
  };
  return object;
}

/** Puts a shape into the scene; yaw turns it on the table, tilt leans it back, roll sideways. */
export function place(shape, { x = 0, y = 0, z = 0, yaw = 0, tilt = 0, roll = 0 } = {}) {
  const [cy, sy, ct, st, cr, sr] = [
    Math.cos(yaw),
    Math.sin(yaw),
    Math.cos(tilt),
    Math.sin(tilt),
    Math.cos(roll),
    Math.sin(roll),
  ];
  const Y = [cy, 0, sy, 0, 1, 0, -sy, 0, cy],
    X = [1, 0, 0, 0, ct, -st, 0, st, ct],
    Z = [cr, -sr, 0, sr, cr, 0, 0, 0, 1];
  const times = (a, b) =>
    Array.from({ length: 9 }, (_, i) => {
      const r = Math.floor(i / 3),
        c = i % 3;
      return a[r * 3] * b[c] + a[r * 3 + 1] * b[3 + c] + a[r * 3 + 2] * b[6 + c];
    });
  return turned({ ...shape, turn: times(Y, times(X, Z)), at: [x, y, z] });
}

const lo = new Float64Array(3),
  ld = new Float64Array(3),
  lp = new Float64Array(3);

function localRay(o, ox, oy, oz, dx, dy, dz) {
  o.toLocal(ox, oy, oz, lo);
  const m = o.turn;
  ld[0] = m[0] * dx + m[3] * dy + m[6] * dz;
  ld[1] = m[1] * dx + m[4] * dy + m[7] * dz;
  ld[2] = m[2] * dx + m[5] * dy + m[8] * dz;
}

let enter = 0,
  leave = 0;
function crossesBox(box, pad) {
  enter = -1e9;
  leave = 1e9;
  for (let k = 0; k < 3; k += 1) {
    const inverse = 1 / (ld[k] || 1e-12);
    let a = (box[k] - pad - lo[k]) * inverse,
      b = (box[k + 3] + pad - lo[k]) * inverse;
    if (a > b) {
      const kept = a;
      a = b;
      b = kept;
    }
    if (a > enter) enter = a;
    if (b < leave) leave = b;
  }
  return leave > Math.max(enter, 0);
}

function meet(o, ox, oy, oz, dx, dy, dz, limit) {
  localRay(o, ox, oy, oz, dx, dy, dz);
  if (!crossesBox(o.box, 0.02)) return Infinity;
  let t = Math.max(enter, 0.01);
  const end = Math.min(leave, limit);
  for (let i = 0; i < 140 && t < end; i += 1) {
    const d = o.distance(lo[0] + ld[0] * t, lo[1] + ld[1] * t, lo[2] + ld[2] * t);
    if (d < 0.00025 * t) return t;
    t += Math.max(d * o.step, 0.0002 * t);
  }
  return Infinity;
}

function shade(objects, x, y, z, sharp) {
  let open = 1;
  for (const o of objects) {
    if (o.noShadow) continue;
    localRay(o, x, y, z, light[0], light[1], light[2]);
    // The half-shadow widens with distance; a fixed margin would cut it off in a straight line.
    const away = Math.hypot(x - o.at[0], y - o.at[1], z - o.at[2]);
    if (!crossesBox(o.box, Math.min(14, 1.2 + 0.22 * away))) continue;
    let t = Math.max(enter, 0.06);
    const end = Math.min(leave, 70);
    for (let i = 0; i < 44 && t < end; i += 1) {
      const d = o.distance(lo[0] + ld[0] * t, lo[1] + ld[1] * t, lo[2] + ld[2] * t);
      const gap = (sharp * d) / (t + 0.6);
      if (gap < open) open = gap;
      if (open < 0.004) return 0;
      t += Math.max(0.05, Math.min(d * 0.9, 1.2 + t * 0.06));
    }
  }
  return open * open * (3 - 2 * open);
}

const taps = [0.25, 0.7, 1.6, 3.2, 6];
const weight = [0.9, 0.7, 0.5, 0.34, 0.22];
const near = [];
function openness(objects, floor, x, y, z, nx, ny, nz) {
  let closed = 0,
    count = 0;
  for (const o of objects) {
    o.toLocal(x, y, z, lp);
    const b = o.box;
    const gx = Math.max(b[0] - lp[0], lp[0] - b[3], 0),
      gy = Math.max(b[1] - lp[1], lp[1] - b[4], 0),
      gz = Math.max(b[2] - lp[2], lp[2] - b[5], 0);
    if (gx * gx + gy * gy + gz * gz < 150) {
      near[count] = o;
      count += 1;
    }
  }
  if (!count && !floor) return 1;
  for (let i = 0; i < 5; i += 1) {
    const h = taps[i],
      px = x + nx * h,
      py = y + ny * h,
      pz = z + nz * h;
    let d = floor ? py : 1e9;
    for (let k = 0; k < count; k += 1) {
      const o = near[k];
      o.toLocal(px, py, pz, lp);
      const b = o.box;
      const gx = Math.max(b[0] - lp[0], lp[0] - b[3], 0),
        gy = Math.max(b[1] - lp[1], lp[1] - b[4], 0),
        gz = Math.max(b[2] - lp[2], lp[2] - b[5], 0);
      if (gx * gx + gy * gy + gz * gz >= Math.min(d, h) ** 2) continue;
      const here = o.distance(lp[0], lp[1], lp[2]);
      if (here < d) d = here;
    }
    if (d < h) closed += (weight[i] * (h - d)) / h;
  }
  return 1 / (1 + closed * 1.05);
}

function mirrored(x, y, z, soft, room) {
  const facing = x * light[0] + y * light[1] + z * light[2];
  let glow = 0.16 + 0.34 * between(-0.2, 1, y);
  if (y < 0) glow = 0.16 + 0.12 * (1 + y);
  if (facing > 0.15) {
    const u = (x * side[0] + y * side[1] + z * side[2]) / facing,
      v = (x * over[0] + y * over[1] + z * over[2]) / facing;
    const pane =
      between(0.52 + soft, 0.42 - soft * 0.6, Math.abs(u)) *
      (v > 0 ? between(0.62 + soft, 0.5 - soft * 0.6, v) : between(-2.3, -0.5, v));
    const bar = 1 - 0.55 * between(0.05 + soft * 0.5, 0.02, Math.abs(u)) * (1 - soft);
    glow += 7.5 * pane * bar * (1 - soft * 0.55);
  }
  // A white card on the right, as a photographer would hold it, keeps the dark side alive.
  glow += 0.5 * between(0.72, 0.98, x) * between(-0.3, 0.2, y);
  return glow * room;
}

const paint = { r: 0, g: 0, b: 0, gloss: 0, nx: 0, ny: 0, nz: 0, glow: 0, sheen: 0 };
const result = new Float64Array(3);
let hitObject = 0,
  hitDepth = 0;

function colourOf(scene, ox, oy, oz, dx, dy, dz) {
  const { objects, backdrop } = scene;
  let best = Infinity,
    found = -1;
  for (let i = 0; i < objects.length; i += 1) {
    const t = meet(objects[i], ox, oy, oz, dx, dy, dz, best);
    if (t < best) {
      best = t;
      found = i;
    }
  }
  const ground = dy < -1e-5 ? -oy / dy : Infinity;
  const wall = dz < -1e-5 ? (backdrop.wallAt - oz) / dz : Infinity;
  if (found < 0 || Math.min(ground, wall) < best) {
    const onTable = ground < wall;
    const t = Math.min(onTable ? ground : wall, 2500);
    const x = ox + dx * t,
      y = onTable ? 0 : oy + dy * t,
      z = oz + dz * t;
    hitObject = -1;
    hitDepth = t;
    paint.nx = 0;
    paint.ny = onTable ? 1 : 0;
    paint.nz = onTable ? 0 : 1;
    paint.gloss = 0;
    paint.sheen = 0;
    paint.shadow = 1;
    backdrop.paint(paint, x, y, z, onTable, t);
    const inReach = objects.length > 0 && (onTable || backdrop.closeWall);
    const lit = inReach
      ? shade(objects, x, y + (onTable ? 0.01 : 0), z + (onTable ? 0 : 0.02), 5) * paint.shadow
      : 1;
    const air = inReach
      ? openness(objects, false, x, y, z, onTable ? 0 : 0, onTable ? 1 : 0, onTable ? 0 : 1)
      : 1;
    const facing = Math.max(0, paint.nx * light[0] + paint.ny * light[1] + paint.nz * light[2]);
    const flat = onTable ? light[1] : light[2];
    // A cast shadow lets some window light bleed in, or it would look cut out.
    const key = ((0.56 * facing) / flat) * (0.12 + 0.88 * lit) * backdrop.brightness(x, y, z, onTable),
      fill = 0.44 * air * (0.55 + 0.45 * air);
    result[0] = paint.r * (key * keyColour[0] + fill * 0.98);
    result[1] = paint.g * (key * keyColour[1] + fill * 0.99);
    result[2] = paint.b * (key * keyColour[2] + fill * 1.03);
    return;
  }
  const o = objects[found];
  hitObject = found;
  hitDepth = best;
  const x = ox + dx * best,
    y = oy + dy * best,
    z = oz + dz * best;
  o.toLocal(x, y, z, lp);
  const e = o.grain,
    f = o.fine ?? o.distance,
    a = lp[0],
    b = lp[1],
    c = lp[2];
  const d1 = f(a + e, b - e, c - e),
    d2 = f(a - e, b - e, c + e),
    d3 = f(a - e, b + e, c - e),
    d4 = f(a + e, b + e, c + e);
  let lx = d1 - d2 - d3 + d4,
    ly = -d1 - d2 + d3 + d4,
    lz = -d1 + d2 - d3 + d4;
  let n = Math.hypot(lx, ly, lz) || 1;
  lx /= n;
  ly /= n;
  lz /= n;
  paint.nx = lx;
  paint.ny = ly;
  paint.nz = lz;
  paint.glow = 0;
  paint.sheen = 0;
  paint.gloss = 0;
  o.paint(paint, a, b, c, best);
  lx = paint.nx;
  ly = paint.ny;
  lz = paint.nz;
  n = Math.hypot(lx, ly, lz) || 1;
  const m = o.turn;
  const nx = (m[0] * lx + m[1] * ly + m[2] * lz) / n,
    ny = (m[3] * lx + m[4] * ly + m[5] * lz) / n,
    nz = (m[6] * lx + m[7] * ly + m[8] * lz) / n;
  const sx = x + nx * 0.05,
    sy = y + ny * 0.05,
    sz = z + nz * 0.05;
  const slope = nx * light[0] + ny * light[1] + nz * light[2];
  const wrap = Math.max(0, (slope + 0.18) / 1.18);
  const lit = wrap > 0 ? shade(objects, sx, sy, sz, 9) : 0;
  const air = openness(objects, true, x, y, z, nx, ny, nz);
  const up = ny * 0.5 + 0.5;
  const bounce = scene.backdrop.bounce;
  const key = 0.8 * wrap * lit,
    sky = (0.17 + 0.23 * up + 0.06 * Math.max(0, -nx)) * air,
    back = (1 - up) * 0.26 * (0.4 + 0.6 * air);
  let r = paint.r * (key * keyColour[0] + sky * 0.99 + back * bounce[0]);
  let g = paint.g * (key * keyColour[1] + sky + back * bounce[1]);
  let bl = paint.b * (key * keyColour[2] + sky * 1.04 + back * bounce[2]);
  const cosine = Math.max(0, -(nx * dx + ny * dy + nz * dz));
  if (paint.gloss > 0.02) {
    const k = 2 * (nx * dx + ny * dy + nz * dz);
    const rx = dx - k * nx,
      ry = dy - k * ny,
      rz = dz - k * nz;
    const fresnel = 0.042 + 0.5 * (1 - cosine) ** 5;
    const soft = (1 - paint.gloss) * 0.55 + 0.05;
    const shine = fresnel * paint.gloss * mirrored(rx, ry, rz, soft, (0.3 + 0.7 * lit) * air * air);
    r += shine;
    g += shine * 0.985;
    bl += shine * 0.96;
  }
  if (paint.sheen) {
    const fuzz = paint.sheen * (1 - cosine) ** 3 * (0.25 + 0.75 * lit) * air;
    r += paint.r * fuzz + fuzz * 0.05;
    g += paint.g * fuzz + fuzz * 0.05;
    bl += paint.b * fuzz + fuzz * 0.05;
  }
  result[0] = r + paint.glow;
  result[1] = g + paint.glow * 0.72;
  result[2] = bl + paint.glow * 0.4;
}

const shoulder = (v) => {
  const x = v * 1.1;
  return x < 0.62 ? x : 0.62 + (1 - Math.exp(-(x - 0.62) / 0.44)) * 0.4;
};

export function render(scene, width, height, seed) {
  const { from, to, fov } = scene.camera;
  const norm = (v) => {
    const n = Math.hypot(...v);
    return v.map((c) => c / n);
  };
  const cross = (p, q) => [p[1] * q[2] - p[2] * q[1], p[2] * q[0] - p[0] * q[2], p[0] * q[1] - p[1] * q[0]];
  const f = norm([to[0] - from[0], to[1] - from[1], to[2] - from[2]]),
    s = norm(cross(f, [0, 1, 0])),
    u = cross(s, f);
  const half = Math.tan((fov * Math.PI) / 360),
    ratio = width / height;
  scene.pixel = (2 * half) / height;
  const cast = (px, py) => {
    const a = ((px / width) * 2 - 1) * half * ratio,
      b = (1 - (py / height) * 2) * half;
    const x = f[0] + s[0] * a + u[0] * b,
      y = f[1] + s[1] * a + u[1] * b,
      z = f[2] + s[2] * a + u[2] * b;
    const n = Math.hypot(x, y, z);
    colourOf(scene, from[0], from[1], from[2], x / n, y / n, z / n);
  };
  const light3 = new Float32Array(width * height * 3),
    ids = new Int16Array(width * height),
    depth = new Float32Array(width * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      cast(x + 0.5, y + 0.5);
      const k = y * width + x;
      light3[k * 3] = result[0];
      light3[k * 3 + 1] = result[1];
      light3[k * 3 + 2] = result[2];
      ids[k] = hitObject;
      depth[k] = hitDepth;
    }
  }
  // Only edges and sharp glints need more rays; the rest is smooth already.
  const rough = [];
  for (let y = 1; y < height - 1; y += 1) {
    for (let x = 1; x < width - 1; x += 1) {
      const k = y * width + x;
      for (const j of [k + 1, k + width, k - 1, k - width]) {
        const step = Math.abs(light3[k * 3 + 1] - light3[j * 3 + 1]);
        if (
          ids[k] !== ids[j] ||
          (ids[k] >= 0 && Math.abs(depth[k] - depth[j]) > 0.02 * depth[k]) ||
          step > 0.09
        ) {
          rough.push(k);
          break;
        }
      }
    }
  }
  for (const k of rough) {
    const x = k % width,
      y = (k - x) / width;
    let r = 0,
      g = 0,
      b = 0;
    for (const [ax, ay] of [
      [0.125, 0.375],
      [0.375, 0.875],
      [0.625, 0.125],
      [0.875, 0.625],
      [0.5, 0.5],
    ]) {
      cast(x + ax, y + ay);
      r += Math.min(result[0], 1.6);
      g += Math.min(result[1], 1.6);
      b += Math.min(result[2], 1.6);
    }
    light3[k * 3] = r / 5;
    light3[k * 3 + 1] = g / 5;
    light3[k * 3 + 2] = b / 5;
  }
  const bytes = Buffer.alloc(width * height * 3),
    next = chance(seed);
  for (let i = 0; i < width * height; i += 1) {
    const grain = (next() + next() - 1) * 2.2;
    for (let c = 0; c < 3; c += 1) {
      bytes[i * 3 + c] = Math.max(
        0,
        Math.min(255, Math.round(shoulder(light3[i * 3 + c]) ** (1 / 2.2) * 255 + grain)),
      );
    }
  }
  return bytes;
}
