// Names on the map, from the gazetteer, most important first, none over another
// or over a mark.
import L from "leaflet"
import { get } from "./api.ts"
import { app } from "./app.ts"
import { basemapFile } from "./basemap.ts"
import { s } from "./dom.ts"
import { turns } from "./shapes.ts"
import type { Collection, PlaceFeature } from "./types.ts"

interface Box { x1: number; y1: number; x2: number; y2: number }
type Kind = "country" | "region" | "town" | "capital" | "water"

const meet = (a: Box, b: Box): boolean => a.x1 < b.x2 && a.x2 > b.x1 && a.y1 < b.y2 && a.y2 > b.y1

/** Font sizes in pixels by kind. */
const sizes: Record<Kind, number> = { country: 12, region: 11, town: 12, capital: 12.5, water: 12 }

function kindOf(f: PlaceFeature): Kind {
  const { class: cls, code = "" } = f.properties
  if (cls === "A") return code.startsWith("PCL") || code === "TERR" ? "country" : "region"
  if (cls === "H") return "water"
  return code === "PPLC" ? "capital" : "town"
}

export class Labels {
  private svg: SVGSVGElement
  private places: PlaceFeature[] = []
  private asked: AbortController | undefined
  private kept = new Map<string, PlaceFeature[]>()
  private measure = document.createElement("canvas").getContext("2d")

  constructor(private map: L.Map, private obstacles: () => { x: number; y: number; r: number }[]) {
    const pane = map.createPane("labels")
    pane.style.zIndex = "320"
    pane.classList.add("leaflet-zoom-hide")
    this.svg = s("svg", { class: "labels", "aria-hidden": "true" })
    pane.append(this.svg)
  }

  private countries: { f: PlaceFeature; wide: number }[] = []

  /** Reads where the countries' names go; the names are the server's. */
  async start(): Promise<void> {
    const all = await basemapFile<[string, number, number, number][]>("names")
    this.countries = all.flatMap(([code, lon, lat, wide]) => {
      const name = app.vocabulary.countries[code]
      if (!name) return []
      const f: PlaceFeature = { type: "Feature", geometry: { type: "Point", coordinates: [lon, lat] }, properties: { id: code, name, class: "A", code: "PCLI", radius_m: 0 } }
      return [{ f, wide }]
    })
    this.draw()
  }

  /** Countries whose name has room within them at this zoom. */
  private roomy(): PlaceFeature[] {
    const zoom = this.map.getZoom()
    if (zoom >= 8) return []
    const degree = (256 * 2 ** zoom) / 360
    return this.countries.filter(({ f, wide }) => wide * degree * 1.15 > this.width(f.properties.name.toLocaleUpperCase("en"), "country")).map(({ f }) => f)
  }

  /** Asks for the names of what the map shows, then draws them. */
  async load(): Promise<void> {
    const key = this.request()
    let found = this.kept.get(key)
    if (!found) {
      this.asked?.abort()
      this.asked = new AbortController()
      try {
        found = (await get<Collection<PlaceFeature>>(key, this.asked.signal)).features
      } catch {
        return // names are an ornament: the map goes on without
      }
      if (this.kept.size > 60) this.kept.clear()
      this.kept.set(key, found)
    }
    if (this.places !== (this.places = found)) this.draw()
  }

  /** The address of the names, by a box on a grid so that small moves ask nothing new. */
  private request(): string {
    const zoom = Math.round(this.map.getZoom())
    const b = this.map.getBounds()
    const step = 360 / 2 ** (zoom + 1)
    const down = (x: number): number => Math.floor(x / step) * step
    const up = (x: number): number => Math.ceil(x / step) * step
    const south = Math.max(-90, down(b.getSouth())), north = Math.min(90, up(b.getNorth()))
    const wrap = (x: number): number => ((((x + 180) % 360) + 360) % 360) - 180
    const all = b.getEast() - b.getWest() >= 300
    const west = all ? -180 : wrap(down(b.getWest())), east = all ? 180 : wrap(up(b.getEast()))
    const round = (x: number): number => Number(x.toFixed(5))
    return `/collections/places/items?bbox=${round(west)},${round(south)},${round(east === -180 ? 180 : east)},${round(north)}&zoom=${zoom}&limit=250`
  }

