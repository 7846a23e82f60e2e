// The marks on the map: one a spot, donuts for what would cover each other.
import L from "leaflet"
import { app } from "./app.ts"
import type { Cluster, Dot } from "./clusters.ts"
import { cluster } from "./clusters.ts"
import { knowAll } from "./data.ts"
import { debounce } from "./dom.ts"
import { donut, donutSize, diameter, isNew, mark, weight } from "./icons.ts"
import { itemOfIncident } from "./items.ts"
import { classBy, classOf } from "./look.ts"
import { list, number, t } from "./messages.ts"
import { openMembers, say } from "./spot.ts"
import { pixels, turns } from "./shapes.ts"
import type { Incident, Item } from "./types.ts"
import { isPinned, sites, title, whenShort } from "./words.ts"

/** Marks nearer than this, in pixels, become a cluster; more where clusters have many members. */
const clusterRadius = 40, manyRadius = 56
const maxZoom = 17

export interface Box { x: number; y: number; r: number }
/** An item where the map draws it. */
export interface Spot extends Dot { item: Item }
interface Shown { marker: L.Marker; look: string; ids: string[]; n: number }

/** Whether an incident is a ring: its place is near or part of a town, or a quarter seen from far. */
export function isRing(map: L.Map, i: Incident, at: L.LatLng): boolean {
  const site = sites(i)[0]
  if (site?.precision === "area") return true
  return site?.precision === "neighbourhood" && pixels(map, at, site.radius_m ?? 0) < diameter(i) / 2
}

/** Whether an incident's place is no point, so that its mark is a square. */
const isWide = (i: Incident): boolean => !isPinned(sites(i)[0]?.precision)

/** What all members of a cluster come to. */
function together(group: Cluster<Spot>): { n: number; mix: Record<string, number>; bounds: L.LatLngBounds } {
  const mix: Record<string, number> = {}
  const bounds = L.latLngBounds([])
  let n = 0
  for (const { item } of group.members) {
    n += item.n
    bounds.extend(item.bounds)
    for (const [code, k] of Object.entries(item.mix)) mix[code] = (mix[code] ?? 0) + k
  }
  return { n, mix, bounds }
}

/** Whether a box is one spot, so that no zoom parts what is in it. */
const isSpot = (b: L.LatLngBounds): boolean => b.getNorth() - b.getSouth() < 2e-6 && b.getEast() - b.getWest() < 2e-6

/** A marker that stands by a translation in the plane: one in space is a layer of its own to the browser, and a hundred of these cost frames. */
export class Flat extends L.Marker {
  _setPos(at: L.Point): void {
    const own = this as unknown as { _icon: HTMLElement & { _leaflet_pos: L.Point }; _zIndex: number; _resetZIndex(): void }
    own._icon._leaflet_pos = at
    own._icon.style.transform = `translate(${at.x}px,${at.y}px)`
    own._zIndex = at.y + (this.options.zIndexOffset ?? 0)
    own._resetZIndex()
  }
}

export class Marks {
  private shown = new Map<string, Shown>()
  /** Boxes of the marks in pixels of the container: labels keep off them. */
  boxes: Box[] = []
  /** Ids of wide places that a cluster stands for, since their extent is too small to be seen. */
  folded = new Set<string>()
  /** The incidents that have a mark of their own, with where it stands. */
  alone: Item[] = []
  private chosen: Spot | undefined

  constructor(private map: L.Map) {
    app.on("known", debounce(30, () => this.relabel()))
  }

  private spot(item: Item): Spot {
    const p = this.map.project(item.at)
    return { id: item.id, x: p.x, y: p.y, weight: item.n > 1 ? item.n * 1000 : item.incident ? weight(item.incident) : 0, item }
  }

  /** Draws the marks anew: those that stay as they are stay. Small are wide places too small to be seen. */
  draw(items: Item[], small: Item[]): void {
    const selected = app.incident(app.state.incident)
    const chosen = selected && itemOfIncident(selected)
    this.chosen = chosen && this.spot(chosen)
    const others = [...items.filter((i) => i.n > 1 || i.id !== chosen?.id), ...small].map((i) => this.spot(i))
    const drafts = app.preview.flatMap((i) => itemOfIncident(i) ?? []).map((i) => this.spot(i))
    const groups = [...this.clusters(others, small), ...this.clusters(drafts, small), ...(this.chosen ? [{ ...this.chosen, members: [this.chosen] }] : [])]
    const within = new Set(small)
    this.folded = new Set(groups.flatMap((g) => g.members).filter((m) => within.has(m.item)).map((m) => m.id))
    this.boxes = []
    this.alone = groups.flatMap((g) => (g.members.length === 1 && g.members[0]?.item.n === 1 && g.members[0].item.incident ? [g.members[0].item] : []))
    const next = new Map<string, Shown>()
    const bounds = this.map.getBounds().pad(0.15)
    const zoom = this.map.getZoom()
    for (const turn of turns(this.map)) {
      for (const group of groups) {
        const at = this.map.unproject([group.x, group.y], zoom)
        const there = L.latLng(at.lat, at.lng + turn)
        if (!bounds.contains(there)) continue
        const key = `${group.members.map((m) => m.id).join(" ")} ${turn}`
        next.set(key, this.place(key, group, there))
      }
    }
    for (const [key, old] of this.shown) if (!next.has(key)) old.marker.remove()
    this.shown = next
    this.point()
  }

