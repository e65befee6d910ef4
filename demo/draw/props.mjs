// What stands around the pots and makes them look used: twigs, candles, coffee, fruit, spoons, card.
import { chance, noise, between, color, mix } from './seed.mjs';
import { spline, solid, field } from './lathe.mjs';
import { forms } from './forms.mjs';

const bark = color('#6A4F3B'),
  oakWood = color('#A97F55');

function tint(out, [r, g, b], k = 1) {
  out.r = r * k;
  out.g = g * k;
  out.b = b * k;
}

export function disc(radius, hex, gloss = 0.9) {
  const tone = color(hex);
  return {
    box: [-radius, -0.3, -radius, radius, 0.05, radius],
    step: 1,
    grain: 0.03,
    height: 0,
    width: radius * 2,
    noShadow: true,
    distance: (x, y, z) => Math.max(Math.hypot(x, z) - radius, Math.abs(y + 0.12) - 0.12),
    paint(out, x, y, z) {
      const foam = between(radius * 0.8, radius, Math.hypot(x, z) + noise(x * 2, z * 2, 1) * 0.3);
      tint(
        out,
        mix(tone, [tone[0] * 1.6, tone[1] * 1.5, tone[2] * 1.4], foam * (gloss ? 0.5 : 0)),
        gloss ? 1 : 0.55 + 0.9 * noise(x * 3, 2, z * 3),
      );
      out.gloss = gloss;
    },
  };
}

export function candle(height, radius = 1.1) {
  const wax = color('#EFE4CC');
  return {
    box: [-radius - 0.2, 0, -radius - 0.2, radius + 0.2, height + 1.3, radius + 0.2],
    step: 0.9,
    grain: 0.03,
    height,
    width: radius * 2,
    distance(x, y, z) {
      const r = Math.hypot(x, z),
        body =
          Math.max(r - radius * (1 - 0.08 * (y / height)), Math.abs(y - height / 2) - height / 2 + 0.1) - 0.1;
      const wick = Math.max(Math.hypot(x - 0.06 * (y - height), z) - 0.08, Math.abs(y - height - 0.5) - 0.6);
      return Math.min(body, wick);
    },
    paint(out, x, y) {
      tint(out, y > height + 0.02 ? [0.03, 0.03, 0.03] : wax, 0.95);
      out.gloss = y > height ? 0 : 0.3;
    },
  };
}

