// An incident's sheet: what, when, where and how sure, on whose word, its
// reports with the words marked, its history, and what stands beside it.
import { get, Problem, sayError } from "./api.ts"
import { app } from "./app.ts"
import { drawBeside } from "./beside.ts"
import { fill, h } from "./dom.ts"
import { editBar } from "./edit.ts"
import { FieldRows } from "./fields.ts"
import { history } from "./history.ts"
import { groupOf, swatch } from "./icons.ts"
import { t } from "./messages.ts"
import type { ReportText } from "./quotes.ts"
import { addressOf, marksOf, others, shownReport, source, veilOf } from "./reportpart.ts"
import { shareLine } from "./share.ts"
import type { Feature, Incident } from "./types.ts"
import { title } from "./words.ts"

/** Whether a person asked for the names of private persons, until another incident is opened. */
let namesOf = ""

/** The sheet of an incident; again draws it anew. Names of private persons are hidden until they are asked for. */
export async function incidentSheet(full: Incident, again: () => void, signal: AbortSignal, bar: HTMLElement | "" = editBar(full)): Promise<HTMLElement> {
  const secret = full.named?.some((n) => n.private) ?? false
  const names = secret && namesOf === full.id
  const i = secret && !names ? (await get<Feature>(addressOf("incidents", full.id, false), signal)).properties : full
  const reports = h("div", { class: "reports" })
  const beside = h("div", { class: "beside" })
  const texts = new Map<string, ReportText>()
  const body = h("div", { class: "panel-body incident" })
  const rows = new FieldRows(i, veilOf(i) !== "", {
    point: (key) => { for (const x of texts.values()) x.point(key, false) },
    follow: (quote) => {
      for (const [id, x] of texts) {
        x.node.closest("details")?.setAttribute("open", "")
        x.hold(id === quote.report ? quote.field : "")
      }
    },
  }).all()
  const show = h("button", { type: "button", class: "link", id: "names", onclick: () => { namesOf = names ? "" : full.id; again() } }, t(names ? "names.hide" : "names.show"))
  fill(body, head(i), bar, ...rows, secret && h("p", { class: "names" }, t(names ? "names.shown" : "names.hidden"), " ", show), shareLine(i), reports, history(i), beside)
  void drawReports(i, reports, { texts, body, names: names || !secret }, signal)
  void drawBeside(i, beside, again, signal)
  return body
}

function head(i: Incident): HTMLElement {
  const g = groupOf(i)
  return h("header", { class: "panel-head" },
    h("p", { class: "kicker" }, swatch(g), h("span", {}, g.label),
      i.status !== "published" && h("span", { class: `tag ${i.status}` }, t(`status.${i.status}.long`))),
    h("h1", { tabindex: -1, class: i.status === "retracted" ? "struck" : "", dir: "auto" }, title(i, app.vocabulary)))
}

interface Shown { texts: Map<string, ReportText>; body: HTMLElement; names: boolean }

async function drawReports(i: Incident, box: HTMLElement, { texts, body, names }: Shown, signal: AbortSignal): Promise<void> {
  const refs = i.reports ?? []
  box.append(h("h2", {}, t(refs.length > 1 ? "panel.reports" : "panel.report")))
  if (!refs.length) return box.append(h("p", { class: "hint" }, t("panel.noReport")))
  if (i.quotes?.length) box.append(h("p", { class: "hint" }, t("panel.hint")))
  for (const ref of refs) {
    const part = h("article", { class: "report" }, source(ref))
    box.append(part)
    try {
      const { answer, text, node } = await shownReport(ref.id, names, (text, { report }) =>
        text.onPoint((keys) => pointRows(body, keys), (keys) => leadTo(body, keys)).show(report.text, marksOf(i, ref.id, report.version)), veilOf(i), signal)
      texts.set(ref.id, text)
      fill(part, answer.report.title ? h("h3", { class: "headline", dir: "auto" }, answer.report.title) : "", source({ ...ref, ...answer.report }), node, others(answer, i.id))
    } catch (error) {
      if (sayError(error)) part.append(h("p", { class: "hint" }, error instanceof Problem && error.status === 404 ? t("error.reportNotFound") : sayError(error)))
    }
  }
}

/** Points out the fields that some words of the report were read for. */
function pointRows(body: HTMLElement, keys: string[]): HTMLElement | undefined {
  let first: HTMLElement | undefined
  for (const v of body.querySelectorAll<HTMLElement>("[data-keys].value")) {
    const own = JSON.parse(v.dataset["keys"] ?? "[]") as string[]
    const now = keys.some((k) => own.includes(k))
    v.classList.toggle("now", now)
    if (now) first ??= v
  }
  return first
}

/** Goes from marked words to the field that they were read for. */
function leadTo(body: HTMLElement, keys: string[]): void {
  const value = pointRows(body, keys)
  for (const led of body.querySelectorAll(".led")) led.classList.remove("led")
  value?.classList.add("led")
  value?.closest("details")?.setAttribute("open", "")
  value?.scrollIntoView({ block: "center" })
  value?.querySelector<HTMLElement>(".quote-link")?.focus({ preventScroll: true })
}
