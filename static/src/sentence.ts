// The sentence that says what is shown. Every part of it can be chosen and changed.
import { app } from "./app.ts"
import { debounce, el, fill, h } from "./dom.ts"
import { conditions, conditionPicker, countryPicker, dayPicker, typePicker } from "./filters.ts"
import { t } from "./messages.ts"
import { closePopover, opener } from "./popover.ts"
import type { Filter } from "./state.ts"
import { days, values, without } from "./state.ts"
import { viewsSheet } from "./views.ts"
import { daySpan, fullDay } from "./words.ts"

/** Parts of the filter that have a place of their own in the sentence. */
const own = new Set(["type", "group", "country", "bbox", "within", "datetime", "q"])

export function startSentence(): void {
  tools()
  for (const topic of ["state", "counts", "session"] as const) app.on(topic, draw)
  draw()
}

/** Under the sentence: search, and what else can be asked. */
function tools(): void {
  const input = h("input", { type: "search", id: "search", placeholder: t("filter.q"), "aria-label": `${t("filter.q")}. ${t("filter.qHint")}` })
  const form = h("form", { role: "search", "aria-label": t("filter.q") }, input)
  form.addEventListener("submit", (e) => {
    e.preventDefault()
    const q = input.value.trim()
    app.go({ filter: q ? { ...app.state.filter, q } : without(app.state.filter, "q"), view: { list: "view" } })
  })
  const typed = debounce(12, () => {
    const q = input.value.trim()
    sent = q
    if (q !== (app.state.filter["q"] ?? "")) app.go({ filter: q ? { ...app.state.filter, q } : without(app.state.filter, "q") }, typing)
    typing = true
  })
  let typing = false, sent = ""
  input.addEventListener("input", typed)
  input.addEventListener("blur", () => { typing = false })
  input.addEventListener("search", () => { if (!input.value && app.state.filter["q"]) app.go({ filter: without(app.state.filter, "q") }) })
  app.on("state", () => {
    const q = app.state.filter["q"] ?? ""
    if (q !== input.value.trim() && q !== sent) input.value = q
    sent = q
  })
  input.value = app.state.filter["q"] ?? ""
  fill(el("tools"), form, opener("part-more", t("filter.more"), t("filter.more"), conditionPicker), opener("open-views", t("views.open"), t("views.title"), viewsSheet))
}

let drawn = ""
function draw(): void {
  const parts = [counted(), types(), places(), dayPart(), words(), ...more(), unlocated()]
  const key = JSON.stringify(parts.map((p) => p && [p.text, p.id]))
  if (key === drawn) return
  drawn = key
  const box = el("sentence")
  const focused = document.activeElement?.id
  const open = box.querySelector('[aria-expanded="true"]')?.id
  const children: (Node | string)[] = []
  for (const p of parts) {
    if (!p) continue
    if (children.length) children.push(h("span", { class: "dot", "aria-hidden": "true" }, " · "))
    children.push(p.node)
  }
  fill(box, h("p", { class: "sentence", "aria-label": t("sentence.label") }, ...children))
  if (open) document.getElementById(open)?.setAttribute("aria-expanded", "true")
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true })
}

interface Part { id: string; text: string; node: Node }

function part(id: string, text: string, set: boolean, label: string, content: () => Node): Part {
  return { id: `${id}${set}`, text, node: opener(`part-${id}`, text, label, content, { class: set ? "part set" : "part" }) }
}

function counted(): Part {
  const { total } = app.data.counts
  const text = !app.loaded ? t("sentence.loading") : total === 0 ? t("sentence.noIncidents") : t("sentence.incidents", { n: total })
  const node = h("button", { type: "button", id: "part-count", class: "part count", title: t("filter.reset"), onclick: () => { closePopover(false); app.go({ filter: {}, view: { list: "view" } }) } }, text)
  return { id: "count", text, node }
}

function types(): Part {
  const f = app.state.filter
  const names = [
    ...values(f, "group").map((code) => app.vocabulary.groups.find((g) => g.code === code)?.label ?? code),
    ...values(f, "type").map((code) => app.vocabulary.types.find((x) => x.code === code)?.label ?? code),
  ].map((name) => name.toLocaleLowerCase("en"))
  const text = names.length === 0 ? t("sentence.allTypes") : names.length > 3 ? t("sentence.manyTypes", { n: names.length }) : names.join(", ")
  return part("types", text, names.length > 0, t("filter.types"), typePicker)
}

function places(): Part {
  const f = app.state.filter
  const all = values(f, "country").map((code) => app.vocabulary.countries[code] ?? code)
  const names = [...(all.length > 3 ? [t("sentence.manyCountries", { n: all.length })] : all), ...(f["bbox"] ? [t("sentence.area")] : []), ...(f["within"] ? [t("sentence.drawn")] : [])]
  return part("places", names.join(", ") || t("sentence.everywhere"), names.length > 0, t("filter.countries"), countryPicker)
}

function dayPart(): Part {
  const { from, to } = days(app.state.filter)
  const text = from && to ? daySpan(from, to) : from ? t("sentence.since", { day: fullDay(from) }) : to ? t("sentence.until", { day: fullDay(to) }) : t("sentence.anyDay")
  return part("days", text, Boolean(from || to), t("filter.days"), dayPicker)
}

function words(): Part | undefined {
  const q = app.state.filter["q"]
  if (!q) return undefined
  return { id: "words", text: q, node: h("button", { type: "button", id: "part-words", class: "part set", "aria-label": `${t("filter.words")}: ${q}`, onclick: () => el("search").focus() }, t("sentence.words", { q })) }
}

function more(): Part[] {
  const rest: Filter = without(app.state.filter, ...own)
  const chosen = conditions(rest).map(({ name, text }) => {
    const node = h("button", { type: "button", id: `part-${name}`, class: "part set", "aria-label": t("filter.remove", { what: text }), title: t("filter.remove", { what: text }) }, text, h("span", { class: "x", "aria-hidden": "true" }, " ✕"))
    node.addEventListener("click", () => app.go({ filter: without(app.state.filter, name) }))
    return { id: name, text, node }
  })
  return chosen
}

function unlocated(): Part | undefined {
  const { counts } = app.data
  if (!app.loaded || !counts.unlocated) return undefined
  const on = app.state.view.list === "unlocated"
  const text = t("sentence.unlocated", { n: counts.unlocated })
  const node = h("button", { type: "button", id: "part-unlocated", class: on ? "part set" : "part", "aria-pressed": String(on), onclick: () => app.go({ view: { list: on ? "view" : "unlocated" } }) }, text)
  return { id: `unlocated${on}`, text, node }
}
