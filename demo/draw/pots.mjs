// Turns a profile, a handle and a spout into one glazed shape.
import { hollow, solid, field, tube } from './lathe.mjs';
import { glazes, clays, glazed } from './glazes.mjs';
import { noise, between } from './seed.mjs';

const soften = (a, b, k) => {
  const h = Math.max(k - Math.abs(a - b), 0) / k;
  return Math.min(a, b) - h * h * k * 0.25;
};

/**
 * line: height up to which the clay stays bare; dip: the bare part is above instead;
 * lip: how far the mouth is pulled out into a pouring lip; oval: stretch along x.
 */
export function pot(form, { glaze = 'crem', within = glaze, clay = 'buff', shift = 0 } = {}) {
  const {
    line = 0.7,
    dip,
    rings = 0.0055,
    ringSize = 0.55,
    lip = 0,
    oval = 1,
    closed = false,
    wobble = 0.006,
    rim = true,
    window: opening,
  } = form;
  const body = field(closed ? solid(form.outer) : hollow(form.outer, form));
  const handle = form.handle && tube(form.handle.points, form.handle.radii);
  const spout = form.spout && tube(form.spout.points, form.spout.radii);
  const second = form.twoHandles;
  const top = body.high,
    tall = top - body.low;
  const box = [
    -body.width * oval * 1.02 - lip,
    body.low,
    -body.width * 1.02 - lip,
    body.width * oval * 1.02 + lip,
    top,
    body.width * 1.02 + lip,
  ];
  for (const part of [handle, spout]) {
    if (!part) continue;
    box[0] = Math.min(box[0], part.box[0]);
    box[1] = Math.min(box[1], part.box[1]);
    box[3] = Math.max(box[3], part.box[2]);
    box[4] = Math.max(box[4], part.box[3]);
    if (second) box[0] = Math.min(box[0], -part.box[2]);
  }
  const cut = form.spout?.cut;
  const distance = (x, y, z) => {
    const sx = x / oval;
    let r = Math.sqrt(sx * sx + z * z);
    if (lip > 0 && r > 0.01) {
      const toward = Math.max(0, sx / r);
      r -= lip * between(top - tall * 0.34, top, y) * toward ** 5;
      if (r < 0) r = 0;
    }
    const turn = r > 0.01 ? (sx * sx - z * z) / (r * r) : 0;
    let d = body.distance(r * (1 + wobble * turn), y);
    if (opening) {
      const hole = Math.max(
        Math.hypot(
          Math.max(0, Math.abs(z - 0) - opening.w + 0.8),
          Math.max(0, Math.abs(y - opening.y) - opening.h + 0.8),
        ) - 0.8,
        -x,
      );
      if (-hole > d) d = -hole;
    }
    if (handle) {
      const at = handle.at(second ? Math.abs(x) : x, y);
      const flat = z * 0.62;
      d = soften(d, (Math.sqrt(at.distance * at.distance + flat * flat) - at.radius) * 0.85, 0.5);
    }
    if (spout) {
      const at = spout.at(x, y),
        far = Math.sqrt(at.distance * at.distance + z * z);
      let pipe = soften(d, far - at.radius, 0.9);
      if (x > form.spout.hollowFrom) pipe = Math.max(pipe, -(far - at.radius + 0.28));
      if (x > form.spout.hollowFrom) pipe = Math.max(pipe, (x - cut[0]) * cut[2] + (y - cut[1]) * cut[3]);
      d = pipe;
    }
    return d;
  };
  const ring = (x, y, z) =>
    Math.sin(((y + (0.25 * Math.atan2(z, x)) / Math.PI) / ringSize) * Math.PI * 2) *
      rings *
      (0.4 + noise(x * 0.3, y * 1.2, z * 0.3 + shift)) +
    (noise(x * 1.3, y * 1.3 + shift, z * 1.3) - 0.5) * 0.014;
  const outside = glazes[glaze],
    inner = glazes[within],
    earth = clays[clay];
  const where = { shift, pool: 0, run: 1, edge: 0, ridge: 0, bare: 0 };
  return {
    box,
    distance,
    step: lip || oval !== 1 ? 0.8 : 0.92,
    grain: Math.max(0.03, body.cell * 1.3),
    fine: (x, y, z) => distance(x, y, z) + ring(x, y, z),
    height: top,
    width: box[3] - box[0],
    reach: body.width * oval,
    paint(out, x, y, z) {
      const r = Math.hypot(x / oval, z),
        outward = (out.nx * x + out.nz * z) / (r || 1);
      const isIn =
        !closed &&
        y > body.low + 0.2 &&
        r < body.width * 1.01 &&
        (outward < -0.12 ||
          (out.ny > 0.72 && y < top - 0.35 && !form.shoulder) ||
          (form.plate && out.ny > 0.35));
      const wander =
        (noise(x * 0.8 + shift, 4, z * 0.8) - 0.5) * 0.5 + (noise(x * 2.5, shift, z * 2.5) - 0.5) * 0.18;
      const edge = line + wander * Math.min(1, line + 0.2);
      let bare = isIn ? 0 : 1 - between(edge - 0.06, edge + 0.05, y);
      if (dip !== undefined && !isIn)
        bare = Math.max(bare, between(dip + wander - 0.06, dip + wander + 0.05, y));
      const toRim = closed ? 9 : Math.abs(top - y) + (form.plate ? Math.max(0, body.width - r) : 0);
      where.bare = rim && toRim < 0.6 && !lip ? Math.max(bare, (1 - between(0.02, 0.1, toRim)) * 0.6) : bare;
      where.edge = rim ? (1 - between(0.05, 0.34, toRim)) * 0.8 : 0;
      where.pool = isIn
        ? 0.35 * (1 - between(0, tall * 0.5, y - body.low))
        : 0.8 * (1 - between(0.1, 0.35 * tall, y - edge));
      // A glaze runs down walls; on a floor the streaks would meet in a star.
      where.run = isIn ? between(0.9, 0.5, out.ny) : 1;
      where.ridge = ring(x, y, z) * 44 - 0.1;
      glazed(out, isIn ? inner : outside, earth, x, y, z, where);
    },
  };
}
