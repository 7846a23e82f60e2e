// What a hand draws on the map: a box, a circle or a ring to filter by, or a line
// to measure along. Enter or a double click ends, Esc gives up; with the keyboard
// the spot is the middle of the map.
import L from "leaflet"
import { app } from "./app.ts"
import { el } from "./dom.ts"
import { map, note } from "./map.ts"
import { t } from "./messages.ts"
import { without } from "./state.ts"
import { distance } from "./words.ts"

export type Tool = "box" | "circle" | "polygon" | "measure"

const round = (x: number): number => Number(x.toFixed(4))
const corner = (p: L.LatLng): string => `${round(p.wrap().lng)},${round(p.lat)}`

/** What a tool draws through some points, and what it says. */
function shapeOf(tool: Tool, points: L.LatLng[]): L.Path | undefined {
  const [first] = points, last = points.at(-1)
  if (!first || !last || points.length < 2) return undefined
  const look = { className: "drawn", interactive: false }
  if (tool === "box") return L.rectangle(L.latLngBounds(first, last), look)
  if (tool === "circle") return L.circle(first, { ...look, radius: Math.max(1, map.distance(first, last)) })
  return tool === "polygon" ? L.polygon(points, look) : L.polyline(points, { ...look, className: "drawn line" })
}

const length = (points: L.LatLng[]): number => points.slice(1).reduce((sum, p, k) => sum + map.distance(points[k] ?? p, p), 0)

function say(tool: Tool, points: L.LatLng[]): string {
  const hint = t(`draw.${tool}.hint`)
  const [first] = points, last = points.at(-1)
  if (!first || !last || points.length < 2) return hint
  if (tool === "circle") return t("draw.radius", { d: distance(map.distance(first, last)) })
  return tool === "measure" ? t("draw.length", { d: distance(length(points)) }) : hint
}

let stop: (() => void) | undefined
let measured: L.LayerGroup | undefined

/** Begins to draw; another call ends the one before. */
export function beginDrawing(tool: Tool): void {
  stop?.()
  measured?.remove()
  const box = el("map")
  const two = tool === "box" || tool === "circle"
  let points: L.LatLng[] = []
  let sketch: L.Path | undefined
  box.classList.add("picking")
  map.doubleClickZoom.disable()
  note(say(tool, []))
  const redraw = (more?: L.LatLng): void => {
    const all = more ? [...points, more] : points
    sketch?.remove()
    sketch = shapeOf(tool, all)?.addTo(map)
    note(say(tool, all))
  }
  const end = (done: boolean): void => {
    stop = undefined
    box.classList.remove("picking")
    map.off({ click: onClick, mousemove: onMove, dblclick: onDouble })
    document.removeEventListener("keydown", onKey, true)
    window.setTimeout(() => map.doubleClickZoom.enable(), 0)
    sketch?.remove()
    note("")
    if (done) finish(tool, points)
  }
  stop = () => end(false)
  const add = (at: L.LatLng): void => {
    const last = points.at(-1)
    if (!last || map.latLngToContainerPoint(last).distanceTo(map.latLngToContainerPoint(at)) > 3) points = [...points, at]
    redraw()
    if (two && points.length === 2) end(true)
  }
  const enough = (): boolean => points.length >= (tool === "polygon" ? 3 : 2)
  const onClick = (e: L.LeafletMouseEvent): void => add(e.latlng)
  const onMove = (e: L.LeafletMouseEvent): void => { if (points.length) redraw(e.latlng) }
  const onDouble = (): void => { if (enough()) end(true) }
  const onKey = (e: KeyboardEvent): void => {
    const here = document.activeElement === box
    if (e.key === "Escape") { e.stopPropagation(); end(false) }
    else if (e.key === " " && here) { e.preventDefault(); add(map.getCenter()) }
    else if (e.key === "Enter" && here) { if (two && points.length === 1) add(map.getCenter()); else if (enough()) end(true) }
  }
  map.on({ click: onClick, mousemove: onMove, dblclick: onDouble })
  document.addEventListener("keydown", onKey, true)
  box.focus({ preventScroll: true })
}

/** Filters by what was drawn, or leaves what was measured on the map. */
function finish(tool: Tool, points: L.LatLng[]): void {
  const [a] = points, b = points.at(-1)
  if (!a || !b) return
  if (tool === "measure") {
    const line = shapeOf(tool, points)
    if (!line) return
    measured = L.layerGroup([line]).addTo(map)
    const label = L.popup({ className: "measured", closeButton: true, autoClose: false, closeOnClick: false }).setLatLng(b).setContent(t("draw.length", { d: distance(length(points)) })).addTo(map)
    label.on("remove", () => measured?.remove())
    return
  }
  const rest = without(app.state.filter, "bbox", "within")
  if (tool === "box") {
    const box = L.latLngBounds(a, b)
    const [west, east] = [box.getSouthWest().wrap().lng, box.getNorthEast().wrap().lng]
    return app.go({ filter: { ...rest, bbox: [west, box.getSouth(), east, box.getNorth()].map(round).join(",") } })
  }
  const within = tool === "circle" ? `${corner(a)},${Math.round(map.distance(a, b))}` : points.map(corner).join(",")
  app.go({ filter: { ...rest, within } })
}

let outline: L.Layer | undefined
let outlined = ""
/** Shows the box, circle or ring that the filter has. */
export function outlineFilter(): void {
  const { bbox = "", within = "" } = app.state.filter
  if (outlined === (outlined = `${bbox} ${within}`)) return
  outline?.remove()
  const look = { className: "drawn", interactive: false, fill: false }
  const x = (bbox || within).split(",").map(Number)
  const [w = 0, s = 0, e = 0, n = 0] = x
  if (bbox) outline = L.rectangle([[s, w], [n, e < w ? e + 360 : e]], look)
  else if (x.length === 3) outline = L.circle([s, w], { ...look, radius: e })
  else if (within) outline = L.polygon(x.flatMap((lon, k) => (k % 2 ? [] : [L.latLng(x[k + 1] ?? 0, lon)])), look)
  if (bbox || within) outline?.addTo(map)
}

