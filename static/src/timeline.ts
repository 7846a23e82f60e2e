// The histogram of days: drag over it to choose days, or move its two ends by
// arrow keys; play moves the chosen span along.
import { app } from "./app.ts"
import type { Bin, Unit } from "./bins.ts"
import { addDays, bins, floor } from "./bins.ts"
import { binBy } from "./data.ts"
import { classes } from "./look.ts"
import { play, playing, step, steps } from "./play.ts"
import { apart, el, fill, h, narrow, s } from "./dom.ts"
import { locale, t } from "./messages.ts"
import { days, withDays, without } from "./state.ts"
import { daySpan, fullDay } from "./words.ts"

const high = 48
let all: Bin[] = []
let unit: Unit = "day"
/** Unit and classing of the bins that were asked. */
let asked = ""

export function startTimeline(): void {
  const later = apart(() => drawTimeline())
  for (const topic of ["counts", "bins"] as const) app.on(topic, later)
  const look = (): string => `${app.state.filter["datetime"]} ${app.state.view.by}`
  let before = look()
  app.on("state", () => { if (before !== (before = look())) later() })
  const sizes = new ResizeObserver(later)
  for (const id of ["side", "stage"]) sizes.observe(el(id))
}

const box = (): HTMLElement => el(narrow() ? "timeline-phone" : "timeline")

/** Which bins are chosen: the first and the last; null where any day is. */
function chosen(): [number, number] | null {
  const { from, to } = days(app.state.filter)
  if (!from && !to) return null
  const a = from ? all.findIndex((b) => b.to >= from) : 0
  const b = to ? all.findLastIndex((x) => x.from <= to) : all.length - 1
  return [a < 0 ? all.length - 1 : a, Math.max(b, 0)]
}

steps({ chosen, choose, count: () => all.length })

function choose(a: number, b: number): void {
  const first = all[Math.min(a, b)], last = all[Math.max(a, b)]
  if (!first || !last) return
  const whole = Math.min(a, b) === 0 && Math.max(a, b) === all.length - 1
  app.go({ filter: whole ? without(app.state.filter, "datetime") : withDays(app.state.filter, first.from, last.to) }, true)
}

/** How wide the histogram is on the screen, and on paper; 0 where nothing is printed. */
let screen = 120, sheet = 0
/** Draws the histogram; on paper under the map, with the bars of the screen. */
export function drawTimeline(paper = sheet): void {
  sheet = paper
  const host = paper ? el("timeline") : box()
  if (!paper) screen = Math.max(120, host.clientWidth - 32)
  const width = paper || screen
  el(host.id === "timeline" ? "timeline-phone" : "timeline").replaceChildren()
  const focused = document.activeElement?.id
  ;({ bins: all, unit } = bins(app.data.anyDay.by_day ?? {}, Math.floor(screen / 4)))
  if (!all.length) return fill(host, app.loaded && h("p", { class: "hint" }, t("timeline.none")))
  if (asked !== (asked = `${unit} ${app.state.view.by}`)) void binBy(unit)
  fill(host, tools(), h("div", { class: "timeline-chart" }, chart(width), axis(width)))
  if (focused && host.querySelector(`#${CSS.escape(focused)}`)) document.getElementById(focused)?.focus({ preventScroll: true })
}

/** Spans of days up to the newest. */
const presets: [string, number][] = [["day", 1], ["week", 7], ["month", 30], ["year", 365], ["all", 0]]

