// The list, in step with the map: what is in view, or what has no place.
import { app } from "./app.ts"
import { debounce, el, fill, h } from "./dom.ts"
import { groupOf, swatch } from "./icons.ts"
import { inView, map } from "./map.ts"
import { t } from "./messages.ts"
import type { Incident } from "./types.ts"
import { sites, title, tolls, whenShort, whereShort } from "./words.ts"

const page = 60
let shown = page

export function startList(): void {
  const later = debounce(60, draw)
  app.on("data", later)
  app.on("session", later)
  app.on("state", () => { later(); mark() })
  app.on("hover", mark)
  map.on("moveend", () => { shown = page; later() })
  el("list").addEventListener("keydown", keys)
}

const located = (i: Incident): boolean => app.data.points.has(i.id) || app.data.areas.has(i.id)

/** What the list holds now, newest first. */
function wanted(): Incident[] {
  const all = app.data.incidents
  return app.state.view.list === "unlocated" ? all.filter((i) => !located(i)) : all.filter((i) => located(i) && inView(i))
}

function draw(): void {
  const box = el("list")
  const all = wanted()
  const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset["id"] : undefined
  const unlocated = app.state.view.list === "unlocated"
  const tab = (list: "view" | "unlocated", text: string): HTMLElement =>
    h("button", { type: "button", role: "tab", id: `tab-${list}`, "aria-selected": String(app.state.view.list === list), "aria-controls": "rows", onclick: () => app.go({ view: { list } }) }, text)
  const inMap = unlocated ? app.data.incidents.filter((i) => located(i) && inView(i)).length : all.length
  const rows = all.slice(0, shown).map((i, k) => h("li", {}, row(i, k)))
  const rest = all.length - shown
  fill(box,
    h("div", { class: "tabs", role: "tablist" }, tab("view", t("list.inView", { n: inMap })), tab("unlocated", t("list.unlocated", { n: app.data.counts.unlocated }))),
    unlocated && all.length > 0 && h("p", { class: "hint" }, t("list.unlocatedHint")),
    rows.length ? h("ul", { class: "rows plain", id: "rows", "aria-label": t("list.label") }, ...rows) : app.loaded && h("p", { class: "empty", id: "rows" }, emptyText()),
    rest > 0 && h("button", { type: "button", class: "quiet wide-button", onclick: () => { shown += page; draw() } }, t("list.more", { n: Math.min(rest, page) })))
  if (focused) box.querySelector<HTMLElement>(`[data-id="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true })
  mark()
}

function emptyText(): string {
  if (app.state.view.list === "unlocated") return t("list.unlocatedEmpty")
  if (app.data.counts.total > 0) return t("list.empty")
  if (Object.keys(app.state.filter).length) return t("list.noneMatch")
  return t(app.session.may_write ? "list.noneSigned" : "list.none")
}

function row(i: Incident, k: number): HTMLElement {
  const toll = tolls(i, app.vocabulary)
  const unknown = sites(i)[0]?.not_found
  const where = located(i) ? whereShort(i) : unknown ? t("panel.notFoundPart", { part: unknown }) : whereShort(i)
  const button = h("button", { type: "button", class: app.fresh.has(i.id) ? "row fresh" : "row", "data-id": i.id, tabindex: k === 0 ? 0 : -1, onclick: () => app.go({ incident: i.id, report: "", view: { pane: "" } }) },
    swatch(groupOf(i)),
    h("span", { class: "row-text" },
      h("span", { class: i.status === "retracted" ? "row-title struck" : "row-title" }, title(i, app.vocabulary)),
      h("span", { class: "row-sub" }, [whenShort(i), where].join(" · ")),
      toll && h("span", { class: "row-sub toll" }, toll),
      i.status !== "published" && h("span", { class: `tag ${i.status}` }, t(`status.${i.status}`))))
  button.addEventListener("mouseenter", () => app.point(i.id))
  button.addEventListener("mouseleave", () => app.point(""))
  button.addEventListener("focus", () => app.point(i.id))
  return button
}

let opened = ""
/** Shows which row is open or pointed at; brings a newly opened one into sight. */
function mark(): void {
  const before = opened
  opened = app.state.incident
  for (const b of el("list").querySelectorAll<HTMLElement>(".row")) {
    const id = b.dataset["id"] ?? ""
    b.classList.toggle("open", id === app.state.incident)
    b.classList.toggle("pointed", id === app.hover)
    if (id && id === opened && before !== opened) b.scrollIntoView({ block: "nearest" })
    if (id === app.state.incident) b.setAttribute("aria-current", "true")
    else b.removeAttribute("aria-current")
  }
}

/** Arrow keys go through the list; Home and End to its ends. */
function keys(e: KeyboardEvent): void {
  if (!(e.target instanceof HTMLElement)) return
  if (e.target.getAttribute("role") === "tab" && (e.key === "ArrowLeft" || e.key === "ArrowRight")) {
    const other = app.state.view.list === "view" ? "unlocated" : "view"
    app.go({ view: { list: other } })
    window.setTimeout(() => el(`tab-${other}`).focus(), 80)
    return
  }
  if (!e.target.classList.contains("row")) return
  const rows = [...el("list").querySelectorAll<HTMLElement>(".row")]
  const at = rows.indexOf(e.target)
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[e.key]
  if (to === undefined) return
  e.preventDefault()
  const next = rows[Math.max(0, Math.min(rows.length - 1, to))]
  for (const r of rows) r.tabIndex = r === next ? 0 : -1
  next?.focus()
}
