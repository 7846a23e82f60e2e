// The list, in step with the map: what it shows, all, or what has no place or no
// day, a page at a time in the order that is chosen.
import { app } from "./app.ts"
import { apart, el, fill, h, rove } from "./dom.ts"
import { marked } from "./highlight.ts"
import { groupOf, swatch } from "./icons.ts"
import { t } from "./messages.ts"
import { moreRows, page } from "./rows.ts"
import { lowerSheet } from "./sheet.ts"
import type { View } from "./state.ts"
import type { Incident } from "./types.ts"
import { sites, title, tolls, whenShort, whereShort } from "./words.ts"

export function startList(): void {
  const later = apart(draw)
  for (const topic of ["rows", "session"] as const) app.on(topic, later)
  let asked = "", shown = ""
  app.on("counts", () => {
    const { total, unlocated, undated } = app.data.counts
    if (shown !== (shown = [total > 0, unlocated, undated].join(" "))) later()
  })
  app.on("state", () => {
    const { list, sort, table } = app.state.view
    if (asked !== (asked = [list, sort, table].join(" "))) later()
    mark()
  })
  app.on("hover", mark)
  el("list").addEventListener("keydown", keys)
}

/** Orders of the list by the field that the server sorts by. */
const orders: [string, string][] = [["", "list.newest"], ["end", "list.oldest"], ["-killed_best", "list.deadliest"], ["-injured_best", "list.injured"], ["-updated", "list.updated"], ["country", "list.country"], ["type", "list.type"]]

function draw(): void {
  const box = el("list")
  const { rows: all, found, counts } = app.data
  const { list, sort } = app.state.view
  const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset["id"] || document.activeElement.id : undefined
  const tab = (name: View["list"], text: string): HTMLElement =>
    h("button", { type: "button", role: "tab", id: `tab-${name}`, "aria-selected": String(list === name), "aria-controls": "rows", tabindex: list === name ? 0 : -1, onclick: () => app.go({ view: { list: name } }) }, text)
  const order = h("select", { id: "order", "aria-label": t("list.order"), onchange: () => app.go({ view: { sort: order.value } }) }, ...orders.map(([value, key]) => h("option", { value, selected: value === sort }, t(key))))
  const rows = all.map((i, k) => h("li", {}, row(i, k)))
  const rest = found - all.length
  fill(box,
    h("div", { class: "tabs", role: "tablist", "aria-label": t("list.label") }, tab("view", t("list.onMap")), tab("all", t("list.all")),
      (counts.unlocated > 0 || list === "unlocated") && tab("unlocated", t("list.unlocated", { n: counts.unlocated })),
      (counts.undated > 0 || list === "undated") && tab("undated", t("list.undated", { n: counts.undated }))),
    h("div", { class: "list-tools" }, h("span", { class: "hint", id: "list-count" }, app.loaded && t(list === "view" ? "list.inView" : "list.found", { n: found })), order,
      h("button", { type: "button", id: "open-table", class: "small", "aria-pressed": String(app.state.view.table !== ""), onclick: () => { lowerSheet(); app.go({ view: { table: app.state.view.table ? "" : "end,type,place,country,killed_best,injured_best,publisher,status" } }) } }, t("table.open"))),
    (list === "unlocated" || list === "undated") && all.length > 0 && h("p", { class: "hint" }, t(`list.${list}Hint`)),
    rows.length ? h("ul", { class: "rows plain", id: "rows", "aria-label": t("list.label") }, ...rows) : app.loaded && h("p", { class: "empty", id: "rows" }, emptyText()),
    rest > 0 && h("button", { type: "button", id: "more-rows", class: "quiet wide-button", onclick: () => void moreRows() }, t("list.more", { n: Math.min(rest, page) })))
  if (focused) box.querySelector<HTMLElement>(`[data-id="${CSS.escape(focused)}"], #${CSS.escape(focused)}`)?.focus({ preventScroll: true })
  mark()
}

function emptyText(): string {
  const { list } = app.state.view
  if (list === "unlocated" || list === "undated") return t(`list.${list}Empty`)
  if (app.data.counts.total > 0) return t("list.empty")
  if (Object.keys(app.state.filter).length) return t("list.noneMatch")
  return t(app.session.may_write ? "list.noneSigned" : "list.none")
}

function row(i: Incident, k: number): HTMLElement {
  const toll = tolls(i, app.vocabulary)
  const unknown = sites(i)[0]?.not_found
  const where = unknown && !sites(i)[0]?.radius_m ? t("panel.notFoundPart", { part: unknown }) : whereShort(i)
  const button = h("button", { type: "button", class: app.fresh.has(i.id) ? "row fresh" : "row", "data-id": i.id, tabindex: k === 0 ? 0 : -1, onclick: () => app.go({ incident: i.id, report: "", view: { pane: "" } }) },
    swatch(groupOf(i)),
    h("span", { class: "row-text" },
      h("span", { class: i.status === "retracted" ? "row-title struck" : "row-title" }, ...marked(title(i, app.vocabulary))),
      h("span", { class: "row-sub" }, ...marked([whenShort(i), where].join(" · "))),
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
    const tabs = [...el("list").querySelectorAll<HTMLElement>("[role=tab]")]
    const ahead = (e.key === "ArrowRight") !== (document.dir === "rtl")
    const other = tabs[(tabs.indexOf(e.target) + (ahead ? 1 : tabs.length - 1)) % tabs.length]
    other?.focus()
    return other?.click()
  }
  rove(e, [...el("list").querySelectorAll<HTMLElement>(".row")])
}
