// The marks: discs, rings and donuts as SVG.
import { app } from "./app.ts"
import { arcs } from "./clusters.ts"
import { h, s } from "./dom.ts"
import { glyph } from "./glyphs.ts"
import { classes, classOf } from "./look.ts"
import { locale } from "./messages.ts"
import type { Group, Incident } from "./types.ts"

const unknown: Group = { code: "", label: "", color: "#777777", glyph_color: "#FFFFFF", glyph: "" }

/** The group of an incident's type, with its colour and glyph. */
export function groupOf(i: Incident): Group {
  const code = i.group ?? app.vocabulary.types.find((x) => x.code === i.type)?.group
  return app.vocabulary.groups.find((g) => g.code === code) ?? unknown
}

/** What weighs an incident: its dead, else its injured by a tenth. */
export const weight = (i: Incident): number => i.killed_best ?? i.killed_low ?? (i.injured_best ?? 0) / 10

/** Diameter of a mark in pixels: three steps of area by toll. */
export const diameter = (i: Incident): number => (weight(i) >= 100 ? 34 : weight(i) >= 10 ? 28 : 22)

/** Whether the incident ended in the last 24 hours, as far as a day can tell. */
export function isNew(i: Incident): boolean {
  const day = i.end ?? i.start
  return Boolean(day) && Date.parse(`${day}T23:59:59Z`) > Date.now() - 24 * 3600_000
}

export interface MarkLook { ring: boolean; selected: boolean }

/** The mark of one incident, centred in a square of size(i) pixels. */
export function mark(i: Incident, look: MarkLook): SVGSVGElement {
  const d = diameter(i)
  const box = d + 14
  const c = box / 2
  const g = groupOf(i), own = classOf(i)
  const draft = i.status !== "published"
  const svg = s("svg", { width: box, height: box, viewBox: `0 0 ${box} ${box}`, "aria-hidden": "true", focusable: "false" })
  if (look.selected) svg.append(s("circle", { cx: c, cy: c, r: d / 2 + 5, class: "mark-selected" }))
  else if (isNew(i)) svg.append(s("circle", { cx: c, cy: c, r: d / 2 + 4, class: "mark-new" }))
  svg.append(s("circle", { cx: c, cy: c, r: d / 2 + (draft ? 1 : 0), class: draft ? "mark-halo draft" : "mark-halo" }))
  if (look.ring) {
    svg.append(s("circle", { cx: c, cy: c, r: d / 2 - 2.5, class: "mark-hole", stroke: own.color, "stroke-width": 3.5 }))
    svg.append(glyph(g.glyph, "currentColor", c - d * 0.22, c - d * 0.22, d * 0.44))
  } else {
    svg.append(s("circle", { cx: c, cy: c, r: d / 2 - 1, fill: own.color }))
    const size = d * 0.62
    svg.append(glyph(g.glyph, own.glyph_color, c - size / 2, c - size / 2, size))
  }
  return svg
}

/** The small mark of a group in lists and in the legend. */
export function swatch(g: Group, size = 20): SVGSVGElement {
  const svg = s("svg", { width: size, height: size, viewBox: "0 0 20 20", class: "swatch", "aria-hidden": "true", focusable: "false" })
  svg.append(s("circle", { cx: 10, cy: 10, r: 9, fill: g.color, class: "swatch-disc" }), glyph(g.glyph, g.glyph_color, 4, 4, 12))
  return svg
}

/** Diameter of a cluster's donut. */
export const donutSize = (n: number): number => (n < 10 ? 34 : n < 100 ? 40 : n < 1000 ? 48 : 54)

const compact = new Intl.NumberFormat(locale, { notation: "compact", maximumFractionDigits: 1 })

/** A donut of the classes of some incidents, with their number inside. */
export function donut(n: number, mix: Record<string, number>): HTMLElement {
  const size = donutSize(n)
  const shares = classes().map((one): [string, number] => [one.color, mix[one.code] ?? 0])
  shares.push(["#777777", n - shares.reduce((sum, [, k]) => sum + k, 0)])
  const ring = arcs(shares).map(({ key, from, to }) => `${key} ${(from * 100).toFixed(1)}% ${(to * 100).toFixed(1)}%`)
  const face = h("span", { class: "donut" }, h("span", { class: "donut-count" }, n < 10_000 ? String(n) : compact.format(n)))
  face.style.width = face.style.height = `${size}px`
  face.style.background = `conic-gradient(${ring.join(",")})`
  return face
}
