// A report in the sheet: where it is from, its text with what was read from it,
// behind a click where it is graphic or private, and what else it tells.
import { get } from "./api.ts"
import { app } from "./app.ts"
import { h } from "./dom.ts"
import { groupOf, swatch } from "./icons.ts"
import { t } from "./messages.ts"
import { ReportText } from "./quotes.ts"
import type { Incident, ReportAnswer, ReportRef } from "./types.ts"
import { fullDay, title, whenShort, whereShort } from "./words.ts"

/** The address of an incident or a report; names of private persons are hidden unless they are asked for. */
export const addressOf = (kind: "incidents" | "reports", id: string, names: boolean): string => `/${kind}/${encodeURIComponent(id)}${names ? "" : "?names=hidden"}`

/** What stands before the texts of an incident that are behind a click; "" where they are open. */
export const veilOf = (i: Incident): string => (app.vocabulary.veiled_tags ?? []).find((tag) => i.tags?.includes(tag)) ?? ""

/** Where a report is from: publisher and day, all that it tells, and its own address. */
export function source(ref: ReportRef): HTMLElement {
  const publisher = ref.publisher || t("panel.unknownPublisher")
  const text = ref.published ? t("panel.published", { publisher, day: fullDay(ref.published) }) : t("panel.publishedNoDay", { publisher })
  const safe = ref.url && /^https?:\/\//i.test(ref.url) ? ref.url : ""
  const page = h("a", { href: `/reports/${encodeURIComponent(ref.id)}` }, t("panel.reportPage"))
  page.addEventListener("click", (e) => {
    if (e.ctrlKey || e.metaKey || e.shiftKey) return
    e.preventDefault()
    app.go({ incident: "", report: ref.id, view: { pane: "" } })
  })
  const here = app.state.report === ref.id
  return h("p", { class: "source" }, text, !here && " · ", !here && page, safe && " · ",
    safe && h("a", { href: safe, rel: "noopener noreferrer", target: "_blank" }, ref.publisher ? t("panel.openAt", { publisher }) : t("panel.openAtPlain")))
}

/** An incident as a line that opens it. */
export function incidentRow(i: Incident, ...more: string[]): HTMLElement {
  return h("button", { type: "button", class: "row", onclick: () => app.go({ incident: i.id, report: "", view: { pane: "" } }) }, swatch(groupOf(i)),
    h("span", { class: "row-text" }, h("span", { class: "row-title" }, title(i, app.vocabulary)),
      h("span", { class: "row-sub" }, [whenShort(i), whereShort(i), ...more].filter(Boolean).join(" · "))))
}

/** The other incidents that a report tells. */
export function others(answer: ReportAnswer, but: string): HTMLElement | "" {
  const all = (answer.incidents ?? []).filter((i) => i.id !== but && i.status !== "retracted")
  if (!all.length) return but ? "" : h("p", { class: "hint" }, t("report.noIncidents"))
  return h("div", { class: "others" }, h("h3", {}, t("panel.inReport")), h("ul", { class: "plain" }, ...all.map((i) => h("li", {}, incidentRow(i)))))
}

/** A report with its text, in which marks are shown; the text of a veiled one stands behind a click. */
export async function shownReport(id: string, names: boolean, show: (text: ReportText, answer: ReportAnswer) => void, veil: string, signal?: AbortSignal): Promise<{ answer: ReportAnswer; text: ReportText; node: HTMLElement }> {
  const answer = await get<ReportAnswer>(addressOf("reports", id, names), signal)
  const text = new ReportText()
  show(text, answer)
  const why = veil || (answer.incidents ?? []).map(veilOf).find(Boolean)
  return { answer, text, node: why ? h("details", { class: "veiled" }, h("summary", {}, t(`veil.${why}`)), text.node) : text.node }
}

/** The words of a report that an incident's values were read from, claims among them. */
export function marksOf(i: Incident, report: string, version: number): { start: number; end: number; key: string }[] {
  const quotes = (i.quotes ?? []).filter((q) => q.report === report && q.version === version).map((q) => ({ start: q.start, end: q.end, key: q.field }))
  const claims = (i.claims ?? []).flatMap((c, k) => (c.report === report && c.end > c.start && quotes.length ? [{ start: c.start, end: c.end, key: `/claims/${k}` }] : []))
  return [...quotes, ...claims.filter((c) => !quotes.some((q) => q.key === c.key))]
}
