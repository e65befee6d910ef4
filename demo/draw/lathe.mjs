// A wheel-thrown body is a profile turned around an axis. Its distance field is worked out
// once per profile on a small grid; after that a look-up replaces the geometry.

/** A smooth line through hand-placed points; a point given twice makes a corner. */
export function spline(points, perSpan = 14) {
  const line = [];
  const at = (i) => points[Math.max(0, Math.min(points.length - 1, i))];
  for (let i = 0; i < points.length - 1; i += 1) {
    const [p0, p1, p2, p3] = [at(i - 1), at(i), at(i + 1), at(i + 2)];
    if (p1[0] === p2[0] && p1[1] === p2[1]) continue;
    for (let s = 0; s < perSpan; s += 1) {
      const t = s / perSpan,
        t2 = t * t,
        t3 = t2 * t;
      const along = (k) =>
        0.5 *
        (2 * p1[k] +
          (p2[k] - p0[k]) * t +
          (2 * p0[k] - 5 * p1[k] + 4 * p2[k] - p3[k]) * t2 +
          (3 * p1[k] - p0[k] - 3 * p2[k] + p3[k]) * t3);
      line.push([along(0), along(1)]);
    }
  }
  line.push(points[points.length - 1].slice());
  return line;
}

// A radius below zero would fold the pot through its own axis.
const turnedLine = (points) => spline(points).map(([r, y]) => [Math.max(0, r), y]);

/** The wall: the outside, a rounded lip, the inside and a floor that meets the wall in a curve. */
export function hollow(outerPoints, { wall = 0.4, floor = 0.7, fillet = 1 } = {}) {
  const outer = turnedLine(outerPoints);
  const inner = [];
  for (let i = outer.length - 1; i >= 0; i -= 1) {
    const a = outer[Math.max(0, i - 1)],
      b = outer[Math.min(outer.length - 1, i + 1)];
    const dx = b[0] - a[0],
      dy = b[1] - a[1],
      length = Math.hypot(dx, dy) || 1;
    const r = outer[i][0] - (dy / length) * wall,
      y = outer[i][1] + (dx / length) * wall;
    if (y <= floor + fillet || r < 0.15) break;
    inner.push([r, y]);
  }
  if (!inner.length) return solid(outerPoints);
  const rim = outer[outer.length - 1],
    first = inner[0];
  const middle = [(rim[0] + first[0]) / 2, (rim[1] + first[1]) / 2];
  const reach = Math.hypot(rim[0] - first[0], rim[1] - first[1]) / 2;
  const start = Math.atan2(rim[1] - middle[1], rim[0] - middle[0]);
  const lip = [];
  for (let s = 1; s < 8; s += 1) {
    const angle = start + (Math.PI * s) / 8;
    lip.push([middle[0] + Math.cos(angle) * reach, middle[1] + Math.sin(angle) * reach]);
  }
  const last = inner[inner.length - 1];
  const base = [];
  for (let s = 1; s <= 16; s += 1) {
    const k = 1 - s / 16;
    base.push([last[0] * k, floor + (last[1] - floor) * k ** 3]);
  }
  return [[0, outer[0][1]], ...outer, ...lip, ...inner, ...base];
}

export function solid(outerPoints) {
  const outer = turnedLine(outerPoints);
  return [[0, outer[0][1]], ...outer, [0, outer[outer.length - 1][1]]];
}

function inside(polygon, x, y) {
  let odd = false;
  for (let i = 0, j = polygon.length - 1; i < polygon.length; j = i, i += 1) {
    const [ax, ay] = polygon[i],
      [bx, by] = polygon[j];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) odd = !odd;
  }
  return odd;
}

const kept = new Map();

