// The list of incidents that share a spot or an extent, beside it on the map.
import L from "leaflet"
import { app } from "./app.ts"
import { h } from "./dom.ts"
import { groupOf, swatch } from "./icons.ts"
import type { Incident } from "./types.ts"
import { title, whenShort } from "./words.ts"

/** Opens the list at a point of the map; Esc closes it. */
export function openSpot(map: L.Map, at: L.LatLng, heading: string, incidents: Incident[]): void {
  const popup = L.popup({ className: "spot", maxWidth: 320, minWidth: 220, maxHeight: 280, closeButton: true, autoPanPadding: [16, 16] })
  const items = incidents.map((i) =>
    h("li", {},
      h("button", { type: "button", class: "row", onclick: () => { map.closePopup(popup); app.go({ incident: i.id, report: "", view: { pane: "" } }) } },
        swatch(groupOf(i)), h("span", { class: "row-text" },
          h("span", { class: "row-title" }, title(i, app.vocabulary)), h("span", { class: "row-sub" }, whenShort(i))))),
  )
  const content = h("div", {}, h("h3", {}, heading), h("ul", { class: "plain" }, ...items))
  popup.setLatLng(at).setContent(content).openOn(map)
  content.querySelector("button")?.focus({ preventScroll: true })
}
