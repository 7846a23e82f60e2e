// How to read the map: a key to marks, places and words of attribution; and a
// tour of five steps that needs nothing but what is on the page.
import { app } from "./app.ts"
import { h } from "./dom.ts"
import { donut, groupOf, mark } from "./icons.ts"
import { language, t } from "./messages.ts"
import { closePopover, opener } from "./popover.ts"
import type { Incident } from "./types.ts"

/** The button that opens the key. */
export const guideButton = (): HTMLButtonElement => opener("open-guide", t("guide.open"), t("guide.title"), guide, { class: "map-button worded", wide: true })

/** Every look of a mark with what it means, drawn by what draws the map. */
function marks(): [string, Element][] {
  const shown = (change: Partial<Incident>, ring = false): Element => mark({ id: "", status: "published", group: "disaster", ...change }, { ring, selected: false })
  const badge = h("span", { class: "badge" }, "3")
  return [["pin", shown({})], ["ring", shown({}, true)], ["extent", h("span", { class: "hatched" }, badge)], ["cluster", donut(12, { [groupOf({ id: "", status: "", group: "disaster" }).code]: 7, accident: 5 })],
    ["toll", shown({ killed_best: 100 })], ["new", shown({ end: new Date().toISOString().slice(0, 10) })], ["draft", shown({ status: "draft" })]]
}

function guide(button: HTMLElement): Node {
  const tour = h("button", { type: "button", id: "start-tour", class: "primary", onclick: () => { closePopover(false); step(0, button) } }, t("tour.start"))
  return h("div", { class: "picker form guide" }, h("div", { class: "buttons" }, tour, h("a", { href: `/methodology?lang=${language.code}` }, t("doc.method"))),
    h("h3", {}, t("guide.where")), h("ul", { class: "plain keys" }, ...marks().map(([key, look]) => h("li", {}, h("span", { class: "key-look", "aria-hidden": "true" }, look), h("span", {}, t(`guide.${key}`))))),
    h("h3", {}, t("guide.word")), h("dl", {}, ...["claimed", "accused", "alleged", "suspected", "stated", "denied"].flatMap((a) => [h("dt", {}, t(`attributionName.${a}`)), h("dd", {}, t(`guide.${a}`))])),
    h("p", { class: "hint" }, t("guide.unknown")))
}

const steps = ["#sentence", "#map", "#timeline:not(:empty), #timeline-phone", "#list", "#panel"]

/** Shows a step: what it tells of is outlined, focus is on the way on; Esc ends and gives the focus back. */
function step(at: number, back: HTMLElement): void {
  document.querySelector(".tour")?.remove()
  document.querySelector(".toured")?.classList.remove("toured")
  const selector = steps[at]
  if (!selector) return back.focus()
  const first = app.data.rows[0]
  if (selector === "#panel" && first) app.go({ incident: first.id })
  const target = document.querySelector<HTMLElement>(selector)
  target?.classList.add("toured")
  const { top = 0, height = 0 } = target?.getBoundingClientRect() ?? {}
  const to = (k: number, key: string, primary = false): HTMLElement => h("button", { type: "button", class: primary ? "primary" : "", onclick: () => step(k, back) }, t(key))
  const box = h("div", { class: top + height / 2 < innerHeight / 2 ? "tour low" : "tour", role: "dialog", "aria-label": t("tour.step", { k: at + 1, of: steps.length }), tabindex: -1 },
    h("p", { class: "hint" }, t("tour.step", { k: at + 1, of: steps.length })), h("p", {}, t(`tour.${at + 1}`)),
    h("div", { class: "buttons" }, to(at + 1, at + 1 < steps.length ? "tour.next" : "tour.end", true), at > 0 && to(at - 1, "tour.back"), at + 1 < steps.length && to(steps.length, "tour.end")))
  box.addEventListener("keydown", (e) => { if (e.key === "Escape") { e.stopPropagation(); step(steps.length, back) } })
  document.body.append(box)
  window.setTimeout(() => box.focus(), selector === "#panel" ? 400 : 0) // the sheet takes the focus as it opens
}
