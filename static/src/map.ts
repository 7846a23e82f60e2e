// The map: basemap or tiles, names, extents, marks; keeps its place in the address.
import L from "leaflet"
import { app } from "./app.ts"
import type { Palette } from "./basemap.ts"
import { basemap } from "./basemap.ts"
import { corner } from "./corner.ts"
import { know, knowAll, standAt } from "./data.ts"
import { apart, debounce, el, h, narrow, reducedMotion } from "./dom.ts"
import { Extents } from "./extents.ts"
import { Heat } from "./heat.ts"
import { drawnIn, few } from "./items.ts"
import { Labels } from "./labels.ts"
import { Marks } from "./marks.ts"
import { locale, t } from "./messages.ts"
import type { Archive } from "./pmtiles.ts"
import { query, without } from "./state.ts"
import type { Drawn, Incident } from "./types.ts"
import { isPinned, sites } from "./words.ts"

const scheme = window.matchMedia("(prefers-color-scheme: dark)")

/** A colour of the style sheet. */
const css = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim()
const palette = (): Palette => ({ land: css("--land"), sea: css("--sea"), border: css("--border"), river: css("--river") })

export let map: L.Map
let marks: Marks
let extents: Extents
let labels: Labels
let heat: Heat

/** Makes the map and listens for what it shows. */
export function startMap(): void {
  const quiet = reducedMotion()
  map = L.map("map", {
    zoomControl: false, attributionControl: false, minZoom: narrow() ? 1 : 2, maxZoom: 17, zoomSnap: 0.5, worldCopyJump: true,
    maxBounds: [[-85, -Infinity], [85, Infinity]], maxBoundsViscosity: 1,
    zoomAnimation: !quiet, fadeAnimation: Boolean(app.vocabulary.tiles) && !quiet, markerZoomAnimation: !quiet, inertia: !quiet,
  })
  el("map").setAttribute("aria-label", t("map.label"))
  el("map").setAttribute("role", "region")
  background()
  controls()
  const ink = (): string => css("--halo")
  marks = new Marks(map)
  extents = new Extents(map, ink, marks, draw)
  heat = new Heat(map)
  labels = new Labels(map, () => [...marks.boxes, ...extents.boxes])
  if (!app.vocabulary.tiles) void labels.start().catch(() => undefined) // names are an ornament
  const at = app.state.view.map
  if (at) map.setView([at.lat, at.lon], at.zoom, { animate: false })
  else map.setView([25, 20], 2.5, { animate: false })
  const settle = debounce(200, () => { if (!app.vocabulary.tiles) void labels.load() }) // tiles bring their own names
  let zoomed = map.getZoom(), late = 0
  map.on("moveend resize", () => {
    if (zoomed !== (zoomed = map.getZoom())) again()
    window.clearTimeout(late)
    late = window.setTimeout(draw, app.data.counts.total > few ? 300 : 0) // of many it is asked anew, which may be long in coming
    settle()
    stand()
    if (!moving) return
    app.moved({ zoom: map.getZoom(), lat: map.getCenter().lat, lon: map.getCenter().wrap().lng })
    stood = JSON.stringify(app.state.view.map)
  })
  app.on("data", () => { void fitOnce(); void find() })
  app.on("drawn", () => { window.clearTimeout(late); draw() })
  app.on("known", debounce(60, draw))
  app.on("hover", () => { marks.point(); if (app.data.drawn.wide.length) extents.draw() })
  app.on("state", follow)
  scheme.addEventListener("change", () => { draw(); settle() })
  new ResizeObserver(() => map.invalidateSize({ animate: false })).observe(el("map"))
  stand()
  settle()
}

const stand = (): void => standAt({ bounds: map.getBounds(), zoom: map.getZoom(), box: viewBox() })

/** Whether moving the map belongs into the address: from the person's first move on. */
let moving = false

const draw = apart(() => {
  document.body.classList.toggle("previewing", app.preview.length > 0)
  const { items, wide } = app.data.drawn
  void knowAll(wide.map((w) => w.id)).catch(() => undefined) // what the places are called
  const warm = app.state.view.heat !== ""
  heat.draw(warm ? items : [])
  marks.draw(warm ? [] : items, warm ? [] : extents.small(wide))
}, () => extents.draw(), () => labels.draw())

