// The rows of the list as a table under the map, with columns of the server's
// fields, sorted by the server.
import { app } from "./app.ts"
import { apart, el, fill, h, rove } from "./dom.ts"
import { marked } from "./highlight.ts"
import { number, t } from "./messages.ts"
import { opener } from "./popover.ts"
import { moreRows, page } from "./rows.ts"
import type { Incident } from "./types.ts"
import { fieldName, title, typeLabel, valueName, whenShort, whereShort } from "./words.ts"

export function startTable(): void {
  const later = apart(draw)
  for (const topic of ["rows", "state"] as const) app.on(topic, later)
  app.on("hover", mark)
  el("table").addEventListener("keydown", keys)
  draw()
}

const columns = (): string[] => app.state.view.table.split(",").filter((name) => app.vocabulary.fields.some((f) => f.name === name))

/** Fields that a column can be of: those with one value. */
const offered = (): string[] => app.vocabulary.fields.filter((f) => f.kind !== "list" && !["id", "title", "lat", "lon", "located", "report", "tag", "actor", "perpetrator"].includes(f.name)).map((f) => f.name)

/** What a cell says; "" where it is not stated. */
function cell(i: Incident, name: string): string {
  if (name === "type") return typeLabel(i, app.vocabulary)
  if (name === "end" || name === "start") return i.start || i.end ? whenShort(i) : ""
  if (name === "place") return i.place ? whereShort(i) : ""
  if (name === "country") return i.country ? (app.vocabulary.countries[i.country] ?? i.country) : ""
  if (name === "group") return app.vocabulary.groups.find((g) => g.code === i.group)?.label ?? ""
  if (name === "publisher") return [...new Set(i.reports?.flatMap((r) => r.publisher ?? []))].join(", ")
  const value = (i as unknown as Record<string, unknown>)[name]
  return typeof value === "number" ? number(value) : typeof value === "string" ? valueName(name, value) : value === true ? t("filter.yes") : ""
}

function draw(): void {
  const box = el("table")
  box.hidden = app.state.view.table === ""
  document.body.classList.toggle("with-table", !box.hidden)
  if (box.hidden) return box.replaceChildren()
  const focused = document.activeElement instanceof HTMLElement ? document.activeElement.id : ""
  const { rows, found } = app.data
  const { sort } = app.state.view
  const head = (name: string): HTMLElement => {
    const up = sort === name, down = sort === `-${name}`
    const turn = (): void => app.go({ view: { sort: down ? name : `-${name}` } })
    return h("th", { scope: "col", "aria-sort": up ? "ascending" : down ? "descending" : undefined },
      ["publisher", "attribution"].includes(name) ? fieldName(name) : h("button", { type: "button", id: `sort-${name}`, class: "quiet small", onclick: turn }, fieldName(name), up ? " ↑" : down ? " ↓" : ""))
  }
  const choose = opener("table-columns", t("table.columns"), t("table.columns"), picker, { class: "small" })
  const line = (i: Incident, k: number): HTMLElement => h("tr", { "data-id": i.id, id: `line-${i.id}`, tabindex: k === 0 ? 0 : -1, onclick: () => app.go({ incident: i.id, report: "", view: { pane: "" } }), onmouseenter: () => app.point(i.id), onmouseleave: () => app.point(""), onfocus: () => app.point(i.id) },
    h("th", { scope: "row" }, ...marked(title(i, app.vocabulary))), ...columns().map((name) => {
      const text = cell(i, name)
      return h("td", text ? {} : { class: "none" }, ...(text ? marked(text) : [t("notStated")]))
    }))
  fill(box, h("div", { class: "table-bar" }, h("span", { class: "hint" }, t("list.found", { n: found })), choose,
    h("button", { type: "button", class: "small", onclick: () => app.go({ view: { table: "" } }) }, t("action.close"))),
  h("div", { class: "table-scroll" }, h("table", { "aria-label": t("list.label") }, h("thead", {}, h("tr", {}, head("title"), ...columns().map(head))), h("tbody", {}, ...rows.map(line))),
    found > rows.length && h("button", { type: "button", class: "quiet wide-button", onclick: () => void moreRows() }, t("list.more", { n: Math.min(page, found - rows.length) }))))
  if (focused && box.querySelector(`#${CSS.escape(focused)}`)) el(focused).focus({ preventScroll: true })
  mark()
}

function picker(): Node {
  return h("div", { class: "picker" }, ...offered().map((name) => {
    const input = h("input", { type: "checkbox", checked: columns().includes(name) })
    input.addEventListener("change", () => {
      const now = columns()
      app.go({ view: { table: (input.checked ? [...now, name] : now.filter((c) => c !== name)).join(",") || "type" } }, true)
    })
    return h("label", { class: "check" }, input, h("span", {}, fieldName(name)))
  }))
}

function mark(): void {
  for (const row of el("table").querySelectorAll<HTMLElement>("tbody tr")) {
    row.classList.toggle("pointed", row.dataset["id"] === app.hover)
    row.classList.toggle("open", row.dataset["id"] === app.state.incident)
  }
}

/** Arrow keys go through the rows; Enter opens one. */
function keys(e: KeyboardEvent): void {
  if (!(e.target instanceof HTMLTableRowElement)) return
  if (e.key === "Enter") return e.target.click()
  rove(e, [...el("table").querySelectorAll<HTMLElement>("tbody tr")])
}
