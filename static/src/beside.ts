// What stands beside an incident: what may be the same one, to be merged or kept
// apart; what happened near it; what else is laid to the same.
import { get, sayError, write } from "./api.ts"
import { app } from "./app.ts"
import { announce, h } from "./dom.ts"
import { change, changed } from "./edit.ts"
import { field } from "./filters.ts"
import { list, number, t } from "./messages.ts"
import { incidentRow } from "./reportpart.ts"
import type { Feature, Incident } from "./types.ts"
import { distance, fullDay, tolls } from "./words.ts"

interface Related { near: { distance_m: number; incident: Incident }[]; actors: { actor: string; incident: Incident }[] }
interface Reason { code: string; value?: string; of?: string }
interface Candidate { score: number; reasons: Reason[]; incident: Incident }

const address = (id: string, part: string): string => `/incidents/${encodeURIComponent(id)}/${part}?names=hidden`

/** Fills a box with what stands beside an incident; what can't be read is left out, and said. */
export async function drawBeside(i: Incident, box: HTMLElement, again: () => void, signal: AbortSignal): Promise<void> {
  const part = (title: string, ...rows: HTMLElement[]): HTMLElement[] => (rows.length ? [h("section", { class: "others" }, h("h3", {}, title), h("ul", { class: "plain" }, ...rows.map((r) => h("li", {}, r))))] : [])
  try {
    const [related, found] = await Promise.all([get<Related>(address(i.id, "related"), signal),
      app.session.may_write && i.status !== "retracted" ? get<{ candidates: Candidate[] }>(address(i.id, "candidates"), signal) : { candidates: [] }])
    const same = new Set(found.candidates.map((c) => c.incident.id))
    box.append(...part(t("beside.same"), ...found.candidates.slice(0, 5).map((c) => candidate(i, c, again))),
      ...part(t("beside.near"), ...related.near.filter((n) => !same.has(n.incident.id)).map((n) => incidentRow(n.incident, n.distance_m < 500 ? t("beside.here") : t("beside.away", { d: distance(n.distance_m) })))))
    for (const actor of [...new Set(related.actors.map((a) => a.actor))]) {
      box.append(...part(t("beside.actor", { actor }), ...related.actors.filter((a) => a.actor === actor).map((a) => incidentRow(a.incident))))
    }
  } catch (error) {
    if (sayError(error)) box.append(h("p", { class: "hint" }, sayError(error)))
  }
}

function reason(r: Reason): string {
  const label = (list: { code: string; label: string }[]): string => list.find((x) => x.code === r.value)?.label ?? r.value ?? ""
  const value = r.code === "type" ? label(app.vocabulary.types) : r.code === "group" ? label(app.vocabulary.groups)
    : r.code === "days" ? fullDay(r.value ?? "") : r.code === "toll" ? t(`toll.${r.of}`, { r: number(Number(r.value)) }) : (r.value ?? "")
  return t(`reason.${r.code}`, { value })
}

/** What may be the same incident: why, and the choice. */
function candidate(i: Incident, c: Candidate, again: () => void): HTMLElement {
  const why = h("input", { type: "text", value: t("beside.whyMerge") })
  const error = h("p", { class: "error", role: "alert" })
  const done = (said: string) => (): void => { announce(said); again() }
  const fail = (problem: unknown): void => { error.textContent = sayError(problem) }
  const merge = h("button", { type: "button", class: "merge" }, t("beside.merge"))
  merge.addEventListener("click", () => {
    write<Feature>("POST", `/incidents/${encodeURIComponent(i.id)}/merge`, { with: c.incident.id, base: i.revision, with_base: c.incident.revision, why: why.value.trim() }).then((f) => changed(f.properties)).then(done(t("beside.merged")), fail)
  })
  const apart = h("button", { type: "button", class: "apart" }, t("beside.apart"))
  apart.addEventListener("click", () => {
    const own = why.value.trim() === t("beside.whyMerge") ? t("beside.whyApart") : why.value.trim()
    change(i, own, { tags: [...(i.tags ?? []), `apart:${c.incident.id}`] }).then(done(t("beside.keptApart")), fail)
  })
  return h("div", { class: "candidate", "data-candidate": c.incident.id }, incidentRow(c.incident, tolls(c.incident, app.vocabulary)),
    h("p", { class: "hint" }, t("beside.because", { reasons: list(c.reasons.map(reason)) })),
    h("details", {}, h("summary", {}, t("beside.decide")), h("div", { class: "form" }, field(t("edit.why"), why, t("edit.whyHint")), error, h("div", { class: "buttons" }, merge, apart))))
}