/** A branch: capsules for wood, flattened drops for leaves or balls for berries. */
export function twig(
  seed,
  {
    tall = 26,
    lean = 0.3,
    leaves = 14,
    leaf = '#7C8560',
    size = 2.6,
    berries = false,
    bare = 0.35,
    stems = 1,
  } = {},
) {
  const next = chance(seed),
    woods = [],
    blades = [],
    green = color(leaf);
  for (let stem = 0; stem < stems; stem += 1) {
    const heading = stems === 1 ? (next() - 0.5) * 1.2 : (stem / stems) * Math.PI * 2 + next(),
      reach = tall * (0.75 + 0.3 * next());
    const away = lean * (0.6 + 0.8 * next());
    const points = [0, 1, 2, 3, 4].map((i) => {
      const s = i / 4;
      return [
        Math.cos(heading) * away * reach * s ** 1.6 + (next() - 0.5) * s * 2,
        reach * s,
        Math.sin(heading) * away * reach * s ** 1.6 * 0.6 + (next() - 0.5) * s * 2,
      ];
    });
    const flat = spline(
        points.map((p) => [p[0], p[1]]),
        3,
      ),
      deep = spline(
        points.map((p) => [p[2], p[1]]),
        3,
      ).map((p) => p[0]);
    for (let i = 0; i < flat.length - 1; i += 1)
      woods.push(
        Object.assign(
          [
            flat[i][0],
            flat[i][1],
            deep[i],
            flat[i + 1][0],
            flat[i + 1][1],
            deep[i + 1],
            0.26 * (1 - (0.6 * i) / flat.length),
          ],
          { stem },
        ),
      );
    const count = Math.round(leaves / stems);
    for (let i = 0; i < count; i += 1) {
      const s = bare + (1 - bare) * ((i + 0.5) / count),
        k = Math.min(flat.length - 1, Math.floor(s * (flat.length - 1)));
      const turn = heading + (i % 2 ? 1 : -1) * (0.9 + next() * 0.7),
        rise = 0.25 + next() * 0.7;
      const v = [Math.cos(turn), rise, Math.sin(turn)],
        n = Math.hypot(...v),
        length = size * (0.7 + 0.5 * next());
      const [ax, ay, az] = v.map((c) => c / n);
      const px = flat[k][0] + ax * length * 0.9,
        py = flat[k][1] + ay * length * 0.9,
        pz = deep[k] + az * length * 0.9;
      const qx = -az,
        qz = ax,
        qn = Math.hypot(qx, qz) || 1;
      blades.push({
        p: [px, py, pz],
        a: [ax, ay, az],
        q: [qx / qn, 0.25 * (next() - 0.5), qz / qn],
        length,
        tone: 0.75 + 0.5 * next(),
        stem,
      });
      if (berries) woods.push(Object.assign([flat[k][0], flat[k][1], deep[k], px, py, pz, 0.1], { stem }));
    }
  }
  const box = [1e9, 1e9, 1e9, -1e9, -1e9, -1e9];
  const grow = (into, p, r) => {
    for (let k = 0; k < 3; k += 1) {
      into[k] = Math.min(into[k], p[k] - r);
      into[k + 3] = Math.max(into[k + 3], p[k] + r);
    }
  };
  // Each stem has its own box, so that a ray far from a stem need not ask its every leaf.
  const groups = [];
  for (const part of [...woods, ...blades]) {
    const g = (groups[part.stem] ??= { woods: [], blades: [], box: [1e9, 1e9, 1e9, -1e9, -1e9, -1e9] });
    const spots = part.p
      ? [[part.p, part.length]]
      : [
          [part.slice(0, 3), 0.5],
          [part.slice(3, 6), 0.5],
        ];
    for (const [p, r] of spots) {
      grow(box, p, r);
      grow(g.box, p, r);
    }
    (part.p ? g.blades : g.woods).push(part);
  }
  let nearest = null;
  const distance = (x, y, z) => {
    let best = 1e9;
    nearest = null;
    for (const g of groups) {
      const c = g.box;
      const ax = Math.max(c[0] - x, x - c[3], 0),
        ay = Math.max(c[1] - y, y - c[4], 0),
        az = Math.max(c[2] - z, z - c[5], 0);
      if (best < 1e9 && ax * ax + ay * ay + az * az > best * best && best > 0) continue;
      best = ofStem(g, x, y, z, best);
    }
    return best;
  };
  const ofStem = (g, x, y, z, least) => {
    let best = least;
    for (const w of g.woods) {
      const ex = w[3] - w[0],
        ey = w[4] - w[1],
        ez = w[5] - w[2];
      let t = ((x - w[0]) * ex + (y - w[1]) * ey + (z - w[2]) * ez) / (ex * ex + ey * ey + ez * ez || 1);
      t = t < 0 ? 0 : t > 1 ? 1 : t;
      const gx = x - w[0] - ex * t,
        gy = y - w[1] - ey * t,
        gz = z - w[2] - ez * t,
        d = Math.sqrt(gx * gx + gy * gy + gz * gz) - w[6];
      if (d < best) best = d;
    }
    for (const b of g.blades) {
      const gx = x - b.p[0],
        gy = y - b.p[1],
        gz = z - b.p[2];
      const away = Math.sqrt(gx * gx + gy * gy + gz * gz);
      if (away - b.length > best) continue;
      if (berries) {
        const d = away - 0.55;
        if (d < best) {
          best = d;
          nearest = b;
        }
        continue;
      }
      const al = gx * b.a[0] + gy * b.a[1] + gz * b.a[2],
        ac = gx * b.q[0] + gy * b.q[1] + gz * b.q[2];
      const up = Math.sqrt(Math.max(0, away * away - al * al - ac * ac));
      const s = Math.min(1, Math.abs(al) / b.length),
        wide = b.length * 0.36 * (1 - s * s) + 0.01;
      const d =
        Math.max(
          Math.hypot(
            Math.max(0, Math.abs(ac) - wide),
            Math.max(0, up - 0.04),
            Math.max(0, Math.abs(al) - b.length),
          ) * 0.8,
          up * 0.5 - 0.04,
        ) - 0.02;
      if (d < best) {
        best = d;
        nearest = b;
      }
    }
    return best;
  };
  return {
    box,
    distance,
    step: 0.75,
    grain: 0.04,
    height: box[4],
    width: box[3] - box[0],
    paint(out, x, y, z) {
      distance(x, y, z);
      if (nearest) {
        tint(out, green, nearest.tone);
        out.gloss = berries ? 0.7 : 0.25;
        out.sheen = 0.1;
      } else {
        tint(out, bark, 0.8 + 0.4 * noise(x * 4, y * 1.5, z * 4));
      }
    },
  };
}