/** Over the bars: presets, steps, play, and what has no day. */
function tools(): HTMLElement {
  const { from, to } = days(app.state.filter)
  const newest = all.findLast((b) => b.n > 0)
  const last = Object.keys(app.data.anyDay.by_day ?? {}).sort().at(-1) ?? newest?.to ?? ""
  const preset = ([name, n]: [string, number]): HTMLElement => {
    const first = addDays(last, 1 - n)
    const on = n ? from === first && to === last : !from && !to
    return h("button", {
      type: "button", id: `span-${name}`, class: "small", "aria-pressed": String(on), title: n ? daySpan(first, last) : t("sentence.anyDay"),
      onclick: () => app.go({ filter: n ? withDays(app.state.filter, first, last) : without(app.state.filter, "datetime") }),
    }, t(`timeline.${name}`))
  }
  const action = (id: string, key: string, run: () => void): HTMLElement => h("button", { type: "button", id, class: "small", onclick: run }, t(key))
  const { undated } = app.data.counts
  const said = chosen() ? daySpan(from || (all[0]?.from ?? ""), to || (all.at(-1)?.to ?? "")) : t("sentence.anyDay")
  return h("div", { class: "timeline-tools" },
    h("div", { class: "presets", role: "group", "aria-label": t("timeline.spans") }, ...presets.map(preset)),
    h("span", { class: "said", id: "timeline-said" }, said),
    undated > 0 && h("button", { type: "button", id: "open-undated", class: "small", onclick: () => app.go({ view: { list: "undated" } }) }, t("timeline.undated", { n: undated })),
    action("step-back", "timeline.earlier", () => step(-1)), action("play", playing() ? "timeline.pause" : "timeline.play", play), action("step-on", "timeline.later", () => step(1)))
}