  /** Lays the names out anew. */
  draw(): void {
    const size = this.map.getSize()
    const origin = this.map.containerPointToLayerPoint([0, 0])
    this.svg.style.transform = `translate(${origin.x}px,${origin.y}px)` // in the plane, as the marks: no layer of its own
    this.svg.setAttribute("width", String(size.x))
    this.svg.setAttribute("height", String(size.y))
    this.svg.replaceChildren()
    const taken: Box[] = this.obstacles().map((o) => ({ x1: o.x - o.r, y1: o.y - o.r, x2: o.x + o.r, y2: o.y + o.r }))
    for (const turn of turns(this.map)) for (const f of this.ordered()) this.place(f, turn, size, taken)
  }

  /** Countries first while they are what a map names, towns later; the server's order within. */
  private ordered(): PlaceFeature[] {
    const zoom = this.map.getZoom()
    const wanted = this.places.filter((f) => {
      const kind = kindOf(f)
      if (kind === "country") return false
      if (f.properties.code === "PPLX") return zoom >= 11
      if (kind === "region") return zoom >= 6 && zoom < 10
      return zoom >= 3
    })
    const rank = (f: PlaceFeature): number => ({ country: 0, capital: 0, town: 1, water: 1, region: 2 })[kindOf(f)]
    return [...this.roomy(), ...wanted.sort((a, b) => rank(a) - rank(b))]
  }

  private place(f: PlaceFeature, turn: number, size: L.Point, taken: Box[]): void {
    const [lon = 0, lat = 0] = f.geometry.coordinates
    const p = this.map.latLngToContainerPoint([lat, lon + turn])
    if (p.x < -40 || p.y < -10 || p.x > size.x + 40 || p.y > size.y + 10) return
    const kind = kindOf(f)
    const text = kind === "country" ? f.properties.name.toLocaleUpperCase("en") : f.properties.name
    const width = this.width(text, kind)
    const tall = sizes[kind]
    const dotted = kind === "town" || kind === "capital"
    const spots: [number, "start" | "middle" | "end"][] = dotted ? [[6, "start"], [-6, "end"]] : [[0, "middle"]]
    for (const [dx, anchor] of spots) {
      const x1 = p.x + dx - (anchor === "middle" ? width / 2 : anchor === "end" ? width : 0)
      const box = { x1: x1 - 3, y1: p.y - tall * 0.7, x2: x1 + width + 3, y2: p.y + tall * 0.7 }
      const dot = { x1: p.x - 3, y1: p.y - 3, x2: p.x + 3, y2: p.y + 3 }
      if (taken.some((o) => meet(o, box) || (dotted && meet(o, dot)))) continue
      taken.push(box)
      if (dotted) this.svg.append(s("circle", { cx: p.x, cy: p.y, r: kind === "capital" ? 2.4 : 1.8, class: "label-dot" }))
      this.svg.append(s("text", { x: p.x + dx, y: p.y, dy: "0.34em", "text-anchor": anchor, "font-size": tall, class: `label ${kind}` }, text))
      return
    }
  }

  private widths = new Map<string, number>()
  private width(text: string, kind: Kind): number {
    const before = this.widths.get(kind + text)
    if (before !== undefined || !this.measure) return before ?? text.length * 7
    this.measure.font = `${kind === "capital" ? 600 : 400} ${sizes[kind]}px system-ui, sans-serif`
    const wide = this.measure.measureText(text).width + (kind === "country" ? text.length * 1.2 : 0)
    this.widths.set(kind + text, wide)
    return wide
  }
}
