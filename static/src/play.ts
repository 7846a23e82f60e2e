// Steps and play: the chosen span of the timeline moves on, and what it leaves
// stays on the map for a while as a trail.
import L from "leaflet"
import { app } from "./app.ts"
import { reducedMotion } from "./dom.ts"
import { map } from "./map.ts"
import type { Item } from "./types.ts"

/** What the timeline has: its bins by number. */
interface Bins { chosen(): [number, number] | null; choose(a: number, b: number): void; count(): number }

let bins: Bins
let timer = 0
const trail: Item[][] = []
const length = 4
let layer: L.LayerGroup | undefined
let renderer: L.Canvas | undefined

/** Tells of the timeline's bins. */
export function steps(of: Bins): void {
  bins = of
}

export const playing = (): boolean => timer !== 0

/** Moves the chosen span by its own width; tells whether it could. Starts with a tenth of the bins. */
export function step(by: 1 | -1): boolean {
  const last = bins.count() - 1
  const span = bins.chosen()
  if (!span) {
    const width = Math.max(0, Math.floor(bins.count() / 10) - 1)
    bins.choose(by > 0 ? 0 : last - width, by > 0 ? width : last)
    return true
  }
  const [a, b] = span
  const wide = b - a + 1
  if (by > 0 ? b >= last : a <= 0) return false
  const from = by > 0 ? Math.min(a + wide, last - wide + 1) : Math.max(0, a - wide)
  bins.choose(from, from + wide - 1)
  return true
}

/** Plays until the end, or stops. */
export function play(): void {
  if (timer) return stop()
  const width = bins.chosen() ?? [0, Math.max(0, Math.floor(bins.count() / 10) - 1)]
  if (!bins.chosen() || width[1] >= bins.count() - 1) bins.choose(0, width[1] - width[0])
  timer = window.setInterval(() => { if (!step(1)) stop() }, reducedMotion() ? 1500 : 900)
  app.tell("bins")
}

function stop(): void {
  window.clearInterval(timer)
  timer = 0
  trail.length = 0
  drawTrail()
  app.tell("bins")
}

let before: Item[] = []
app.on("data", () => {
  if (timer) trail.unshift(before)
  trail.length = Math.min(trail.length, length)
  before = app.data.drawn.items
  drawTrail()
})

function drawTrail(): void {
  layer?.remove()
  layer = undefined
  if (!trail.length) return
  renderer ??= L.canvas({ pane: "extents" })
  layer = L.layerGroup(trail.flatMap((items, age) => items.map((i) =>
    L.circleMarker(i.at, { ...(renderer ? { renderer } : {}), interactive: false, stroke: false, radius: i.n > 1 ? 9 : 6, fillColor: "#6b6b6b", fillOpacity: 0.4 * (1 - age / length) })))).addTo(map)
}
