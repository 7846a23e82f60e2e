// The histogram of days: drag over it to choose days, or move its two ends by
// arrow keys; play moves the chosen span along.
import { app } from "./app.ts"
import type { Bin, Unit } from "./bins.ts"
import { bins } from "./bins.ts"
import { debounce, el, fill, h, narrow, s } from "./dom.ts"
import { locale, t } from "./messages.ts"
import { days, withDays, without } from "./state.ts"
import { daySpan, fullDay } from "./words.ts"

const high = 44
let all: Bin[] = []
let unit: Unit = "day"
let playing = 0

export function startTimeline(): void {
  const later = debounce(20, draw)
  app.on("data", later)
  let asked = app.state.filter["datetime"]
  app.on("state", () => { if (asked !== (asked = app.state.filter["datetime"])) later() })
  new ResizeObserver(later).observe(el("side"))
  window.addEventListener("resize", later)
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

function choose(a: number, b: number): void {
  const first = all[Math.min(a, b)], last = all[Math.max(a, b)]
  if (!first || !last) return
  const whole = Math.min(a, b) === 0 && Math.max(a, b) === all.length - 1
  app.go({ filter: whole ? without(app.state.filter, "datetime") : withDays(app.state.filter, first.from, last.to) }, true)
}

function draw(): void {
  const host = box()
  const other = el(narrow() ? "timeline" : "timeline-phone")
  other.replaceChildren()
  const focused = document.activeElement?.id
  const width = Math.max(120, host.clientWidth - (narrow() ? 32 : 96))
  ;({ bins: all, unit } = bins(app.data.anyDay.by_day ?? {}, Math.floor(width / 4)))
  if (!all.length) return fill(host, app.loaded && h("p", { class: "hint" }, t("timeline.none")))
  const undated = app.data.counts.undated
  const range = chosen()
  const { from, to } = days(app.state.filter)
  const said = range ? daySpan(from || (all[0]?.from ?? ""), to || (all.at(-1)?.to ?? "")) : ""
  fill(host,
    h("div", { class: "timeline-chart" }, chart(width), axis(width)),
    h("div", { class: "timeline-tools" },
      h("button", { type: "button", id: "play", class: "quiet", "aria-label": t(playing ? "timeline.pause" : "timeline.play"), title: t(playing ? "timeline.pause" : "timeline.play"), onclick: play }, playing ? "❚❚" : "▶"),
      range && h("button", { type: "button", id: "any-day", class: "quiet small", title: said, onclick: () => app.go({ filter: without(app.state.filter, "datetime") }) }, t("timeline.clear")),
      undated > 0 && !narrow() && h("span", { class: "hint" }, t("timeline.undated", { n: undated }))))
  if (focused && ["play", "any-day", "thumb-0", "thumb-1"].includes(focused)) document.getElementById(focused)?.focus({ preventScroll: true })
}

function chart(width: number): SVGSVGElement {
  const svg = s("svg", { class: "bars", width, height: high, viewBox: `0 0 ${width} ${high}`, role: "group", "aria-label": t("timeline.label") })
  const step = width / all.length
  const most = Math.max(...all.map((b) => b.n))
  const range = chosen()
  all.forEach((b, k) => {
    const tall = b.n === 0 ? 0 : Math.max(3, (b.n / most) * (high - 6))
    const on = !range || (k >= range[0] && k <= range[1])
    const bar = s("rect", { x: k * step + (step > 3 ? 0.5 : 0), y: high - tall, width: Math.max(1, step - (step > 3 ? 1 : 0)), height: tall, class: on ? "bar" : "bar off" })
    bar.append(s("title", {}, t("timeline.bar", { day: daySpan(b.from, b.to), n: b.n })))
    svg.append(bar)
  })
  const brush = s("rect", { class: "brush", y: 0, height: high, x: range ? range[0] * step : 0, width: range ? (range[1] - range[0] + 1) * step : 0 })
  svg.append(s("rect", { class: "bars-area", x: 0, y: 0, width, height: high }), brush)
  const [a, b] = range ?? [0, all.length - 1]
  svg.append(thumb(0, a, a * step), thumb(1, b, (b + 1) * step))
  drag(svg, brush, step)
  return svg
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
  const at = (e: PointerEvent): number => {
    const r = svg.getBoundingClientRect()
    return Math.max(0, Math.min(all.length - 1, Math.floor((((e.clientX - r.left) / r.width) * all.length))))
  }
  svg.addEventListener("pointerdown", (e) => {
    if (e.button !== 0) return
    svg.setPointerCapture(e.pointerId)
    const start = at(e)
    const move = (m: PointerEvent): number => {
      const now = at(m)
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

/** Moves the chosen span on, a bin at a time, until the end. Starts with a tenth of the days. */
function play(): void {
  if (playing) return stop()
  if (!chosen()) choose(0, Math.max(0, Math.floor(all.length / 10) - 1))
  playing = window.setInterval(() => {
    const [a, b] = chosen() ?? [0, 0]
    if (b >= all.length - 1) return stop()
    choose(a + 1, b + 1)
  }, 600)
  draw()
}

function stop(): void {
  window.clearInterval(playing)
  playing = 0
  draw()
}