  /** Clusters without those that are one small extent alone: that keeps its badge. */
  private clusters(dots: Spot[], small: Item[]): Cluster<Spot>[] {
    const within = new Set(small)
    const many = dots.some((d) => d.item.n > 99)
    return cluster(dots, many ? manyRadius : clusterRadius).filter((c) => !(c.members.length === 1 && c.members[0] && within.has(c.members[0].item)))
  }

  private place(key: string, group: Cluster<Spot>, at: L.LatLng): Shown {
    const all = together(group)
    const only = all.n === 1 ? group.members[0]?.item.incident : undefined
    const behind = this.behind(group)
    const look = [app.state.view.by, app.preview.length, behind, all.n, only
      ? [only.revision, only.status, classOf(only).code, diameter(only), isRing(this.map, only, at), only.id === app.state.incident, isNew(only)].join()
      : JSON.stringify(all.mix)].join()
    const p = this.map.latLngToContainerPoint(at)
    this.boxes.push({ x: p.x, y: p.y, r: (only ? diameter(only) : donutSize(all.n)) / 2 + 2 })
    const before = this.shown.get(key)
    if (before && before.look === look) {
      before.marker.setLatLng(at)
      return before
    }
    before?.marker.remove()
    const marker = only ? this.single(only, at) : this.donut(group, all, at)
    const back = app.preview.length > 0 && !group.members.some((m) => app.preview.some((d) => d.id === m.id))
    marker.addTo(this.map).getElement()?.classList.toggle("faded", back || behind)
    return { marker, look, ids: group.members.map((m) => m.id), n: all.n }
  }

  /** Whether the mark of the open incident stands over this one. */
  private behind(group: Cluster<Spot>): boolean {
    const { chosen } = this
    return chosen !== undefined && !group.members.some((m) => m.id === chosen.id) && Math.hypot(chosen.x - group.x, chosen.y - group.y) < 28
  }

  private single(i: Incident, at: L.LatLng): L.Marker {
    const size = diameter(i) + 14
    const selected = i.id === app.state.incident
    const square = isWide(i)
    const marker = square
      ? this.marker(document.createTextNode("1"), 22, at, markLabel(i), 500, "badge")
      : this.marker(mark(i, { ring: isRing(this.map, i, at), selected }), size, at, markLabel(i), selected ? 10000 : Math.round(weight(i)))
    marker.on("click", () => {
      if (app.preview.includes(i)) app.point(i.id)
      else app.go({ incident: i.id, report: "", view: { pane: "" } })
    })
    marker.on("mouseover", () => app.point(i.id))
    marker.on("mouseout", () => app.point(""))
    marker.getElement()?.addEventListener("focus", () => void knowAll([i.id]).catch(() => undefined))
    return marker
  }

  private donut(group: Cluster<Spot>, { n, mix, bounds }: ReturnType<typeof together>, at: L.LatLng): L.Marker {
    const spot = isSpot(bounds)
    const what = Object.entries(mix).sort(([, a], [, b]) => b - a).map(([code, k]) => `${classBy(code).label} ${number(k)}`)
    const label = spot ? t("map.sameSpot", { n }) : t("map.cluster", { n, what: list(what) })
    const marker = this.marker(donut(n, mix), donutSize(n), at, label, 1000 + Math.min(n, 8000))
    const members = (): void => void openMembers(this.map, at, group.members.map((m) => m.item), bounds)
    marker.on("click", () => (spot || this.map.getZoom() >= maxZoom ? members() : this.open(bounds)))
    marker.on("contextmenu", (e) => { L.DomEvent.stop(e); members() })
    marker.on("keydown", (e) => { if ((e as unknown as { originalEvent: KeyboardEvent }).originalEvent.key.toLowerCase() === "l") members() })
    return marker
  }

  /** Zooms until a cluster's members stand apart. */
  private open(bounds: L.LatLngBounds): void {
    const zoom = this.map.getZoom()
    const fit = this.map.getBoundsZoom(bounds, false, L.point(80, 80))
    this.map.setView(bounds.getCenter(), Math.min(maxZoom, Math.max(Math.floor(zoom) + 1, Math.min(fit, zoom + 4))))
  }

  private marker(face: Node, size: number, at: L.LatLng, label: string, z: number, className = "mark"): L.Marker {
    const html = document.createElement("span")
    html.append(face)
    const icon = L.divIcon({ html, className, iconSize: [size, size], iconAnchor: [size / 2, size / 2] })
    const marker = new Flat(at, { icon, keyboard: true, riseOnHover: true, zIndexOffset: z })
    marker.on("add", () => say(marker, label))
    return marker
  }

  /** Says the titles of incidents that were read since they were drawn. */
  private relabel(): void {
    for (const { marker, ids, n } of this.shown.values()) {
      const i = n === 1 ? app.incident(ids[0] ?? "") : undefined
      if (i) say(marker, markLabel(i))
    }
  }

  /** Shows which mark the list points at. */
  point(): void {
    for (const { marker, ids } of this.shown.values()) marker.getElement()?.classList.toggle("pointed", app.hover !== "" && ids.includes(app.hover))
    if (app.hover && !app.known.has(app.hover)) void knowAll([app.hover]).catch(() => undefined)
  }
}

const markLabel = (i: Incident): string => t("map.mark", { title: title(i, app.vocabulary), when: whenShort(i) })
