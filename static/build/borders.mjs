// Borders of Natural Earth, and the dashed lines that stand in for those that
// somebody disputes.
import { mesh } from "topojson-client"
import { densify, distanceToLine, inRing, runs } from "./geometry.mjs"

/** Areas that Natural Earth draws apart and that are no dispute: a lease, a base. */
const undrawn = new Set(["Baikonur", "USNB Guantanamo Bay"])

const nameOf = (g) => g.properties.name

/** The rings of our own areas, each with its bounds and how near a border must run to belong to it. */
function ownAreas(disputed) {
  return disputed.features.filter((f) => f.geometry).map((f) => {
    const ring = f.geometry.coordinates[0]
    const near = f.properties.near
    const lons = ring.map((p) => p[0]), lats = ring.map((p) => p[1])
    const box = [Math.min(...lons) - near * 2, Math.min(...lats) - near, Math.max(...lons) + near * 2, Math.max(...lats) + near]
    return { ring, near, box }
  })
}

const inBox = ([x, y], [w, s, e, n]) => x >= w && x <= e && y >= s && y <= n

function belongs(p, area) {
  return inBox(p, area.box) && (inRing(p, area.ring) || distanceToLine(p, area.ring) < area.near)
}

/** Solid and dashed lines of a topology of countries. landIn(box) gives a test of whether a point of the box is land. */
export function borders(topology, disputed, landIn) {
  const atlas = new Set(disputed.features.flatMap((f) => f.properties.atlas ?? []))
  const countries = topology.objects.countries
  const drawn = (a, b) => a !== b && !undrawn.has(nameOf(a)) && !undrawn.has(nameOf(b))
  const claimed = (a, b) => atlas.has(nameOf(a)) || atlas.has(nameOf(b))
  const plain = mesh(topology, countries, (a, b) => drawn(a, b) && !claimed(a, b)).coordinates
  const dashed = [...mesh(topology, countries, (a, b) => drawn(a, b) && claimed(a, b)).coordinates]
  const areas = ownAreas(disputed)
  const solid = []
  for (const line of plain) {
    const dense = areas.some((a) => line.some((p) => inBox(p, a.box))) ? densify(line, 0.05) : line
    solid.push(...runs(dense, (p) => !areas.some((a) => belongs(p, a))))
    dashed.push(...runs(dense, (p) => areas.some((a) => belongs(p, a))))
  }
  for (const { ring, near, box } of areas) {
    const drawnAlready = dashed.flatMap((l) => runs(l, (p) => inBox(p, box)))
    const onLand = landIn(box)
    const own = (p) => onLand(p) && !drawnAlready.some((l) => distanceToLine(p, l) < near)
    dashed.push(...runs(densify(ring, 0.02), own).filter((l) => l.length > 12))
  }
  dashed.push(...islands(topology, disputed))
  return { solid: solid.filter((l) => l.length > 1), dashed: dashed.filter((l) => l.length > 1) }
}

/** The shores of a disputed area that has no border on land. */
function islands(topology, disputed) {
  const out = []
  for (const f of disputed.features) {
    const names = new Set(f.properties.atlas ?? [])
    const touches = (a, b) => names.has(nameOf(a)) || names.has(nameOf(b))
    const inland = mesh(topology, topology.objects.countries, (a, b) => a !== b && touches(a, b)).coordinates
    if (names.size && !inland.length) out.push(...mesh(topology, topology.objects.countries, (a, b) => a === b && touches(a, b)).coordinates)
  }
  return out
}
