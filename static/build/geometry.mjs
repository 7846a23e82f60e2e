// Plane geometry on degrees, for the build of the basemap. Rings are closed
// lists of [lon, lat].

/** Whether a point lies in a ring, by crossings. */
export function inRing([x, y], ring) {
  let inside = false
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [ax, ay] = ring[i], [bx, by] = ring[j]
    if ((ay > y) !== (by > y) && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside
  }
  return inside
}

/** Distance in degrees from a point to a segment; degrees of longitude are shortened by the cosine of the latitude. */
export function distance(p, a, b) {
  const k = Math.cos((p[1] * Math.PI) / 180)
  const px = p[0] * k, ax = a[0] * k, bx = b[0] * k
  const dx = bx - ax, dy = b[1] - a[1]
  const t = Math.max(0, Math.min(1, ((px - ax) * dx + (p[1] - a[1]) * dy) / (dx * dx + dy * dy || 1)))
  return Math.hypot(px - ax - t * dx, p[1] - a[1] - t * dy)
}

/** Smallest distance from a point to a line. */
export function distanceToLine(p, line) {
  let d = Infinity
  for (let i = 1; i < line.length; i++) d = Math.min(d, distance(p, line[i - 1], line[i]))
  return d
}

/** A ring cut to a box [west, south, east, north] (Sutherland and Hodgman 1974); empty where nothing is left. */
export function clipRing(ring, [w, s, e, n]) {
  let out = ring
  for (const [axis, at, sign] of [[0, w, 1], [0, e, -1], [1, s, 1], [1, n, -1]]) {
    const from = out
    out = []
    for (let i = 0; i < from.length; i++) {
      const a = from[(i + from.length - 1) % from.length], b = from[i]
      const ina = sign * (a[axis] - at) >= 0, inb = sign * (b[axis] - at) >= 0
      if (ina !== inb) {
        const t = (at - a[axis]) / (b[axis] - a[axis])
        out.push([a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])])
      }
      if (inb) out.push(b)
    }
  }
  return out.length < 3 ? [] : out
}

/** The pieces of a line whose segments touch a box. */
export function clipLine(line, [w, s, e, n]) {
  const pieces = []
  let piece = []
  for (let i = 1; i < line.length; i++) {
    const a = line[i - 1], b = line[i]
    const out = Math.max(a[0], b[0]) < w || Math.min(a[0], b[0]) > e || Math.max(a[1], b[1]) < s || Math.min(a[1], b[1]) > n
    if (out) {
      if (piece.length) pieces.push(piece)
      piece = []
    } else {
      if (!piece.length) piece.push(a)
      piece.push(b)
    }
  }
  if (piece.length) pieces.push(piece)
  return pieces
}

/** The line with points at most step degrees apart. */
export function densify(line, step) {
  const out = [line[0]]
  for (let i = 1; i < line.length; i++) {
    const a = line[i - 1], b = line[i]
    const n = Math.max(1, Math.ceil(Math.max(Math.abs(b[0] - a[0]), Math.abs(b[1] - a[1])) / step))
    for (let k = 1; k <= n; k++) out.push([a[0] + ((b[0] - a[0]) * k) / n, a[1] + ((b[1] - a[1]) * k) / n])
  }
  return out
}

/** Runs of the line for whose segments keep(middle) holds. */
export function runs(line, keep) {
  const out = []
  let run = []
  for (let i = 1; i < line.length; i++) {
    const a = line[i - 1], b = line[i]
    if (keep([(a[0] + b[0]) / 2, (a[1] + b[1]) / 2])) {
      if (!run.length) run.push(a)
      run.push(b)
    } else if (run.length) {
      out.push(run)
      run = []
    }
  }
  if (run.length) out.push(run)
  return out
}

/** Corners cut once (Chaikin 1974); ends stay. */
export function smooth(line, closed) {
  const out = closed ? [] : [line[0]]
  for (let i = 1; i < line.length; i++) {
    const a = line[i - 1], b = line[i]
    out.push([0.75 * a[0] + 0.25 * b[0], 0.75 * a[1] + 0.25 * b[1]], [0.25 * a[0] + 0.75 * b[0], 0.25 * a[1] + 0.75 * b[1]])
  }
  if (closed) out.push(out[0])
  else out.push(line[line.length - 1])
  return out
}

/** A line as one list of whole numbers: the first point, then differences, in units of 1/scale degrees. */
export function encode(line, scale) {
  const out = []
  let px = 0, py = 0
  for (const [lon, lat] of line) {
    const x = Math.round(lon * scale), y = Math.round(lat * scale)
    if (out.length && x === px && y === py) continue
    out.push(x - px, y - py)
    px = x
    py = y
  }
  return out
}

/** Where a map would write a ring's name: the point of a grid within it that is farthest from its edge. */
export function middle(ring) {
  const lons = ring.map((p) => p[0]), lats = ring.map((p) => p[1])
  const [w, e, s, n] = [Math.min(...lons), Math.max(...lons), Math.min(...lats), Math.max(...lats)]
  let best = [(w + e) / 2, (s + n) / 2], far = -1
  for (let i = 1; i < 24; i++) {
    for (let j = 1; j < 24; j++) {
      const p = [w + ((e - w) * i) / 24, s + ((n - s) * j) / 24]
      if (!inRing(p, ring)) continue
      const d = distanceToLine(p, ring)
      if (d > far) {
        far = d
        best = p
      }
    }
  }
  return best
}

/** How wide a ring is at the latitude of a point within it, in degrees. */
export function widthAt([x, y], ring) {
  let w = -Infinity, e = Infinity
  for (let k = 1; k < ring.length; k++) {
    const [ax, ay] = ring[k - 1], [bx, by] = ring[k]
    if ((ay > y) === (by > y)) continue
    const at = ((bx - ax) * (y - ay)) / (by - ay) + ax
    if (at <= x) w = Math.max(w, at)
    else e = Math.min(e, at)
  }
  return Number.isFinite(e - w) ? e - w : 0
}

/** The line with longitudes that run on past ±180 rather than jump. */
export function unwrap(line) {
  let turn = 0
  return line.map(([x, y], k) => {
    const before = k ? line[k - 1][0] : x
    if (x - before > 180) turn -= 360
    else if (x - before < -180) turn += 360
    return [x + turn, y]
  })
}

/** A ring whose longitudes run on; one that goes around a pole is closed along the pole. */
export function unwrapRing(ring) {
  const open = unwrap(ring)
  const [first, last] = [open[0], open[open.length - 1]]
  if (Math.abs(last[0] - first[0]) < 180) return open
  const pole = first[1] < 0 ? -90 : 90
  return [...open, [last[0], pole], [first[0], pole], first]
}

const world = [-180, -90, 180, 90]

/** The parts of a ring between -180 and 180. */
export function cutRing(ring) {
  const run = unwrapRing(ring)
  return [-360, 0, 360].map((turn) => clipRing(run.map(([x, y]) => [x + turn, y]), world)).filter((r) => r.length > 2)
}

/** The parts of a line between -180 and 180. */
export function cutLine(line) {
  return [-360, 0, 360].flatMap((turn) => clipLine(unwrap(line).map(([x, y]) => [x + turn, y]), world))
}