/** After another zoom: draws at once what doesn't zoom along as marks do. */
function again(): void {
  if (app.state.view.heat) heat.draw(app.data.drawn.items)
  labels.draw()
}

function background(): void {
  const { tiles } = app.vocabulary
  if (tiles) {
    L.tileLayer(tiles.url, { maxZoom: 17, maxNativeZoom: 19 }).addTo(map)
    return
  }
  const layer = basemap(palette).addTo(map)
  scheme.addEventListener("change", () => layer.redraw())
  const { basemap: archive } = app.vocabulary as { basemap?: Archive }
  if (archive) void import("./pmtiles.ts").then((m) => m.showArchive(L, map, archive, scheme, locale))
}

function controls(): void {
  L.control.zoom({ position: corner("topright"), zoomInTitle: t("action.zoomIn"), zoomOutTitle: t("action.zoomOut") }).addTo(map)
  const fitAll = new L.Control({ position: corner("topright") })
  fitAll.onAdd = () => {
    const button = h("button", { type: "button", class: "map-button", title: t("action.fit"), "aria-label": t("action.fit"), onclick: () => { moving = true; fit() } }, "⤢")
    L.DomEvent.disableClickPropagation(button)
    return button
  }
  fitAll.addTo(map)
  L.control.scale({ position: corner("bottomleft"), imperial: false, maxWidth: 90 }).addTo(map)
  const credit = new L.Control({ position: corner("bottomright") })
  credit.onAdd = () => {
    const all = Object.values(app.vocabulary.attribution).map((a) => a.url ? h("a", { href: a.url, rel: "noopener", target: "_blank" }, a.text) : h("span", {}, a.text))
    const { tiles } = app.vocabulary
    const parts: (Node | string)[] = tiles?.attribution ? [h("span", {}, tiles.attribution), ...all.slice(0, 1)] : all
    return h("div", { class: "credit" }, ...parts.flatMap((p, k) => (k ? [" · ", p] : [p])), tiles?.attribution ? "" : h("span", { class: "wide-only" }, ` · ${t("map.disputed")}`))
  }
  credit.addTo(map)
  for (const event of ["dragstart", "zoomstart", "keydown"]) map.on(event, () => { if (shownOnce) moving = true })
}

let shownOnce = false
/** Fits the map to the incidents when they first come, unless the address says where it stands. */
async function fitOnce(): Promise<void> {
  if (shownOnce || !app.loaded) return
  if (!app.state.view.map) {
    if (app.state.incident) await showId(app.state.incident)
    else await fit()
  }
  shownOnce = true
}

let found: string | undefined
/** After another filter: where none of what meets it is in view, the map goes to it. */
async function find(): Promise<void> {
  const asked = query(without(app.state.filter, "datetime"))
  if (asked === found) return
  const first = found === undefined
  found = asked
  const { items, wide } = app.data.drawn
  const view = map.getBounds()
  const seen = [...items, ...wide].some((i) => [-360, 0, 360].some((turn) => view.intersects(turned(i.bounds, turn))))
  if (!first && !seen && app.data.counts.total > app.data.counts.unlocated) await fit()
}

const turned = (b: L.LatLngBounds, turn: number): L.LatLngBounds => L.latLngBounds([b.getSouth(), b.getWest() + turn], [b.getNorth(), b.getEast() + turn])

const world = L.latLngBounds([-85, -179.99], [85, 179.99])

async function fit(): Promise<void> {
  const drawn: Drawn = await drawnIn(world, 2, app.data.counts.total)
  const bounds = L.latLngBounds([])
  for (const i of drawn.items) bounds.extend(i.bounds)
  if (!bounds.isValid()) for (const w of drawn.wide) bounds.extend(w.at)
  if (!bounds.isValid()) return void map.setView([25, 20], 2.5)
  const pad = narrow() ? 24 : 56, animate = shownOnce && !reducedMotion(), zoom = map.getMinZoom()
  const wide = map.project(bounds.getNorthEast(), zoom).x - map.project(bounds.getSouthWest(), zoom).x
  if (wide < map.getSize().x - 2 * pad) return void map.fitBounds(bounds, { padding: [pad, pad], maxZoom: 9, animate })
  const lons = [...drawn.items, ...drawn.wide].flatMap((i) => Array<number>(Math.min(i.n, 100)).fill(i.at.lng)).sort((a, b) => a - b)
  map.setView([bounds.getCenter().lat, lons[lons.length >> 1] ?? 0], zoom, { animate }) // too wide for the screen: where most are
}