/** Bars stacked by class, each class one path: those within the chosen span and those beside it. */
function chart(width: number): SVGSVGElement {
  const svg = s("svg", { class: "bars", width, height: high, viewBox: `0 0 ${width} ${high}`, role: "group", "aria-label": t("timeline.label") })
  svg.append(s("defs", {}, s("pattern", { id: "coarse", width: 4, height: 4, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" }, s("rect", { width: 1.6, height: 4, class: "coarse-line" }))))
  const wide = width / all.length
  const most = Math.max(...all.map((b) => b.n))
  const range = chosen()
  const paths = new Map<string, string>()
  const add = (key: string, k: number, top: number, tall: number): void => {
    const gap = wide > 3 ? 0.5 : 0
    paths.set(key, `${paths.get(key) ?? ""}M${(k * wide + gap).toFixed(2)} ${top.toFixed(2)}h${Math.max(0.6, wide - 2 * gap).toFixed(2)}v${tall.toFixed(2)}h${(-Math.max(0.6, wide - 2 * gap)).toFixed(2)}z`)
  }
  const stacks = app.data.anyDay.bins
  all.forEach((b, k) => {
    if (!b.n) return
    const tall = Math.max(3, (b.n / most) * (high - 4))
    const on = !range || (k >= range[0] && k <= range[1])
    const own = stacks?.[floor(b.from, unit)]
    let top = high
    for (const c of classes()) {
      const part = ((own?.classes[c.code] ?? 0) / b.n) * tall
      if (part > 0) add(`${on ? "on" : "off"} ${c.color}`, k, (top -= part), part)
    }
    if (top > high - tall + 0.1) add(on ? "on" : "off", k, high - tall, top - (high - tall))
    if (own?.coarse) add("coarse", k, high - tall, (own.coarse / b.n) * tall)
  })
  for (const [key, d] of paths) {
    const [kind, color] = key.split(" ")
    svg.append(s("path", { d, class: kind === "coarse" ? "coarse" : kind === "on" ? "bar" : "bar off", ...(color ? { fill: color } : {}) }))
  }
  const brush = s("rect", { class: "brush", y: 0, height: high, x: range ? range[0] * wide : 0, width: range ? (range[1] - range[0] + 1) * wide : 0 })
  svg.append(s("rect", { class: "bars-area", x: 0, y: 0, width, height: high }), brush)
  const [a, b] = range ?? [0, all.length - 1]
  svg.append(thumb(0, a, a * wide), thumb(1, b, (b + 1) * wide))
  drag(svg, brush, wide)
  tell(svg)
  return svg
}

/** The number of the bar under the pointer. */
function under(svg: SVGSVGElement, e: PointerEvent): number {
  const r = svg.getBoundingClientRect()
  return Math.max(0, Math.min(all.length - 1, Math.floor(((e.clientX - r.left) / r.width) * all.length)))
}

/** Says the bar under the pointer. */
function tell(svg: SVGSVGElement): void {
  svg.addEventListener("pointermove", (e) => {
    const b = all[under(svg, e)]
    const said = document.getElementById("timeline-said")
    const coarse = b && app.data.anyDay.bins?.[floor(b.from, unit)]?.coarse
    if (b && said) said.textContent = [t("timeline.bar", { day: daySpan(b.from, b.to), n: b.n }), coarse ? t("timeline.coarse", { n: coarse }) : ""].filter(Boolean).join(" · ")
  })
}

/** An end of the chosen span: a slider for the keyboard. */
function thumb(which: 0 | 1, at: number, x: number): SVGRectElement {
  const bin = all[at]
  const day = (which ? bin?.to : bin?.from) ?? ""
  const node = s("rect", {
    id: `thumb-${which}`, class: "thumb", x: x - 2, y: 0, width: 4, height: high, tabindex: 0, role: "slider",
    "aria-label": t(which ? "timeline.end" : "timeline.start"), "aria-valuemin": 0, "aria-valuemax": all.length - 1,
    "aria-valuenow": at, "aria-valuetext": day && fullDay(day),
  })
  node.addEventListener("keydown", (e) => {
    const [a, b] = chosen() ?? [0, all.length - 1]
    const now = which ? b : a
    const to = { ArrowLeft: now - 1, ArrowDown: now - 1, ArrowRight: now + 1, ArrowUp: now + 1, PageDown: now - 10, PageUp: now + 10, Home: 0, End: all.length - 1 }[e.key]
    if (to === undefined) return
    e.preventDefault()
    const there = Math.max(0, Math.min(all.length - 1, to))
    if (which) choose(a, Math.max(a, there))
    else choose(Math.min(b, there), b)
  })
  return node
}

function drag(svg: SVGSVGElement, brush: SVGRectElement, step: number): void {
  svg.addEventListener("pointerdown", (e) => {
    if (e.button !== 0) return
    svg.setPointerCapture(e.pointerId)
    const start = under(svg, e)
    const move = (m: PointerEvent): number => {
      const now = under(svg, m)
      brush.setAttribute("x", String(Math.min(start, now) * step))
      brush.setAttribute("width", String((Math.abs(now - start) + 1) * step))
      return now
    }
    const end = (m: PointerEvent): void => {
      svg.removeEventListener("pointermove", move)
      svg.removeEventListener("pointerup", end)
      choose(start, move(m))
    }
    move(e)
    svg.addEventListener("pointermove", move)
    svg.addEventListener("pointerup", end)
  })
}

/** A few days in words under the bars: as many as have room. */
function axis(width: number): SVGSVGElement {
  const svg = s("svg", { class: "axis", width, height: 16, "aria-hidden": "true" })
  const short = new Intl.DateTimeFormat(locale, { timeZone: "UTC", ...(unit === "day" || unit === "week" ? { day: "numeric", month: "short" } : unit === "month" ? { month: "short", year: "numeric" } : { year: "numeric" }) })
  const long = new Intl.DateTimeFormat(locale, { timeZone: "UTC", ...(unit === "year" ? { year: "numeric" } : unit === "month" ? { month: "short", year: "numeric" } : { day: "numeric", month: "short", year: "numeric" }) })
  const step = width / all.length
  const every = Math.max(1, Math.ceil(96 / step))
  let year = ""
  for (let k = 0; k < all.length; k += every) {
    const day = all[k]?.from ?? ""
    if (width - k * step < 40 && k > 0) break
    const newYear = day.slice(0, 4) !== year
    year = day.slice(0, 4)
    svg.append(s("text", { x: k * step, y: 12 }, (newYear ? long : short).format(new Date(`${day}T00:00:00Z`))))
    svg.append(s("line", { x1: k * step + 0.5, x2: k * step + 0.5, y1: 0, y2: 3 }))
  }
  return svg
}
