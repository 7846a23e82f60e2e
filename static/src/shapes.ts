// What of an incident the map draws: points and wide extents, per place where
// it happened.
import L from "leaflet"
import { basemapFile, hasOutline } from "./basemap.ts"
import type { Site } from "./types.ts"

/** Rings in latitude and longitude, with the areas that a neutral map leaves out of them. */
export interface Outline { rings: L.LatLng[][]; masks: L.LatLng[][] }

type Packed = { scale: number; rings: number[][] }
const outlines = new Map<string, Outline>()
const asked = new Set<string>()

function unpack(packed: number[], scale: number): L.LatLng[] {
  const out: L.LatLng[] = []
  let x = 0, y = 0
  for (let k = 0; k < packed.length; k += 2) {
    x += packed[k] ?? 0
    y += packed[k + 1] ?? 0
    out.push(L.latLng(y / scale, x / scale))
  }
  return out
}

/** The outline of a country once it is read; asks for it and calls ready when it is. */
function country(code: string, ready: () => void): Outline | undefined {
  const there = outlines.get(code)
  if (there || asked.has(code)) return there
  asked.add(code)
  void Promise.all([
    basemapFile<Packed>(`country-${code}`),
    basemapFile<{ scale: number; masks: { parties: string[]; rings: number[][] }[] }>("masks"),
  ]).then(([own, { scale, masks }]) => {
    outlines.set(code, {
      rings: own.rings.map((r) => unpack(r, own.scale)),
      masks: masks.filter((m) => m.parties.includes(code)).flatMap((m) => m.rings.map((r) => unpack(r, scale))),
    })
    ready()
  }, () => asked.delete(code))
  return undefined
}

/** The wide extent of an incident's place: a country's outline, else the shape that the server gives. */
export function outlineOf(area: GeoJSON.Geometry | null | undefined, site: Site | undefined, ready: () => void): Outline | undefined {
  if (site?.precision === "country" && site.country && hasOutline(site.country)) return country(site.country, ready)
  if (area?.type === "Polygon" || area?.type === "MultiPolygon") {
    const made = drawn.get(area) ?? { rings: area.type === "Polygon" ? rings(area.coordinates) : area.coordinates.flatMap(rings), masks: [] }
    drawn.set(area, made)
    return made
  }
  if (site?.lat === undefined || site.lon === undefined || !site.radius_m) return undefined
  return { rings: [circle(L.latLng(site.lat, site.lon), site.radius_m)], masks: [] }
}

const drawn = new WeakMap<GeoJSON.Geometry, Outline>()
const rings = (all: GeoJSON.Position[][]): L.LatLng[][] => all.map((r) => r.map(([lon = 0, lat = 0]) => L.latLng(lat, lon)))

/** A circle on the Earth as a ring of 64 points, by the direct problem on a sphere. */
export function circle(p: L.LatLng, radiusM: number): L.LatLng[] {
  const rad = Math.PI / 180
  const angle = radiusM / 6371008.8
  const out: L.LatLng[] = []
  for (let k = 0; k <= 64; k++) {
    const bearing = (2 * Math.PI * k) / 64
    const lat = Math.asin(Math.sin(p.lat * rad) * Math.cos(angle) + Math.cos(p.lat * rad) * Math.sin(angle) * Math.cos(bearing))
    const lon = Math.atan2(Math.sin(bearing) * Math.sin(angle) * Math.cos(p.lat * rad), Math.cos(angle) - Math.sin(p.lat * rad) * Math.sin(lat))
    out.push(L.latLng(lat / rad, p.lng + lon / rad))
  }
  return out
}

/** Pixels on the map of a length on the ground. */
export const pixels = (map: L.Map, at: L.LatLng, metres: number): number => metres / ((40075016.7 * Math.cos((at.lat * Math.PI) / 180)) / (256 * 2 ** map.getZoom()))

/** Whole turns of the Earth, in degrees, whose copies the map shows now. */
export function turns(map: L.Map): number[] {
  const b = map.getBounds()
  const out = []
  for (let k = Math.floor((b.getWest() + 180) / 360); k <= Math.floor((b.getEast() + 180) / 360); k++) out.push(k * 360)
  return out
}

/** Whether a point lies in a ring that is moved by a turn of the Earth, by crossings. */
export function inside(p: L.LatLng, ring: L.LatLng[], turn: number): boolean {
  let within = false
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const a = ring[i], b = ring[j]
    if (!a || !b) continue
    if (a.lat > p.lat !== b.lat > p.lat && p.lng - turn < ((b.lng - a.lng) * (p.lat - a.lat)) / (b.lat - a.lat) + a.lng) within = !within
  }
  return within
}
