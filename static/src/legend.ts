// The legend is the filter of kinds: each group with its mark and number.
import { app } from "./app.ts"
import { el, fill, h } from "./dom.ts"
import { toggleGroup } from "./filters.ts"
import { swatch } from "./icons.ts"
import { number, t } from "./messages.ts"
import { values } from "./state.ts"

export function startLegend(): void {
  for (const topic of ["counts", "state"] as const) app.on(topic, draw)
}

let drawn = ""
function draw(): void {
  const by = app.data.anyType.by_type ?? {}
  const f = app.state.filter
  const groups = values(f, "group"), types = values(f, "type")
  const narrowed = groups.length + types.length > 0
  const rows = app.vocabulary.groups.map((g) => {
    const own = app.vocabulary.types.filter((x) => x.group === g.code).map((x) => x.code)
    const n = own.reduce((sum, code) => sum + (by[code] ?? 0), 0)
    const on = groups.includes(g.code) || own.some((code) => types.includes(code))
    return { g, n, on }
  }).filter((row) => row.n > 0 || row.on)
  const key = JSON.stringify(rows.map((r) => [r.g.code, r.n, r.on]))
  if (key === drawn) return
  drawn = key
  const focused = document.activeElement?.id
  fill(el("legend"), h("ul", { class: "legend", "aria-label": t("legend.label") }, ...rows.map(({ g, n, on }) =>
    h("li", {}, h("button", {
      type: "button", id: `legend-${g.code}`, class: narrowed && !on ? "off" : "", "aria-pressed": String(on),
      title: t("legend.only", { label: g.label, n: number(n) }), onclick: () => toggleGroup(g.code),
    }, swatch(g), h("span", {}, g.label), h("span", { class: "n" }, number(n)))))))
  if (focused?.startsWith("legend-")) document.getElementById(focused)?.focus()
}
