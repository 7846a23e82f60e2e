// The marks on the map: one a spot, donuts for what would cover each other.
import L from "leaflet"
import { app } from "./app.ts"
import type { Cluster, Dot } from "./clusters.ts"
import { cluster, sameSpot } from "./clusters.ts"
import { donut, donutSize, diameter, groupOf, isNew, mark, weight } from "./icons.ts"
import { list, t } from "./messages.ts"
import { openSpot } from "./spot.ts"
import { pixels, pointOf, turns } from "./shapes.ts"
import type { Incident } from "./types.ts"
import { sites, title, whenShort } from "./words.ts"

/** Marks nearer than this, in pixels, become a cluster. */
const clusterRadius = 40
const maxZoom = 17

export interface Box { x: number; y: number; r: number }
interface Shown { marker: L.Marker; look: string; ids: string[] }

/** Whether an incident is a ring: its place is near or part of a town, or a quarter seen from far. */
export function isRing(map: L.Map, i: Incident, at: L.LatLng): boolean {
  const site = sites(i)[0]
  if (site?.precision === "area") return true
  return site?.precision === "neighbourhood" && pixels(map, at, site.radius_m ?? 0) < diameter(i) / 2
}

export class Marks {
  private shown = new Map<string, Shown>()
  /** Boxes of the marks in pixels of the container: labels keep off them. */
  boxes: Box[] = []
  /** Ids of wide incidents that a cluster stands for, since their extent is too small to be seen. */
  folded = new Set<string>()

  /** Ids of the incidents that have a mark of their own. */
  alone = new Set<string>()

  private chosen: Dot | undefined

  constructor(private map: L.Map) {}

  /** Draws the marks anew: those that stay as they are stay. */
  draw(small: Dot[]): void {
    const all = [...app.data.incidents, ...app.preview]
    const byId = new Map(all.map((i) => [i.id, i]))
    const zoom = this.map.getZoom()
    const dots: Dot[] = []
    for (const i of all) {
      const at = pointOf(i)
      if (!at || i.status === "retracted") continue
      const p = this.map.project(at, zoom)
      dots.push({ id: i.id, x: p.x, y: p.y, weight: weight(i) })
    }
    const selected = app.state.incident
    const drafts = new Set(app.preview.map((i) => i.id))
    const apart = dots.filter((d) => d.id === selected)
    this.chosen = apart[0]
    const groups = [
      ...this.clusters([...dots, ...small].filter((d) => d.id !== selected && !drafts.has(d.id)), small),
      ...this.clusters([...dots, ...small].filter((d) => d.id !== selected && drafts.has(d.id)), small),
      ...apart.map((d) => ({ x: d.x, y: d.y, members: [d] })),
    ]
    this.folded = new Set(groups.flatMap((g) => g.members).filter((m) => small.includes(m)).map((m) => m.id))
    this.boxes = []
    this.alone = new Set(groups.flatMap((g) => (g.members.length === 1 ? g.members.map((m) => m.id) : [])))
    const next = new Map<string, Shown>()
    const bounds = this.map.getBounds().pad(0.3)
    for (const turn of turns(this.map)) {
      for (const group of groups) {
        const at = this.map.unproject([group.x, group.y], zoom)
        const there = L.latLng(at.lat, at.lng + turn)
        if (!bounds.contains(there)) continue
        const members = group.members.flatMap((m) => byId.get(m.id) ?? [])
        const key = `${members.map((m) => m.id).join(" ")} ${turn}`
        next.set(key, this.place(key, group, members, there))
      }
    }
    for (const [key, old] of this.shown) if (!next.has(key)) old.marker.remove()
    this.shown = next
    this.point()
  }

  /** Clusters without those that are one small extent alone: that keeps its badge. */
  private clusters(dots: Dot[], small: Dot[]): Cluster[] {
    return cluster(dots, clusterRadius).filter((c) => !(c.members.every((m) => small.includes(m)) && sameSpot(c)))
  }

