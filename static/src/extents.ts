// Wide places: hatched extents with a square badge at their edge, never a pin.
// Also the circles that hold a mark's place.
import L from "leaflet"
import { app } from "./app.ts"
import type { Dot } from "./clusters.ts"
import { diameter, groupOf, weight } from "./icons.ts"
import { t } from "./messages.ts"
import type { Box, Marks } from "./marks.ts"
import { isRing } from "./marks.ts"
import type { Outline } from "./shapes.ts"
import { inside, outlineOf, pixels, pointOf, turns } from "./shapes.ts"
import { openSpot } from "./spot.ts"
import type { Incident, Site } from "./types.ts"
import { isPinned, sites, title } from "./words.ts"

/** The parts of Leaflet's canvas renderer that hatching needs. */
interface Renderer { _ctx: CanvasRenderingContext2D; _drawing: boolean; _updatePoly(layer: L.Path, closed: boolean): void }

class Hatch extends L.Polygon {
  constructor(rings: L.LatLng[][], private masks: L.LatLng[][], options: L.PolylineOptions) {
    super(rings, options)
  }

  /** Called by the renderer: draws the polygon without what the masks cover. */
  _updatePath(): void {
    const self = this as unknown as { _renderer: Renderer; _map: L.Map }
    const { _renderer: renderer, _map: map } = self
    if (!renderer._drawing) return
    const c = renderer._ctx
    c.save()
    for (const mask of this.masks) {
      c.beginPath()
      c.rect(-1e5, -1e5, 2e5, 2e5)
      mask.forEach((at, k) => {
        const p = map.latLngToLayerPoint(at)
        if (k) c.lineTo(p.x, p.y)
        else c.moveTo(p.x, p.y)
      })
      c.closePath()
      c.clip("evenodd")
    }
    renderer._updatePoly(this, true)
    c.restore()
  }
}

/** Diagonal lines of a colour. */
function pattern(color: string, width: number): CanvasPattern | string {
  const tile = document.createElement("canvas")
  tile.width = tile.height = 8
  const c = tile.getContext("2d")
  if (!c) return color
  c.strokeStyle = color
  c.lineWidth = width
  for (const at of [-8, 0, 8]) {
    c.moveTo(at - 1, 9)
    c.lineTo(at + 9, -1)
  }
  c.stroke()
  return c.createPattern(tile, "repeat") ?? color
}

interface Extent { key: string; site: Site; incidents: Incident[]; outline: Outline; bounds: L.LatLngBounds }

/** Extents less wide than this, in pixels, join the clusters of the marks. */
const smallest = 44

export class Extents {
  private layer = L.layerGroup()
  private wide: Extent[] = []
  private renderer: L.Renderer

  /** Boxes of the badges in pixels of the container. */
  boxes: Box[] = []

  constructor(private map: L.Map, private ink: () => string, private marks: Marks, private redraw: () => void) {
    map.createPane("extents").style.zIndex = "350"
    this.renderer = L.canvas({ pane: "extents", padding: 0.2 })
    this.layer.addTo(map)
  }

  /** Dots of the extents that are too small to be seen as such at this zoom; asked before the marks are drawn. */
  small(): Dot[] {
    this.wide = this.collect([...app.data.incidents, ...app.preview])
    return this.wide.filter((e) => this.isSmall(e)).flatMap((e) => {
      const p = this.map.project(e.bounds.getCenter().wrap())
      return e.incidents.filter((i) => i.id !== app.state.incident).map((i) => ({ id: i.id, x: p.x, y: p.y, weight: weight(i) }))
    })
  }

  private isSmall(e: Extent): boolean {
    const a = this.map.project(e.bounds.getNorthWest()), b = this.map.project(e.bounds.getSouthEast())
    return b.x - a.x < smallest && b.y - a.y < smallest
  }

  /** Draws the extents, after the marks. */
  draw(): void {
    this.layer.clearLayers()
    this.boxes = []
    const all = [...app.data.incidents, ...app.preview]
    const { wide } = this
    for (const turn of turns(this.map)) {
      for (const e of wide) this.hatch(e, turn)
      for (const i of all) this.holding(i, turn)
    }
    for (const e of wide) if (!e.incidents.every((i) => this.marks.folded.has(i.id))) this.badge(e)
  }

  /** The wide extents, biggest first, with the incidents that share each. */
  private collect(all: Incident[]): Extent[] {
    const found = new Map<string, Extent>()
    for (const i of all) {
      if (i.status === "retracted") continue
      const selected = i.id === app.state.incident
      const places = selected ? sites(i) : sites(i).slice(0, 1)
      for (const site of places) {
        if (isPinned(site.precision) || !site.precision) continue
        const key = site.place_id ?? i.id
        const there = found.get(key)
        const outline = there ? there.outline : outlineOf(i, site, this.redraw)
        if (there) there.incidents.push(i)
        else if (outline) found.set(key, { key, site, incidents: [i], outline, bounds: L.latLngBounds(outline.rings.flat()) })
      }
    }
    return [...found.values()].sort((a, b) => (b.site.radius_m ?? 0) - (a.site.radius_m ?? 0))
  }

  private pointed(incidents: Incident[]): boolean {
    return incidents.some((i) => i.id === app.state.incident || i.id === app.hover)
  }

  private colorOf(incidents: Incident[]): string {
    const groups = new Set(incidents.map((i) => groupOf(i).color))
    return groups.size === 1 ? ([...groups][0] ?? this.ink()) : this.ink()
  }