/** The box of the map: "west,south,east,north", west above east across the antimeridian. */
export function viewBox(): string {
  const b = map.getBounds()
  if (b.getEast() - b.getWest() >= 360) return ""
  const wrap = (x: number): number => L.latLng(0, x).wrap().lng
  return [wrap(b.getWest()), Math.max(-90, b.getSouth()), wrap(b.getEast()), Math.min(90, b.getNorth())].map((x) => Number(x.toFixed(4))).join(",")
}

/** Moves the map so that an incident can be seen. */
export function show(i: Incident): void {
  const site = sites(i)[0]
  const animate = shownOnce && !reducedMotion()
  if (site && isPinned(site.precision) && site.lat !== undefined && site.lon !== undefined) {
    const at = L.latLng(site.lat, site.lon)
    const zoom = Math.max(map.getZoom(), site.precision === "settlement" ? 8 : 9)
    if (!map.getBounds().pad(-0.15).contains(at) || map.getZoom() < 6) map.setView(at, zoom, { animate })
    return
  }
  const area = app.shapes.get(i.id)
  if (area) map.fitBounds(L.geoJSON(area).getBounds(), { padding: [40, 40], maxZoom: 10, animate })
}

/** Reads an incident and moves the map to it. */
async function showId(id: string): Promise<void> {
  const draft = app.preview.find((p) => p.id === id)
  if (!draft) await know(id)
  const i = draft ?? app.incident(id)
  if (i && app.state.incident === id) show(i)
}

/** Moves the map so that several incidents can be seen. */
export function showAll(all: Incident[]): void {
  const places = all.flatMap((i) => sites(i)).filter((s) => s.lat !== undefined && s.lon !== undefined)
  const bounds = L.latLngBounds(places.map((s) => [s.lat ?? 0, s.lon ?? 0]))
  if (bounds.isValid()) map.fitBounds(bounds, { padding: [64, 64], maxZoom: 9, animate: !reducedMotion() })
}

let followed = "", looked = ""
/** Where the address said last that the map stands. */
let stood = JSON.stringify(app.state.view.map)
/** Follows the state: the open incident, and where the address says that the map stands. */
function follow(): void {
  const { incident, view } = app.state
  if (incident !== followed) {
    followed = incident
    if (incident) void showId(incident)
  } else if (view.map && JSON.stringify(view.map) !== stood) {
    stood = JSON.stringify(view.map)
    map.setView([view.map.lat, view.map.lon], view.map.zoom)
  }
  if (looked !== (looked = incident + view.heat)) draw()
}

/** Lets the person choose a spot; null where they stop with Esc. */
export function pickSpot(): Promise<L.LatLng | null> {
  const box = el("map")
  box.classList.add("picking")
  note(t("map.pick"))
  return new Promise((resolve) => {
    const end = (at: L.LatLng | null): void => {
      map.off("click", onClick)
      document.removeEventListener("keydown", onKey, true)
      box.classList.remove("picking")
      note("")
      resolve(at)
    }
    const onClick = (e: L.LeafletMouseEvent): void => end(e.latlng.wrap())
    const onKey = (e: KeyboardEvent): void => {
      if (e.key === "Enter" && document.activeElement === box) return end(map.getCenter().wrap())
      if (e.key !== "Escape") return
      e.stopPropagation()
      end(null)
    }
    map.on("click", onClick)
    document.addEventListener("keydown", onKey, true)
  })
}

/** A line over the map; "" takes it away. */
export function note(text: string): void {
  const p = el("note")
  p.textContent = text
  p.hidden = text === ""
}
