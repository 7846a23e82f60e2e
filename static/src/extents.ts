// Wide places: hatched extents with a square badge at their edge, never a pin.
// Also the circles that hold a mark's place.
import L from "leaflet"
import { app } from "./app.ts"
import { h } from "./dom.ts"
import { diameter } from "./icons.ts"
import { classBy, classOf } from "./look.ts"
import { number, t } from "./messages.ts"
import type { Box, Marks } from "./marks.ts"
import { Flat, isRing } from "./marks.ts"
import type { Outline } from "./shapes.ts"
import { inside, outlineOf, pixels, turns } from "./shapes.ts"
import { say } from "./spot.ts"
import { openWide } from "./spot.ts"
import type { Incident, Item, Site, Wide } from "./types.ts"
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
        c[k ? "lineTo" : "moveTo"](p.x, p.y)
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

interface Extent { place: Wide; site: Site | undefined; outline: Outline; bounds: L.LatLngBounds }

/** Extents less wide than this, in pixels, join the clusters of the marks. */
const smallest = 44

/** Extents that are drawn at once: those with most incidents. */
const mostDrawn = 10

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

  /** Places that are too small to be seen as such at this zoom; asked before the marks are drawn. */
  small(places: Wide[]): Item[] {
    this.wide = [...places, ...this.own(places)].flatMap((place) => {
      const known = app.incident(place.id)
      const site = place.site ?? (known && sites(known)[0])
      const outline = outlineOf(place.shape, site, this.redraw)
      return outline ? [{ place, site, outline, bounds: L.latLngBounds(outline.rings.flat()) }] : []
    }).sort((a, b) => b.place.radiusM - a.place.radiusM)
    return this.wide.filter((e) => this.isSmall(e) && !this.pointed(e)).map((e) => ({ ...e.place, at: e.bounds.getCenter().wrap() }))
  }

  /** Wide places of drafts that are not kept, and of the open incident where no tile has it. */
  private own(places: Wide[]): Wide[] {
    const open = app.incident(app.state.incident)
    const there = (site: Site): boolean => places.some((p) => p.radiusM === site.radius_m && (p.id === open?.id || sites(app.incident(p.id) ?? ({} as Incident))[0]?.place === site.place))
    return [...app.preview, ...(open ? [open] : [])].flatMap((i) => sites(i).flatMap((site, k) => {
      if (isPinned(site.precision) || !site.precision || (i === open && there(site))) return []
      if (site.lat === undefined && !(k === 0 && app.shapes.get(i.id))) return []
      const at = L.latLng(site.lat ?? 0, site.lon ?? 0)
      return [{ id: i.id, at, n: 1, mix: {}, toll: 0, unstated: 0, bounds: L.latLngBounds([at]), incident: i, radiusM: site.radius_m ?? 0,
        shape: k === 0 ? (app.shapes.get(i.id) ?? null) : null, site }]
    }))
  }

  private isSmall(e: Extent): boolean {
    const a = this.map.project(e.bounds.getNorthWest()), b = this.map.project(e.bounds.getSouthEast())
    return b.x - a.x < smallest && b.y - a.y < smallest
  }

  /** Draws the extents, after the marks. */
  draw(): void {
    this.layer.clearLayers()
    this.boxes = []
    const chosen = app.incident(app.state.incident)
    const seen = this.wide.filter((e) => !this.marks.folded.has(e.place.id) || e.place.id === chosen?.id)
    const most = [...seen].sort((a, b) => b.place.n - a.place.n).slice(0, mostDrawn)
    const wide = seen.filter((e) => most.includes(e) || this.pointed(e))
    for (const turn of turns(this.map)) {
      for (const e of wide) this.hatch(e, turn)
      for (const item of this.marks.alone) if (item.incident) this.holding(item.incident, item.at, turn)
    }
    this.others(seen.filter((e) => !wide.includes(e)))
    for (const e of wide) this.badge(e)
  }

  /** One badge for the places that would be too many to tell apart: it narrows the filter to such places. */
  private others(left: Extent[]): void {
    if (!left.length) return
    const n = left.reduce((sum, e) => sum + e.place.n, 0)
    const face = h("span", {}, t("map.otherAreas", { n, areas: number(left.length) }))
    const middle = this.map.getSize().x / 2
    const { at } = this.take(L.point(middle, 28), true)
    for (const dx of [-72, -36, 36, 72]) this.boxes.push({ x: middle + dx, y: 28, r: 20 })
    const marker = new Flat(at, { icon: L.divIcon({ html: face, className: "badge around", iconSize: [0, 0] }), keyboard: true, zIndexOffset: 3000 }).addTo(this.layer)
    say(marker, face.textContent ?? "")
    marker.on("click", () => app.go({ filter: { ...app.state.filter, precision: app.vocabulary.precisions.filter((p) => !isPinned(p)).join(",") } }))
  }

  private pointed({ place, site }: Extent): boolean {
    const asked = [app.state.incident, app.hover].flatMap((id) => app.incident(id) ?? [])
    return asked.some((i) => i.id === place.id || (place.n > 1 && sites(i).some((s) => s.radius_m === place.radiusM && s.place === site?.place)))
  }

  private colorOf({ place }: Extent): string {
    const [only, ...others] = Object.keys(place.mix)
    if (place.incident && place.n === 1) return classOf(place.incident).color
    return only && !others.length ? classBy(only).color : this.ink()
  }

  private hatch(e: Extent, turn: number): void {
    const strong = this.pointed(e)
    if (!strong && this.covers(e)) return
    const color = this.colorOf(e)
    const crowded = this.wide.length > 8
    const shift = (r: L.LatLng[]): L.LatLng[] => (turn ? r.map((p) => L.latLng(p.lat, p.lng + turn)) : r)
    new Hatch(e.outline.rings.map(shift), e.outline.masks.map(shift), {
      renderer: this.renderer, interactive: false, smoothFactor: 1.2,
      color, weight: strong ? 2 : 1, opacity: strong ? 0.9 : crowded ? 0.3 : 0.45,
      fill: true, fillOpacity: strong ? 0.75 : crowded ? 0.12 : 0.3, fillColor: pattern(color, strong ? 1.6 : 1.1) as string,
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
  private holding(i: Incident, at: L.LatLng, turn: number): void {
    const site = sites(i)[0]
    if (!site?.radius_m || !isPinned(site.precision)) return
    const open = i.id === app.state.incident
    const near = L.latLng(at.lat, at.lng + turn)
    const wider = pixels(this.map, at, site.radius_m) > diameter(i) / 2 + 4
    const loose = isRing(this.map, i, at) || site.precision === "neighbourhood"
    if (!open && !(loose && wider && this.map.getBounds().pad(0.5).contains(near))) return
    const { color } = classOf(i)
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
    const { n } = e.place
    const name = e.site?.place || t("map.wide")
    const label = t("map.extent", { n, place: name })
    const face = document.createElement("span")
    face.textContent = around ? t("map.around", { n: number(n), place: name }) : number(n)
    const className = `badge${this.pointed(e) ? " pointed" : ""}${around ? " around" : ""}${n > 99 ? " broad" : ""}`
    const icon = L.divIcon({ html: face, className, iconSize: around ? [0, 0] : [n > 99 ? 38 : 22, 22] })
    const marker = new Flat(at, { icon, keyboard: true, zIndexOffset: 3000 })
    marker.on("add", () => say(marker, n === 1 && e.place.incident ? `${label}: ${title(app.incident(e.place.id) ?? e.place.incident, app.vocabulary)}` : label))
    marker.on("click", () => {
      if (app.preview.some((i) => i.id === e.place.id)) app.point(e.place.id)
      else void openWide(this.map, at, e.place, label)
    })
    marker.on("mouseover", () => n === 1 && app.point(e.place.id))
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

  private covered = (p: L.Point): boolean => [...this.marks.boxes, ...this.boxes].some((o) => Math.abs(o.x - p.x) < o.r + 11 && Math.abs(o.y - p.y) < o.r + 11)

  /** A spot for a badge; around is one that says whose extent the whole view lies in. */
  private take(p: L.Point, around = false): { at: L.LatLng; around: boolean } {
    this.boxes.push({ x: p.x, y: p.y, r: 12 })
    return { at: this.map.containerPointToLatLng(p), around }
  }
}
