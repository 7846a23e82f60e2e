// The review: draft after draft, the most doubtful first, each seen whole before
// it is published or rejected.
import { get, sayError } from "./api.ts"
import { app } from "./app.ts"
import { announce, fill, h } from "./dom.ts"
import { change, published } from "./edit.ts"
import { field } from "./filters.ts"
import { incidentSheet } from "./incident.ts"
import { keyed } from "./keys.ts"
import { number, t } from "./messages.ts"
import type { Collection, Counts, Incident } from "./types.ts"

/** What is to be judged, in its order; whose it is where it is one report's. */
let queue: Incident[] = []
const judged = new Map<string, string>()
let weak = false
let total = 0
const waiting = "status=draft,reviewed"

/** Goes to the review: of some drafts, else of all that wait. */
export async function review(drafts: Incident[] = []): Promise<void> {
  judged.clear()
  queue = [...drafts].sort((a, b) => (a.confidence ?? 0) - (b.confidence ?? 0))
  total = queue.length
  if (!queue.length) await fetchQueue()
  app.go({ incident: queue[0]?.id ?? "", report: "", view: { pane: "review" } })
}

async function fetchQueue(): Promise<void> {
  const found = await get<Collection>(`/collections/incidents/items?${waiting}&sortby=confidence&limit=200${weak ? "&weak=true,false" : ""}`)
  queue = found.features.map((f) => f.properties)
  total = found.numberMatched ?? queue.length
}

/** The sheet where nothing is left. */
export function reviewDone(): HTMLElement {
  const box = h("input", { type: "checkbox", checked: weak, onchange: () => { weak = box.checked; void review() } })
  const done = h("button", { type: "button", class: "primary", onclick: () => app.go({ incident: "", report: "", view: { pane: "" } }) }, t("add.done"))
  return h("div", { class: "panel-body form" }, h("p", { role: "status" }, t(judged.size ? "review.done" : "review.none", { n: judged.size })),
    h("label", { class: "check" }, box, t("review.weak")), h("div", { class: "buttons" }, done))
}

/** Opens what stands so many steps away from an incident among those that are left. */
function step(from: string, by: number): void {
  const all = queue.filter((i) => !judged.has(i.id) || i.id === from)
  const at = all.findIndex((i) => i.id === from)
  const next = judged.has(from) ? (all[at + 1] ?? queue.find((i) => !judged.has(i.id))) : all[(at + by + all.length) % all.length]
  app.go({ incident: next?.id ?? "", report: "", view: { pane: "review" } })
}

/** The sheet of one draft with what to do with it. */
export async function openReview(i: Incident, again: () => void, signal: AbortSignal): Promise<HTMLElement> {
  if (!queue.length) await fetchQueue()
  if (!queue.some((x) => x.id === i.id)) { queue.unshift(i); total += 1 }
  const at = queue.findIndex((x) => x.id === i.id)
  const open = i.status !== "published" && i.status !== "retracted"
  const why = h("input", { type: "text", value: t("edit.defaultWhy"), id: "review-why" })
  const error = h("p", { class: "error", role: "alert" })
  const act = (label: string, letter: string, status: string, cls = ""): HTMLButtonElement => {
    const button = keyed(h("button", { type: "button", class: cls, id: `review-${status}` }, label), letter)
    button.addEventListener("click", () => {
      button.disabled = true
      change(i, why.value.trim() || t("edit.defaultWhy"), status === "published" ? published(i) : { status }).then(() => {
        judged.set(i.id, status)
        announce(t(status === "published" ? "edit.published" : "edit.retracted"))
        step(i.id, 1)
      }, (problem) => { button.disabled = false; error.textContent = sayError(problem) })
    })
    return button
  }
  const go = (label: string, letter: string, run: () => void): HTMLButtonElement => keyed(h("button", { type: "button", onclick: run }, label), letter)
  const body = await incidentSheet(i, again, signal, h("p", { class: "review-at", role: "status" }, t("review.at", { at: number(at + 1), of: number(total) }), i.confidence ? ` · ${t("review.sure", { c: number(Math.round(i.confidence * 100)) })}` : ""))
  body.append(h("div", { class: "save-bar", role: "group", "aria-label": t("review.title") }, field(t("edit.why"), why, t("edit.whyHint")), error, h("div", { class: "buttons" },
    open && act(t("edit.publish"), "A", "published", "primary"), open && act(t("review.reject"), "X", "retracted"),
    go(t("edit.open"), "E", () => app.go({ view: { pane: "edit" } })), go(t("review.back"), "P", () => step(i.id, -1)), go(t("review.next"), "N", () => step(i.id, 1)))))
  return body
}

app.reviewing = (id) => queue.some((i) => i.id === id) && !judged.has(id)

/** A button that says how many drafts wait, and goes to them; nothing where none do. */
export async function reviewButton(box: HTMLElement): Promise<void> {
  if (!app.session.may_write) return fill(box)
  const n = await get<Counts>(`/counts?${waiting}`).then((c) => c.total, () => 0)
  const button = h("button", { type: "button", class: "open-review", "aria-label": t("review.open", { n }), onclick: () => void review() }, t("review.short", { n }))
  fill(box, n > 0 && button)
}