  private place(key: string, group: Cluster, members: Incident[], at: L.LatLng): Shown {
    const [only] = members
    const single = members.length === 1 && only
    const look = single
      ? ["1", only.revision, only.status, groupOf(only).code, diameter(only), isRing(this.map, only, at), only.id === app.state.incident, isNew(only), app.preview.length, this.behind(group, members)].join()
      : [...members.map((m) => m.revision), app.preview.length, this.behind(group, members)].join()
    const p = this.map.latLngToContainerPoint(at)
    this.boxes.push({ x: p.x, y: p.y, r: (single ? diameter(only) : donutSize(members.length)) / 2 + 2 })
    const before = this.shown.get(key)
    if (before && before.look === look) {
      before.marker.setLatLng(at)
      return before
    }
    before?.marker.remove()
    const marker = single ? this.single(only, at) : this.donut(group, members, at)
    const back = app.preview.length > 0 && !members.some((m) => app.preview.includes(m))
    marker.addTo(this.map).getElement()?.classList.toggle("faded", back || this.behind(group, members))
    return { marker, look, ids: members.map((m) => m.id) }
  }

  /** Whether the mark of the open incident stands over this one. */
  private behind(group: Cluster, members: Incident[]): boolean {
    const { chosen } = this
    return chosen !== undefined && !members.some((m) => m.id === chosen.id) && Math.hypot(chosen.x - group.x, chosen.y - group.y) < 28
  }

  private single(i: Incident, at: L.LatLng): L.Marker {
    const size = diameter(i) + 14
    const selected = i.id === app.state.incident
    const svg = mark(i, { ring: isRing(this.map, i, at), selected })
    const label = t("map.mark", { title: title(i, app.vocabulary), when: whenShort(i) })
    const marker = this.marker(svg, size, at, label, selected ? 10000 : Math.round(weight(i)))
    marker.on("click", () => {
      if (app.preview.includes(i)) app.point(i.id)
      else app.go({ incident: i.id, report: "", view: { pane: "" } })
    })
    marker.on("mouseover", () => app.point(i.id))
    marker.on("mouseout", () => app.point(""))
    return marker
  }

  private donut(group: Cluster, members: Incident[], at: L.LatLng): L.Marker {
    const size = donutSize(members.length) + 4
    const spot = sameSpot(group) || this.map.getZoom() >= maxZoom
    const what = [...new Set(members.map((m) => groupOf(m).label))]
    const label = spot ? t("map.sameSpot", { n: members.length }) : t("map.cluster", { n: members.length, what: list(what) })
    const marker = this.marker(donut(members), size, at, label, 1000 + members.length)
    marker.on("click", () => {
      if (spot) openSpot(this.map, at, t("map.sameSpot", { n: members.length }), members)
      else this.open(group)
    })
    return marker
  }

  /** Zooms until a cluster's members stand apart. */
  private open(group: Cluster): void {
    const zoom = this.map.getZoom()
    const bounds = L.latLngBounds(group.members.map((m) => this.map.unproject([m.x, m.y], zoom)))
    const fit = this.map.getBoundsZoom(bounds, false, L.point(80, 80))
    this.map.setView(bounds.getCenter(), Math.min(maxZoom, Math.max(Math.floor(zoom) + 1, Math.min(fit, zoom + 4))))
  }

  private marker(svg: SVGSVGElement, size: number, at: L.LatLng, label: string, z: number): L.Marker {
    const html = document.createElement("span")
    html.append(svg)
    const icon = L.divIcon({ html, className: "mark", iconSize: [size, size], iconAnchor: [size / 2, size / 2] })
    const marker = L.marker(at, { icon, keyboard: true, riseOnHover: true, zIndexOffset: z })
    marker.on("add", () => {
      marker.getElement()?.setAttribute("aria-label", label)
      marker.getElement()?.setAttribute("title", label)
    })
    return marker
  }

  /** Shows which mark the list points at. */
  point(): void {
    for (const { marker, ids } of this.shown.values()) {
      marker.getElement()?.classList.toggle("pointed", app.hover !== "" && ids.includes(app.hover))
    }
  }
}
