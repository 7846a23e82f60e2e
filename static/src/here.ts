// What is at a spot of the map: its coordinates, the nearest place, and what
// happened near. Also the way to a place by its name or coordinates.
import L from "leaflet"
import { get, sayError } from "./api.ts"
import { app } from "./app.ts"
import { written, parseCoordinates } from "./coordinates.ts"
import { announce, fill, h, reducedMotion } from "./dom.ts"
import { field } from "./filters.ts"
import { map } from "./map.ts"
import { t } from "./messages.ts"
import { closePopover } from "./popover.ts"
import { incidentRow } from "./reportpart.ts"
import { query, without } from "./state.ts"
import type { Collection, PlaceFeature } from "./types.ts"
import { distance } from "./words.ts"

/** Opens what is known of a spot beside it. */
export async function tellHere(at: L.LatLng): Promise<void> {
  const spot = at.wrap()
  const { decimal, sexagesimal } = written({ lat: spot.lat, lon: spot.lng })
  const radius = Math.max(1000, Math.round((40_075_016.7 * Math.cos((spot.lat * Math.PI) / 180) * 60) / (256 * 2 ** map.getZoom())))
  const near = { ...without(app.state.filter, "bbox", "within"), within: `${spot.lng.toFixed(4)},${spot.lat.toFixed(4)},${radius}` }
  const place = h("p", {}, t("sentence.loading"))
  const list = h("div", { onclick: (e: Event) => { if ((e.target as Element).closest(".row")) popup.remove() } })
  const copy = h("button", { type: "button", class: "small", onclick: () => void navigator.clipboard?.writeText(decimal).then(() => announce(t("panel.copied"))) }, t("here.copy"))
  const only = h("button", { type: "button", class: "small", onclick: () => { popup.remove(); app.go({ filter: near }) } }, t("here.only", { d: distance(radius) }))
  const content = h("div", { class: "here" }, h("h3", { tabindex: -1 }, decimal), h("p", { class: "hint" }, sexagesimal), place, list, h("div", { class: "buttons" }, copy, only))
  const popup = L.popup({ className: "spot", maxWidth: 320, minWidth: 240, autoPanPadding: [16, 16] }).setLatLng(at).setContent(content).openOn(map)
  content.querySelector<HTMLElement>("h3")?.focus({ preventScroll: true })
  try {
    const [places, found] = await Promise.all([
      get<Collection<PlaceFeature & { properties: { distance_m?: number } }>>(`/gazetteer/reverse?lon=${spot.lng.toFixed(5)}&lat=${spot.lat.toFixed(5)}&limit=1&radius=200000`),
      get<Collection>(`/collections/incidents/items${query(near, { limit: 5, names: "hidden" })}`),
    ])
    const p = places.features[0]?.properties
    place.textContent = p ? t("here.near", { d: distance(p.distance_m ?? 0), place: [p.name, app.vocabulary.countries[p.country ?? ""]].filter(Boolean).join(", ") }) : t("here.nowhere")
    const n = found.numberMatched ?? found.features.length
    fill(list, h("h3", {}, t(n ? "here.happened" : "here.nothing", { n, d: distance(radius) })), h("ul", { class: "plain" }, ...found.features.map(({ properties: i }) => h("li", {}, incidentRow(i)))))
    popup.update()
  } catch (error) {
    place.textContent = sayError(error)
  }
}

function go(lat: number, lon: number, radiusM: number): void {
  closePopover(false)
  const animate = !reducedMotion()
  map.fitBounds(L.latLng(lat, lon).toBounds(Math.max(4000, radiusM * 2.4)), { animate, maxZoom: 13 })
  map.getContainer().focus({ preventScroll: true })
}

/** The field to go to a place, with what it may mean. */
export function goField(): HTMLElement {
  const input = h("input", { type: "search", id: "go-to", autocomplete: "off" })
  const answers = h("ul", { class: "plain answers", "aria-live": "polite" })
  const form = h("form", { role: "search", "aria-label": t("go.label"), class: "go" }, h("div", { class: "copy" }, field(t("go.label"), input, t("go.hint")), h("button", { type: "submit", id: "go" }, t("go.go"))), answers)
  form.addEventListener("submit", (e) => {
    e.preventDefault()
    const text = input.value.trim()
    const spot = parseCoordinates(text)
    if (spot) return go(spot.lat, spot.lon, 2000)
    if (!text) return
    get<Collection<PlaceFeature>>(`/gazetteer${query({}, { q: text, limit: 6 })}`).then(({ features }) => {
      if (!features.length) return fill(answers, h("li", { class: "hint" }, t("edit.placeNone")))
      fill(answers, ...features.map((f) => {
        const [lon = 0, lat = 0] = f.geometry.coordinates
        const { name, place, country, admin1, radius_m } = f.properties
        const where = [admin1, country && app.vocabulary.countries[country]].filter(Boolean).join(", ")
        return h("li", {}, h("button", { type: "button", class: "row", onclick: () => go(lat, lon, radius_m) }, h("span", { class: "row-text" }, h("span", { class: "row-title" }, place ?? name), h("span", { class: "row-sub" }, where))))
      }))
    }, (error) => fill(answers, h("li", { class: "error" }, sayError(error))))
  })
  return form
}