  private hatch(e: Extent, turn: number): void {
    const strong = this.pointed(e.incidents)
    if (!strong && this.covers(e)) return
    const color = this.colorOf(e.incidents)
    const shift = (r: L.LatLng[]): L.LatLng[] => (turn ? r.map((p) => L.latLng(p.lat, p.lng + turn)) : r)
    new Hatch(e.outline.rings.map(shift), e.outline.masks.map(shift), {
      renderer: this.renderer, interactive: false, smoothFactor: 1.2,
      color, weight: strong ? 2 : 1, opacity: strong ? 0.9 : 0.45,
      fill: true, fillOpacity: strong ? 0.75 : 0.3, fillColor: pattern(color, strong ? 1.6 : 1.1) as string,
    }).addTo(this.layer)
  }

  /** Whether an extent holds most of the view, so that hatching it would only grey the map. */
  private covers({ bounds, outline }: Extent): boolean {
    const size = this.map.getSize()
    if (!bounds.pad(0.1).contains(this.map.getCenter().wrap())) return false
    let within = 0
    for (const x of [0.1, 0.5, 0.9]) {
      for (const y of [0.1, 0.5, 0.9]) {
        const p = this.map.containerPointToLatLng([size.x * x, size.y * y])
        if (outline.rings.some((r) => inside(p, r, 0) || inside(p, r, 360) || inside(p, r, -360))) within += 1
      }
    }
    return within >= 6
  }

  /** The circle that holds a mark's place: of a ring from where it is wider, of the open incident always. */
  private holding(i: Incident, turn: number): void {
    const at = pointOf(i)
    const site = sites(i)[0]
    if (!at || !site?.radius_m || i.status === "retracted") return
    const open = i.id === app.state.incident
    const near = L.latLng(at.lat, at.lng + turn)
    const wider = pixels(this.map, at, site.radius_m) > diameter(i) / 2 + 4
    const loose = isRing(this.map, i, at) || site.precision === "neighbourhood"
    if (!open && !(loose && wider && this.marks.alone.has(i.id) && this.map.getBounds().pad(0.5).contains(near))) return
    const color = groupOf(i).color
    for (const [c, weight, opacity] of [[this.ink(), open ? 3 : 2, 0.25], [color, open ? 2 : 1.2, 0.95]] as const) {
      L.circle(near, {
        radius: site.radius_m, renderer: this.renderer, interactive: false, color: c, weight, opacity, dashArray: open ? "" : "5 4",
        fill: open && c === color, fillColor: color, fillOpacity: 0.12,
      }).addTo(this.layer)
    }
  }

  /** The square badge at the upper edge of an extent, or of the view where the view lies within it. */
  private badge(e: Extent): void {
    const edge = this.edge(e)
    if (!edge) return
    const { at, around } = edge
    const n = e.incidents.length
    const label = t("map.extent", { n, place: e.site.place })
    const face = document.createElement("span")
    face.textContent = around ? t("map.around", { n: String(n), place: e.site.place }) : String(n)
    const className = `badge${this.pointed(e.incidents) ? " pointed" : ""}${around ? " around" : ""}`
    const icon = L.divIcon({ html: face, className, iconSize: around ? [0, 0] : [22, 22] })
    const marker = L.marker(at, { icon, keyboard: true, zIndexOffset: 3000 })
    marker.on("add", () => {
      marker.getElement()?.setAttribute("aria-label", `${label}: ${e.incidents.map((i) => title(i, app.vocabulary)).join("; ")}`)
      marker.getElement()?.setAttribute("title", label)
    })
    marker.on("click", () => {
      const [only] = e.incidents
      if (n === 1 && only && app.preview.includes(only)) app.point(only.id)
      else if (n === 1 && only) app.go({ incident: only.id, report: "", view: { pane: "" } })
      else openSpot(this.map, at, label, e.incidents)
    })
    marker.on("mouseover", () => n === 1 && app.point(e.incidents[0]?.id ?? ""))
    marker.on("mouseout", () => app.point(""))
    marker.addTo(this.layer)
  }

  /** A free spot at the edge of an extent: its top, right, left or foot; the middle of a small one; the top of the view where that lies within. */
  private edge(e: Extent): { at: L.LatLng; around: boolean } | undefined {
    if (this.isSmall(e)) return this.take(this.map.latLngToContainerPoint(e.bounds.getCenter()))
    const { outline } = e
    const size = this.map.getSize()
    const [main = []] = [...outline.rings].sort((a, b) => b.length - a.length)
    const seen: L.Point[] = []
    let over = false
    for (const turn of turns(this.map)) {
      for (const at of main) {
        const p = this.map.latLngToContainerPoint(L.latLng(at.lat, at.lng + turn))
        if (p.x >= 24 && p.y >= 24 && p.x <= size.x - 24 && p.y <= size.y - 24) seen.push(p)
      }
      over ||= inside(this.map.getCenter(), main, turn)
    }
    if (over && (!seen.length || this.covers(e))) return this.take(L.point(size.x / 2, 28 + 32 * this.boxes.filter((b) => b.x === size.x / 2).length), true)
    if (!seen.length) return undefined
    const far = (score: (p: L.Point) => number): L.Point => seen.reduce((best, p) => (score(p) > score(best) ? p : best))
    const [top, right, foot, left] = [far((p) => -p.y), far((p) => p.x), far((p) => p.y), far((p) => -p.x)]
    const free = [top, right, left, foot].find((p) => !this.covered(p))
    return this.take(free ?? top)
  }

  private covered(p: L.Point): boolean {
    return [...this.marks.boxes, ...this.boxes].some((o) => Math.abs(o.x - p.x) < o.r + 11 && Math.abs(o.y - p.y) < o.r + 11)
  }

  /** A spot for a badge; around is one that says whose extent the whole view lies in. */
  private take(p: L.Point, around = false): { at: L.LatLng; around: boolean } {
    this.boxes.push({ x: p.x, y: p.y, r: 12 })
    return { at: this.map.containerPointToLatLng(p), around }
  }
}
