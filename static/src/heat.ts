// The heat layer: where many incidents, or many killed, lie close together.
import L from "leaflet"
import { app } from "./app.ts"
import { turns } from "./shapes.ts"
import type { Item } from "./types.ts"

/** From cool to hot; light on light land and dark on dark stay apart by their alpha. */
const ramp = ["#fee8a000", "#fed976aa", "#feb24ccc", "#fd8d3cdd", "#e31a1ce8", "#800026f0"]
const reach = 34

export class Heat {
  private canvas: HTMLCanvasElement
  private colors: Uint8ClampedArray | undefined

  constructor(private map: L.Map) {
    const pane = map.createPane("heat")
    pane.style.zIndex = "310"
    pane.classList.add("leaflet-zoom-hide")
    this.canvas = document.createElement("canvas")
    this.canvas.className = "heat"
    this.canvas.setAttribute("aria-hidden", "true")
    pane.append(this.canvas)
  }

  /** Draws items anew; none takes the layer away. */
  draw(items: Item[]): void {
    const size = this.map.getSize()
    this.canvas.hidden = items.length === 0
    if (!items.length || !size.x || !size.y) return
    this.canvas.width = size.x
    this.canvas.height = size.y
    L.DomUtil.setPosition(this.canvas, this.map.containerPointToLayerPoint([0, 0]))
    const c = this.canvas.getContext("2d", { willReadFrequently: true })
    if (!c) return
    const weigh = (i: Item): number => (app.state.view.heat === "toll" ? i.toll : i.n)
    const most = Math.log1p(Math.max(1, ...items.map(weigh)))
    const spot = blur()
    for (const turn of turns(this.map)) {
      for (const i of items) {
        const w = weigh(i)
        if (w <= 0) continue
        const p = this.map.latLngToContainerPoint([i.at.lat, i.at.lng + turn])
        c.globalAlpha = Math.max(0.08, Math.log1p(w) / most)
        c.drawImage(spot, p.x - reach, p.y - reach)
      }
    }
    this.color(c, size)
  }

  /** Turns how dense it is into colours. */
  private color(c: CanvasRenderingContext2D, size: L.Point): void {
    this.colors ??= palette()
    const image = c.getImageData(0, 0, size.x, size.y)
    const { data } = image
    for (let k = 3; k < data.length; k += 4) {
      const at = (data[k] ?? 0) * 4
      for (let part = 0; part < 4; part++) data[k - 3 + part] = this.colors[at + part] ?? 0
    }
    c.putImageData(image, 0, 0)
  }
}

function blur(): HTMLCanvasElement {
  const spot = document.createElement("canvas")
  spot.width = spot.height = reach * 2
  const c = spot.getContext("2d")
  if (!c) return spot
  const g = c.createRadialGradient(reach, reach, 0, reach, reach, reach)
  g.addColorStop(0, "rgb(0 0 0 / 75%)")
  g.addColorStop(1, "rgb(0 0 0 / 0%)")
  c.fillStyle = g
  c.fillRect(0, 0, reach * 2, reach * 2)
  return spot
}

function palette(): Uint8ClampedArray {
  const strip = document.createElement("canvas")
  strip.width = 256
  strip.height = 1
  const c = strip.getContext("2d")
  if (!c) return new Uint8ClampedArray(1024)
  const g = c.createLinearGradient(0, 0, 256, 0)
  ramp.forEach((color, k) => g.addColorStop(k / (ramp.length - 1), color))
  c.fillStyle = g
  c.fillRect(0, 0, 256, 1)
  return c.getImageData(0, 0, 256, 1).data
}