export function fruit(kind, seed = 1) {
  const kinds = {
    apple: ['#A3452F', 3.6, 0.92],
    lemon: ['#D2B45A', 2.7, 1],
    egg: ['#D9B492', 2.2, 1.25],
    plum: ['#5B4A5C', 2.3, 1.05],
    walnut: ['#A77C50', 1.8, 1.05],
    pear: ['#A9A25A', 3.2, 1],
  };
  const [hex, r, tall] = kinds[kind],
    tone = color(hex),
    blush = color('#D8A24A');
  return {
    box: [-r * 1.6, 0, -r * 1.1, r * 1.6, r * 2 * tall + (kind === 'apple' ? 1 : 0.4), r * 1.1],
    step: 0.85,
    grain: 0.05,
    height: r * 2,
    width: r * 2,
    distance(x, y, z) {
      const q = Math.hypot(x, z),
        h = (y - r * tall) / tall;
      let d = Math.hypot(kind === 'lemon' ? x / 1.28 : x, h, z) - r;
      if (kind === 'lemon') d -= 0.55 * Math.exp(-((Math.hypot(h, z) / 0.75) ** 2)) * (x > 0 ? 1 : 0.5);
      if (kind === 'apple') {
        d += 0.75 * Math.exp(-((q / 0.9) ** 2)) * (h > 0 ? 1 : 0.6);
        d = Math.min(d, Math.max(Math.hypot(x - (y - 6) * 0.15, z) - 0.13, Math.abs(y - r * 1.84) - 0.9));
      }
      if (kind === 'walnut') d += 0.05 * noise(x * 3, y * 3, z * 3) + 0.08 * Math.exp(-((x / 0.12) ** 2));
      return d * (kind === 'lemon' ? 0.7 : 0.9);
    },
    paint(out, x, y, z) {
      const q = Math.hypot(x, z);
      if (kind === 'apple' && y > r * 1.72 && q < 0.6) return tint(out, bark);
      const side = noise(x * 0.35 + seed, y * 0.25, z * 0.35),
        streak = noise(Math.atan2(z, x) * 7, y * 0.2, seed);
      tint(
        out,
        kind === 'apple' ? mix(tone, blush, between(0.4, 0.7, side * 0.7 + streak * 0.3)) : tone,
        0.85 + 0.3 * noise(x * 2 + seed, y * 2, z * 2),
      );
      out.gloss = kind === 'apple' ? 0.5 : 0.3;
      return undefined;
    },
  };
}

export function spoon(long = 24, shape = 0) {
  const fork = shape === 1;
  return {
    box: [-2.4, 0, -1, 2.4, long + 6, 1],
    step: 0.8,
    grain: 0.04,
    height: long,
    width: 4,
    distance(x, y, z) {
      const stick = Math.max(Math.hypot(x, z) - 0.5, Math.abs(y - long / 2) - long / 2);
      const bowl = (Math.hypot(x / 2.1, (y - long - 2) / 3.2, z / 0.6) - 1) * 0.6;
      const dent = fork
        ? Math.max(Math.abs(x) - 0.4, long + 1 - y)
        : (Math.hypot(x / 1.7, (y - long - 2) / 2.7, (z - 0.6) / 0.5) - 1) * 0.5;
      return Math.min(stick, Math.max(bowl, -dent));
    },
    paint(out, x, y, z) {
      tint(out, oakWood, 0.8 + 0.3 * noise(x * 5, y * 0.5, z * 5) + 0.1 * shape);
      out.gloss = 0.1;
    },
  };
}

export function rod(long, radius = 1.05) {
  return {
    box: [-long / 2, -radius, -radius, long / 2, radius, radius],
    step: 0.95,
    grain: 0.05,
    height: radius,
    width: long,
    distance: (x, y, z) => Math.max(Math.hypot(y, z) - radius, Math.abs(x) - long / 2),
    paint(out, x, y, z) {
      tint(out, oakWood, 0.75 + 0.4 * noise(x * 0.25, y * 5, z * 5));
      out.gloss = 0.15;
    },
  };
}

