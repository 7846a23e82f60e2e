// What the map draws of the incidents under the filter, from the server's tiles:
// all of them where they are few, else clusters and wide places for what the map
// shows, so that a million are no more work than a hundred.
import L from "leaflet"
import { get } from "./api.ts"
import { app } from "./app.ts"
import { query } from "./state.ts"
import type { Drawn, Incident, Item, Wide } from "./types.ts"
import { isPinned } from "./words.ts"

interface Properties {
  cluster?: boolean; member?: string; count?: number; classes?: Record<string, number>; class?: string
  toll: number | null; toll_unknown?: number; type?: string; group?: string; status?: string; day?: string
  precision?: string; radius_m?: number; lon?: number; lat?: number
}
interface Feature { id?: string; bbox?: [number, number, number, number]; geometry: GeoJSON.Geometry; properties: Properties }
interface Tile { features: Feature[]; summary: { matched: number; left_out: number } }

/** Incidents that the page keeps all of, so that moving the map asks nothing. */
export const few = 1000
/** Tiles are asked so many zooms coarser, for clusters 32 pixels wide; wide places that one shows one by one. */
const depth = 2, mostWide = 40

let kept = new Map<string, Promise<Tile>>()

/** Forgets what was asked, as after another filter or a change. */
export const forget = (): void => { kept = new Map() }

function ask(collection: "incidents" | "areas", at: [number, number, number], look: Record<string, string | number>): Promise<Tile> {
  const path = `/collections/${collection}/tiles/WebMercatorQuad/${at[0]}/${at[2]}/${at[1]}${query(app.state.filter, { f: "json", by: app.state.view.by, ...look })}`
  const before = kept.get(path)
  if (before) return before
  if (kept.size > 300) forget()
  const made = get<Tile>(path)
  made.catch(() => kept.delete(path))
  kept.set(path, made)
  return made
}

/** How wide, in metres, a place may be to join the marks of many at a zoom: some 100 pixels. */
export const narrowest = (zoom: number): number => Math.round((50 * 40_075_016.7 * 0.8) / (256 * 2 ** zoom))

/** The tiles that a box of the map meets at a zoom: columns may lie a turn of the Earth away. */
function tilesOf(b: L.LatLngBounds, zoom: number): [number, number, number][] {
  const n = 2 ** zoom
  const row = (lat: number): number => {
    const sin = Math.sin((Math.max(-85.05, Math.min(85.05, lat)) * Math.PI) / 180)
    return Math.max(0, Math.min(n - 1, Math.floor((0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)) * n)))
  }
  const columns = new Set<number>()
  for (let x = Math.floor((b.getWest() / 360 + 0.5) * n); x <= Math.floor((b.getEast() / 360 + 0.5) * n); x++) columns.add(((x % n) + n) % n)
  const out: [number, number, number][] = []
  for (const x of columns) for (let y = row(b.getNorth()); y <= row(b.getSouth()); y++) out.push([zoom, x, y])
  return out
}

/** Asks what the map draws in a box at a zoom, of so many incidents in all. */
export async function drawnIn(bounds: L.LatLngBounds, zoom: number, total: number): Promise<Drawn> {
  const all = total <= few
  const z = all ? 0 : Math.max(0, Math.round(zoom) - depth)
  const wide = narrowest(Math.round(zoom))
  const at: [number, number, number][] = all ? [[0, 0, 0]] : tilesOf(bounds, z)
  const broad = all ? at : tilesOf(bounds, Math.max(0, z - 1))
  const [points, areas] = await Promise.all([
    Promise.all(at.map((tile) => ask("incidents", tile, all ? { limit: few } : { limit: 200, wide }))),
    Promise.all(broad.map((tile) => ask("areas", tile, all ? { limit: few } : { limit: mostWide, wide }))),
  ])
  const places = new Map<string, Wide>()
  for (const f of areas.flatMap((tile) => tile.features)) places.set(`${f.properties.lon} ${f.properties.lat} ${f.properties.radius_m}`, wideOf(f))
  return { items: points.flatMap((tile) => tile.features.map(itemOf)), wide: [...places.values()].sort((a, b) => b.radiusM - a.radiusM) }
}

function itemOf(f: Feature): Item {
  const p = f.properties
  const [lon = 0, lat = 0] = (f.geometry as GeoJSON.Point).coordinates
  const at = L.latLng(lat, lon)
  const [w, s, e, n] = f.bbox ?? [lon, lat, lon, lat]
  const bounds = L.latLngBounds([s, w], [n, e])
  if (p.cluster) return { id: p.member ?? "", at, n: p.count ?? 0, mix: p.classes ?? {}, toll: p.toll ?? 0, unstated: p.toll_unknown ?? 0, bounds }
  return single(f, at, bounds)
}

function single(f: Feature, at: L.LatLng, bounds: L.LatLngBounds): Item {
  const p = f.properties
  const id = f.id ?? ""
  return { id, at, n: 1, mix: p.class ? { [p.class]: 1 } : {}, toll: p.toll ?? 0, unstated: p.toll === null ? 1 : 0, bounds, incident: app.incident(id) ?? stub(id, p, at) }
}

/** An incident as far as a tile tells of it. */
function stub(id: string, p: Properties, at: L.LatLng): Incident {
  const site = { role: "site", place: "", lat: at.lat, lon: at.lng, radius_m: p.radius_m ?? 0, precision: p.precision ?? "" }
  const label = app.vocabulary.types.find((x) => x.code === p.type)?.label
  const i: Incident = { id, ...(label ? { title: label } : {}), type: p.type ?? "", group: p.group ?? "", status: p.status ?? "", places: [site] }
  if (p.day) i.end = i.start = p.day
  if (p.toll !== null) i.killed_best = p.toll
  return i
}

function wideOf(f: Feature): Wide {
  const p = f.properties
  const at = L.latLng(p.lat ?? 0, p.lon ?? 0)
  const one = single(f, at, L.latLngBounds([at]))
  return { ...one, n: p.count ?? 1, mix: p.classes ?? {}, toll: p.toll ?? 0, unstated: p.toll_unknown ?? 0, radiusM: p.radius_m ?? 0, shape: f.geometry }
}

/** A draft that is not kept, or the open incident, as the map draws it; nothing without a point. */
export function itemOfIncident(i: Incident): Item | undefined {
  const site = i.places?.find((s) => s.role === "site")
  if (!site || !isPinned(site.precision) || site.lat === undefined || site.lon === undefined) return undefined
  const at = L.latLng(site.lat, site.lon)
  return { id: i.id, at, n: 1, mix: {}, toll: 0, unstated: 1, bounds: L.latLngBounds([at]), incident: i }
}
