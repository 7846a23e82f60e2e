// What shares a spot or an extent: a few marks spread around it, each with a line
// to where it truly is, or a list beside it on the map.
import L from "leaflet"
import { get, sayError } from "./api.ts"
import { app } from "./app.ts"
import { h, reducedMotion } from "./dom.ts"
import { diameter, mark } from "./icons.ts"
import { narrowest } from "./items.ts"
import { number, t } from "./messages.ts"
import { incidentRow } from "./reportpart.ts"
import { query, values } from "./state.ts"
import type { Collection, Feature, Incident, Item, Wide } from "./types.ts"
import { isPinned, sites, title, whenShort } from "./words.ts"

/** Incidents that a list at a spot has at most. */
const most = 100
/** Marks that are spread around a spot at most; more are a list. */
const mostSpread = 12

const choose = (i: Incident): void => app.go({ incident: i.id, report: "", view: { pane: "" } })
/** Opens the list at a point of the map; Esc closes it. */
export function openSpot(map: L.Map, at: L.LatLng, heading: string, incidents: Incident[], more = 0): void {
  const popup = L.popup({ className: "spot", maxWidth: 320, minWidth: 220, maxHeight: 280, closeButton: true, autoPanPadding: [16, 16] })
  const items = incidents.map((i) => h("li", { onclick: () => map.closePopup(popup) }, incidentRow(i)))
  const content = h("div", {}, h("h3", {}, heading), h("ul", { class: "plain" }, ...items), more > 0 && h("p", { class: "hint" }, t("map.spotMore", { n: number(more) })))
  popup.setLatLng(at).setContent(content).openOn(map)
  content.querySelector("button")?.focus({ preventScroll: true })
}

/** Reads the features of a box under the filter. */
async function within(collection: "incidents" | "areas", b: L.LatLngBounds, more: Record<string, string> = {}): Promise<Feature[]> {
  const edge = 1e-6
  const bbox = [b.getWest() - edge, b.getSouth() - edge, b.getEast() + edge, b.getNorth() + edge].map((x) => x.toFixed(7)).join(",")
  const filter = { ...app.state.filter, bbox, ...more }
  const answer = await get<Collection>(`/collections/${collection}/items${query(filter, { limit: most, names: "hidden" })}`)
  for (const { properties: i } of answer.features) app.known.set(i.id, i)
  return answer.features
}

/** What a cluster stands for: the points in its box, and the places too narrow to be drawn as such whose middle is there. */
async function inside(map: L.Map, b: L.LatLngBounds): Promise<Incident[]> {
  const asked = values(app.state.filter, "precision")
  const precision = (asked.length ? asked : app.vocabulary.precisions).filter((p) => !isPinned(p)).join(",")
  const [points, areas] = await Promise.all([within("incidents", b), precision ? within("areas", b, { precision }) : []])
  const narrow = areas.filter((f) => f.geometry && (f.properties.radius_m ?? 0) <= narrowest(Math.round(map.getZoom())) && b.pad(0.01).contains(L.geoJSON(f.geometry).getBounds().getCenter()))
  return [...points, ...narrow].map((f) => f.properties)
}

/** Opens what a cluster stands for: few at one spot are spread, others are listed. */
export async function openMembers(map: L.Map, at: L.LatLng, items: Item[], bounds: L.LatLngBounds): Promise<void> {
  const n = items.reduce((sum, i) => sum + i.n, 0)
  try {
    const own = items.flatMap((i) => i.incident ?? [])
    const all = own.length === n ? own.map((i) => app.incident(i.id) ?? i) : await inside(map, bounds)
    const oneSpot = bounds.getNorth() - bounds.getSouth() < 2e-6 && bounds.getEast() - bounds.getWest() < 2e-6
    if (oneSpot && n <= mostSpread && all.length === n && all.every((i) => isPinned(sites(i)[0]?.precision))) return spread(map, at, all)
    openSpot(map, at, t(oneSpot ? "map.sameSpot" : "map.hereList", { n }), all, n - all.length)
  } catch (error) {
    app.fail(t("error.load", { why: sayError(error) }))
  }
}

/** Opens what is somewhere in a wide place. */
export async function openWide(map: L.Map, at: L.LatLng, place: Wide, heading: string): Promise<void> {
  const one = app.incident(place.id)
  if (place.n === 1) return choose(one ?? ({ id: place.id } as Incident))
  try {
    const site = one && sites(one)[0]
    const same = (i: Incident): boolean => sites(i).some((s) => s.radius_m === place.radiusM && s.place === site?.place)
    const all = (await within("areas", place.bounds, { precision: site?.precision ?? "" })).map((f) => f.properties).filter(same)
    openSpot(map, at, heading, all, place.n - all.length)
  } catch (error) {
    app.fail(t("error.load", { why: sayError(error) }))
  }
}

/** Spreads marks around their spot in the view alone; a press elsewhere, a zoom or Esc takes them back. */
function spread(map: L.Map, at: L.LatLng, all: Incident[]): void {
  const layer = L.layerGroup().addTo(map)
  const middle = map.latLngToLayerPoint(at)
  const far = Math.max(46, (all.length * 40) / (2 * Math.PI))
  const spots = all.map((i, k) => {
    const angle = (2 * Math.PI * k) / all.length - Math.PI / 2
    const there = map.layerPointToLatLng(middle.add([far * Math.cos(angle), far * Math.sin(angle)]))
    L.polyline([at, there], { className: "spread-line", interactive: false, weight: 1.5 }).addTo(layer)
    const size = diameter(i) + 14
    const face = h("span", {}, mark(i, { ring: false, selected: false }))
    const marker = L.marker(there, { icon: L.divIcon({ html: face, className: `mark spread${reducedMotion() ? "" : " moving"}`, iconSize: [size, size], iconAnchor: [size / 2, size / 2] }), keyboard: true, zIndexOffset: 20000 })
    marker.on("click", () => { close(); choose(i) })
    marker.addTo(layer)
    say(marker, t("map.mark", { title: title(i, app.vocabulary), when: whenShort(i) }))
    return marker
  })
  L.circleMarker(at, { radius: 3, className: "spread-spot", interactive: false }).addTo(layer)
  const keys = (e: KeyboardEvent): void => { if (e.key === "Escape") { e.stopPropagation(); close() } }
  const close = (): void => {
    layer.remove()
    map.off("click zoomstart", close)
    document.removeEventListener("keydown", keys, true)
  }
  map.on("click zoomstart", close)
  document.addEventListener("keydown", keys, true)
  spots[0]?.getElement()?.focus({ preventScroll: true })
}

/** Gives a marker on the map its name. */
export function say(marker: L.Marker, label: string): void {
  for (const name of ["aria-label", "title"]) marker.getElement()?.setAttribute(name, label)
}