export function board(w, thick, d) {
  return {
    box: [-w / 2, 0, -d / 2, w / 2, thick, d / 2],
    step: 0.95,
    grain: 0.05,
    height: thick,
    width: w,
    distance(x, y, z) {
      const qx = Math.abs(x) - w / 2 + 0.3,
        qy = Math.abs(y - thick / 2) - thick / 2 + 0.3,
        qz = Math.abs(z) - d / 2 + 0.3;
      return (
        Math.hypot(Math.max(qx, 0), Math.max(qy, 0), Math.max(qz, 0)) +
        Math.min(Math.max(qx, qy, qz), 0) -
        0.3
      );
    },
    paint(out, x, y, z) {
      tint(
        out,
        oakWood,
        0.7 +
          0.35 * noise(x * 0.12, y * 3, z * 2.4 + noise(x * 0.04, 1, z * 0.3) * 3) +
          0.1 * noise(x * 0.6, 3, z * 9),
      );
      out.gloss = 0.12;
    },
  };
}

/** PdfPage with a motif pressed into it: a vase beside a ball of yarn, no letters. */
export function paperCard(w, h, hex, { motif = true, flap = false } = {}) {
  const tone = color(hex),
    vase = field(solid(forms.bottle.outer)),
    thick = 0.09;
  const clay = color('#A9603F'),
    moss = color('#7B846B');
  let ink = 0;
  const emboss = (x, y) => {
    ink = 0;
    if (flap) return 0.5 * between(0.1, 0, Math.abs(y - h / 2 + (w / 2 - Math.abs(x)) * 0.62));
    if (!motif) return 0;
    const scale = 28 / (h * 0.66),
      vx = (x + w * 0.14) * scale,
      vy = (y + h * 0.33) * scale,
      d = vase.distance(Math.abs(vx), vy) / scale;
    let up = between(0.05, -0.1, d);
    if (d < 0.02) ink = 1;
    const bx = x - w * 0.13,
      by = y + h * 0.17,
      r = Math.hypot(bx, by),
      ball = h * 0.155;
    if (d > 0.12) {
      if (r < ball) ink = 2;
      up = Math.max(up, between(ball + 0.05, ball - 0.08, r) * 0.5);
      if (r < ball)
        for (const [cx, cy] of [
          [-1.2, 0.6],
          [1.1, 1],
          [0.2, -1.6],
        ]) {
          const strand = Math.sin((Math.hypot(bx - cx * ball, by - cy * ball) / ball) * 20);
          if (cx < 0 || bx * cx > 0.02 * cy) up += 0.1 * strand;
        }
    }
    const frame = Math.max(Math.abs(x) - w / 2 + 0.55, Math.abs(y) - h / 2 + 0.55);
    return up + 0.6 * between(0.06, 0, Math.abs(frame));
  };
  return {
    box: [-w / 2, -h / 2, -0.2, w / 2, h / 2, 0.2],
    step: 0.9,
    grain: 0.02,
    height: h,
    width: w,
    emboss,
    distance(x, y, z) {
      const q = 0.35,
        qx = Math.abs(x) - w / 2 + q,
        qy = Math.abs(y) - h / 2 + q;
      const flatD = Math.hypot(Math.max(qx, 0), Math.max(qy, 0)) + Math.min(Math.max(qx, qy), 0) - q;
      return Math.max(flatD, Math.abs(z) - thick);
    },
    paint(out, x, y) {
      if (out.nz > 0.6) {
        const e = 0.03,
          here = emboss(x, y);
        out.nx -= ((emboss(x + e, y) - here) / e) * 0.16;
        out.ny -= ((emboss(x, y + e) - here) / e) * 0.16;
      }
      const fibre = 0.93 + 0.09 * noise(x * 7, y * 7, 2) + 0.04 * noise(x * 24, y * 3, 5);
      emboss(x, y);
      const printed = out.nz > 0.3 && ink ? mix(tone, ink === 1 ? clay : moss, 0.78) : tone;
      tint(out, printed, fibre);
      out.gloss = 0.03;
      out.sheen = 0.05;
    },
  };
}