/** Distance to the turned profile as a function of (radius, height). */
export function field(polygon) {
  const key = JSON.stringify(polygon);
  if (kept.has(key)) return kept.get(key);
  let width = 0,
    low = Infinity,
    high = -Infinity;
  for (const [x, y] of polygon) {
    width = Math.max(width, x);
    low = Math.min(low, y);
    high = Math.max(high, y);
  }
  const cell = Math.max(width, high - low) / 200;
  const margin = 6 * cell;
  const y0 = low - margin,
    columns = Math.ceil((width + margin) / cell) + 2,
    rows = Math.ceil((high - low + 2 * margin) / cell) + 2;
  const grid = new Float32Array(columns * rows);
  const n = polygon.length;
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const x = column * cell,
        y = y0 + row * cell;
      let best = Infinity;
      for (let i = 0; i < n - 1; i += 1) {
        const a = polygon[i],
          b = polygon[i + 1];
        if (a[0] < 1e-6 && b[0] < 1e-6) continue;
        const ex = b[0] - a[0],
          ey = b[1] - a[1];
        let t = ((x - a[0]) * ex + (y - a[1]) * ey) / (ex * ex + ey * ey || 1);
        t = t < 0 ? 0 : t > 1 ? 1 : t;
        const gx = x - a[0] - ex * t,
          gy = y - a[1] - ey * t;
        const d = gx * gx + gy * gy;
        if (d < best) best = d;
      }
      grid[row * columns + column] = inside(polygon, x + 1e-5, y) ? -Math.sqrt(best) : Math.sqrt(best);
    }
  }
  const rMax = (columns - 2) * cell,
    yMax = y0 + (rows - 2) * cell;
  const distance = (r, y) => {
    const cr = r > rMax ? rMax : r,
      cy = y < y0 ? y0 : y > yMax ? yMax : y;
    const gx = cr / cell,
      gy = (cy - y0) / cell;
    const ix = gx | 0,
      iy = gy | 0,
      fx = gx - ix,
      fy = gy - iy,
      k = iy * columns + ix;
    const top = grid[k] + (grid[k + 1] - grid[k]) * fx;
    const under = grid[k + columns] + (grid[k + columns + 1] - grid[k + columns]) * fx;
    const d = top + (under - top) * fy;
    const ox = r - cr,
      oy = y - cy;
    // Outside the grid this is a lower bound, which is what marching needs.
    return ox === 0 && oy === 0 ? d : Math.sqrt(ox * ox + oy * oy + (d > 0 ? d * d : 0));
  };
  const made = { distance, width, low, high, cell };
  kept.set(key, made);
  return made;
}

/** Handles and spouts are tubes along a curve in one plane; the grid holds distance and thickness. */
export function tube(points, radii) {
  const line = spline(points, 12);
  const lows = [0, 1].map((k) => Math.min(...line.map((p) => p[k])) - 2.5);
  const highs = [0, 1].map((k) => Math.max(...line.map((p) => p[k])) + 2.5);
  const cell = Math.max(highs[0] - lows[0], highs[1] - lows[1]) / 150;
  const columns = Math.ceil((highs[0] - lows[0]) / cell) + 2,
    rows = Math.ceil((highs[1] - lows[1]) / cell) + 2;
  const grid = new Float32Array(columns * rows),
    thick = new Float32Array(columns * rows);
  const radiusAt = (t) => {
    const place = t * (radii.length - 1),
      i = Math.min(radii.length - 2, Math.floor(place));
    return radii[i] + (radii[i + 1] - radii[i]) * (place - i);
  };
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const x = lows[0] + column * cell,
        y = lows[1] + row * cell;
      let best = Infinity,
        where = 0;
      for (let i = 0; i < line.length - 1; i += 1) {
        const a = line[i],
          b = line[i + 1],
          ex = b[0] - a[0],
          ey = b[1] - a[1];
        let t = ((x - a[0]) * ex + (y - a[1]) * ey) / (ex * ex + ey * ey || 1);
        t = t < 0 ? 0 : t > 1 ? 1 : t;
        const d = Math.hypot(x - a[0] - ex * t, y - a[1] - ey * t);
        if (d < best) {
          best = d;
          where = (i + t) / (line.length - 1);
        }
      }
      grid[row * columns + column] = best;
      thick[row * columns + column] = radiusAt(where);
    }
  }
  const limitX = (columns - 2) * cell,
    limitY = (rows - 2) * cell;
  const look = { distance: 0, radius: 0 };
  look.at = (x, y) => {
    const px = x - lows[0],
      py = y - lows[1];
    const cx = px < 0 ? 0 : px > limitX ? limitX : px,
      cy = py < 0 ? 0 : py > limitY ? limitY : py;
    const gx = cx / cell,
      gy = cy / cell,
      ix = gx | 0,
      iy = gy | 0,
      fx = gx - ix,
      fy = gy - iy,
      k = iy * columns + ix;
    const blend = (g) => {
      const top = g[k] + (g[k + 1] - g[k]) * fx,
        under = g[k + columns] + (g[k + columns + 1] - g[k + columns]) * fx;
      return top + (under - top) * fy;
    };
    const d = blend(grid),
      ox = px - cx,
      oy = py - cy;
    look.distance = ox === 0 && oy === 0 ? d : Math.sqrt(ox * ox + oy * oy + d * d * 0.5);
    look.radius = blend(thick);
    return look;
  };
  const reach = Math.max(...radii) + 0.2;
  look.box = [
    Math.min(...line.map((p) => p[0])) - reach,
    Math.min(...line.map((p) => p[1])) - reach,
    Math.max(...line.map((p) => p[0])) + reach,
    Math.max(...line.map((p) => p[1])) + reach,
  ];
  return look;
}
