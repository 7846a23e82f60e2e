// The sheet of the map: what colours it, heat, drawing, measuring, going to a
// place; and the key to its colours on the map itself.
import L from "leaflet"
import { app } from "./app.ts"
import { corner } from "./corner.ts"
import type { Tool } from "./drawing.ts"
import { beginDrawing, outlineFilter } from "./drawing.ts"
import { fill, h, uid } from "./dom.ts"
import { guideButton } from "./guide.ts"
import { goField, tellHere } from "./here.ts"
import { classes } from "./look.ts"
import { map } from "./map.ts"
import { t } from "./messages.ts"
import { closePopover, opener } from "./popover.ts"

/** Adds the button, the key and the answer to a right click. */
export function startMapTools(): void {
  put("topright", opener("map-tools", t("tools.open"), t("tools.title"), sheet, { class: "map-button worded" }))
  put("topright", guideButton())
  const key = h("div", { class: "map-key", id: "map-key", hidden: true })
  put("bottomleft", key)
  const draw = (): void => {
    drawKey(key)
    outlineFilter()
  }
  app.on("state", draw)
  draw()
  map.on("contextmenu", (e: L.LeafletMouseEvent) => void tellHere(e.latlng))
}

function put(position: L.ControlPosition, node: HTMLElement): void {
  const control = new L.Control({ position: corner(position) })
  control.onAdd = () => {
    L.DomEvent.disableClickPropagation(node)
    return node
  }
  control.addTo(map)
}

/** Buttons of which one is chosen. */
function choice(label: string, now: string, all: [string, string][], choose: (value: string) => void): HTMLElement {
  const name = uid("choice")
  return h("fieldset", { class: "choice" }, h("legend", {}, label), ...all.map(([value, text]) => {
    const input = h("input", { type: "radio", name, value, checked: value === now, onchange: () => choose(value) })
    return h("label", { class: "check" }, input, h("span", {}, text))
  }))
}

function sheet(): Node {
  const { by, heat } = app.state.view
  const here = h("button", { type: "button", id: "tell-here", onclick: () => { closePopover(false); void tellHere(map.getCenter()) } }, t("here.middle"))
  return h("div", { class: "picker form" }, goField(),
    choice(t("tools.color"), by, app.vocabulary.classings.map((c) => [c.name, t(`by.${c.name}`)]), (value) => app.go({ view: { by: value, heat: "" } })),
    choice(t("tools.show"), heat, [["", t("heat.none")], ["count", t("heat.count")], ["toll", t("heat.toll")]], (value) => app.go({ view: { heat: value as "" | "count" | "toll" } })),
    h("fieldset", {}, h("legend", {}, t("tools.draw")), h("div", { class: "buttons" }, ...(["box", "circle", "polygon", "measure"] as Tool[]).map((tool) =>
      h("button", { type: "button", id: `draw-${tool}`, onclick: () => { closePopover(false); beginDrawing(tool) } }, t(`draw.${tool}`))))),
    here)
}

function drawKey(box: HTMLElement): void {
  const { by, heat } = app.state.view
  box.hidden = by === "group" && !heat
  if (heat) return fill(box, h("span", { class: "heat-strip", "aria-hidden": "true" }), h("span", {}, t(`heat.${heat}.key`)))
  fill(box, h("ul", { class: "plain", "aria-label": t("tools.color") }, ...classes().map((c) => {
    const dot = h("span", { class: "key-dot", "aria-hidden": "true" })
    dot.style.background = c.color
    return h("li", {}, dot, c.label)
  })))
}
