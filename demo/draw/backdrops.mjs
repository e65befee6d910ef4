import { cloud, noise, between, color, mix } from './seed.mjs';

// Three rooms, one window: what changes is the wall and what the table is made of.
const rooms = {
  var: { wall: color('#E9E0D2'), table: color('#DED2BF'), kind: 'stone' },
  lemn: { wall: color('#D9CBB8'), table: color('#B08A61'), kind: 'oak' },
  salvie: { wall: color('#B4B8A4'), table: color('#DCD0BE'), kind: 'stone' },
};
export const roomNames = Object.keys(rooms);

function oak(x, z) {
  const plank = Math.floor(z / 13),
    along = x + plank * 37;
  const wave = noise(along * 0.05, z * 0.35, plank * 3.1) * 2.2;
  const band = noise(along * 0.02, (z + wave) * 1.6, plank);
  const fibre = noise(along * 0.35, z * 9, 2);
  const seam = between(0.09, 0.02, Math.abs(z / 13 - Math.round(z / 13)) * 13);
  return 0.8 + 0.2 * band + 0.14 * fibre - 0.32 * seam;
}

/** wallAt: how far behind the object the wall stands; layers: cloths lying flat on the table. */
export function backdrop(
  name,
  { wallAt = -46, closeWall = false, layers = [], blur = 9, panes = false } = {},
) {
  const room = rooms[name];
  const shadeOfWall = (x, y) =>
    0.93 + 0.09 * cloud(x * 0.07, y * 0.07, 3) + 0.03 * noise(x * 0.6, y * 0.25, 9);
  // Late sun through a window: slanted panes, so soft that they are felt before they are seen.
  const sun = (x, y) => {
    const u = x * 0.92 - y * 0.38 + 6,
      v = y + x * 0.2,
      w = -wallAt * 0.36,
      a = Math.abs(((((u / w) % 1) + 1) % 1) - 0.5),
      b = Math.abs(((((v / (w * 1.25)) % 1) + 1) % 1) - 0.5);
    return (
      between(0.5, 0.4, a) *
      between(0.5, 0.43, b) *
      between(w * 2.6, w * 1.5, Math.abs(u)) *
      (0.7 + 0.3 * cloud(x * 0.06, y * 0.06, 1))
    );
  };
  return {
    wallAt,
    closeWall,
    bounce: mix(room.table, [0.8, 0.8, 0.8], 0.25),
    brightness(x, y, z, onTable) {
      const across = onTable ? x : x + (y - 10) * 0.6;
      return (
        1.06 +
        (panes && !onTable ? (0.34 * sun(x, y) - 0.08) * between(1, 16, y) : 0) -
        0.22 * between(-45, 60, across) -
        (onTable ? 0.1 * between(0, wallAt, z) : 0.1 - 0.06 * between(0, -wallAt * 0.8, y))
      );
    },
    paint(out, x, y, z, onTable) {
      let tone;
      if (onTable) {
        const far = closeWall ? 0 : between(wallAt * 0.25, wallAt, z);
        const k =
          room.kind === 'oak'
            ? oak(x, z)
            : 0.93 + 0.08 * cloud(x * 0.2, 1, z * 0.2) + 0.03 * noise(x * 3, 0, z * 3);
        tone = mix(
          room.table.map((c) => c * k),
          mix(room.table, room.wall, 0.5),
          far,
        );
        for (const layer of layers) {
          const covered = layer(x, z, out);
          if (covered) tone = mix(tone, [out.r, out.g, out.b], covered);
        }
      } else {
        const k = shadeOfWall(x, y);
        const near = closeWall ? 0 : 1 - between(0, blur, y);
        tone = mix(
          room.wall.map((c) => c * k),
          mix(room.table, room.wall, 0.5),
          near,
        );
      }
      out.r = tone[0];
      out.g = tone[1];
      out.b = tone[2];
    },
  };
}
