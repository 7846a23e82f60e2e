// The sheet beside the map: an incident with its reports, or a report with its
// incidents.
import { get, Problem, sayError } from "./api.ts"
import { app } from "./app.ts"
import { announce, el, fill, h } from "./dom.ts"
import { openAdd } from "./add.ts"
import { editBar, openEdit } from "./edit.ts"
import { FieldRows, provenance } from "./fields.ts"
import { groupOf, swatch } from "./icons.ts"
import { t } from "./messages.ts"
import { ReportText } from "./quotes.ts"
import { raiseSheet } from "./sheet.ts"
import type { Feature, Incident, ReportAnswer, ReportRef } from "./types.ts"
import { fullDay, title, whenShort, whereShort } from "./words.ts"

let shown = ""
let asked: AbortController | undefined

export function startPanel(): void {
  app.on("state", () => void draw(false))
  app.on("session", () => void draw(true))
  document.addEventListener("keydown", (e) => {
    if (e.key === "Escape" && !e.defaultPrevented && !el("panel").hidden && !document.querySelector(".popover")) closePanel()
  })
  void draw(false)
}

/** Closes the sheet and gives the focus back to the list. */
export function closePanel(): void {
  const { incident } = app.state
  app.preview = []
  app.go({ incident: "", report: "", view: { pane: "" } })
  app.tell("data")
  const back = document.querySelector<HTMLElement>(`#list [data-id="${CSS.escape(incident)}"]`) ?? document.querySelector<HTMLElement>("#list .row")
  back?.focus({ preventScroll: true })
}

/** Draws the open incident again, as after a change by someone else. */
export const refreshPanel = (id: string): void => void (app.state.incident === id && app.state.view.pane === "" && draw(true))

async function draw(again: boolean): Promise<void> {
  const { incident, report, view } = app.state
  const key = `${view.pane} ${incident} ${report}`
  if (key === shown && !again) return
  if (view.pane === "add") {
    if (shown.startsWith("add") && key !== shown) return void (shown = key)
    shown = key
    return openPanel(t("add.title"), openAdd())
  }
  shown = key
  asked?.abort()
  asked = new AbortController()
  const { signal } = asked
  try {
    if (incident) await drawIncident(incident, signal)
    else if (report) await drawReport(report, signal)
    else hide()
  } catch (error) {
    const why = sayError(error)
    if (why) openPanel(t("panel.label"), h("div", { class: "panel-body" }, h("p", { class: "error", role: "alert" }, errorText(error, why, Boolean(report)))))
  }
}

function errorText(error: unknown, why: string, report: boolean): string {
  if (!(error instanceof Problem)) return why
  if (error.status === 410) return t("error.gone")
  return error.status === 404 ? t(report ? "error.reportNotFound" : "error.notFound") : why
}

function hide(): void {
  el("panel").hidden = true
  document.body.classList.remove("with-panel")
  document.title = t("app.name")
}

/** Puts content into the sheet; focus goes to its heading. */
function openPanel(label: string, content: Node): void {
  const panel = el("panel")
  const wasOpen = !panel.hidden && panel.contains(document.activeElement)
  panel.setAttribute("aria-label", label)
  const close = h("button", { type: "button", class: "quiet close", "aria-label": t("action.close"), title: t("action.close"), onclick: closePanel }, "✕")
  const lead = content instanceof Element ? content.querySelector(".kicker") : null
  fill(panel, h("div", { class: "panel-bar" }, lead ?? h("h2", { tabindex: -1 }, label), close), content)
  panel.hidden = false
  panel.scrollTop = 0
  document.body.classList.add("with-panel")
  raiseSheet()
  if (!wasOpen || !panel.contains(document.activeElement)) (panel.querySelector<HTMLElement>("h1") ?? panel.querySelector<HTMLElement>("h2") ?? panel).focus({ preventScroll: true })
}

async function drawIncident(id: string, signal: AbortSignal): Promise<void> {
  const feature = await get<Feature>(`/incidents/${encodeURIComponent(id)}`, signal)
  const i = feature.properties
  if (app.state.view.pane === "edit" && app.session.may_write) {
    return openPanel(t("edit.title"), await openEdit(i))
  }
  document.title = `${title(i, app.vocabulary)} · ${t("app.name")}`
  const reports = h("div", { class: "reports" })
  const texts = new Map<string, ReportText>()
  const body = h("div", { class: "panel-body incident" })
  const rows = new FieldRows(i, {
    point: (key) => { for (const x of texts.values()) x.point(key, false) },
    follow: (quote) => { for (const [id, x] of texts) x.hold(id === quote.report ? quote.field : "") },
  }).all()
  fill(body, head(i), editBar(i), ...rows, provenanceLine(i), reports)
  openPanel(t("panel.label"), body)
  await drawReports(i, reports, texts, body, signal)
}

function head(i: Incident): HTMLElement {
  const g = groupOf(i)
  return h("header", { class: "panel-head" },
    h("p", { class: "kicker" }, swatch(g), h("span", {}, g.label),
      i.status !== "published" && h("span", { class: `tag ${i.status}` }, t(`status.${i.status}.long`))),
    h("h1", { tabindex: -1, class: i.status === "retracted" ? "struck" : "" }, title(i, app.vocabulary)))
}

function provenanceLine(i: Incident): HTMLElement {
  const link = h("button", { type: "button", class: "link" }, t("panel.link"))
  link.addEventListener("click", () => {
    const address = `${location.origin}/incidents/${encodeURIComponent(i.id)}`
    void navigator.clipboard?.writeText(address).then(() => { link.textContent = t("panel.copied"); announce(t("panel.copied")) })
  })
  return h("p", { class: "provenance" }, ...provenance(i).flatMap((text) => [text, " · "]), link)
}

async function drawReports(i: Incident, box: HTMLElement, texts: Map<string, ReportText>, body: HTMLElement, signal: AbortSignal): Promise<void> {
  const refs = i.reports ?? []
  box.append(h("h2", {}, t(refs.length > 1 ? "panel.reports" : "panel.report")))
  if (!refs.length) return box.append(h("p", { class: "hint" }, t("panel.noReport")))
  if (i.quotes?.length) box.append(h("p", { class: "hint" }, t("panel.hint")))
  for (const ref of refs) {
    const part = h("article", { class: "report" }, source(ref))
    box.append(part)
    try {
      const answer = await get<ReportAnswer>(`/reports/${encodeURIComponent(ref.id)}`, signal)
      const text = new ReportText()
      const quotes = (i.quotes ?? []).filter((q) => q.report === ref.id && q.version === answer.report.version)
      text.show(answer.report.text, quotes.map((q) => ({ start: q.start, end: q.end, key: q.field })))
      text.onPoint((keys) => pointRows(body, keys))
      texts.set(ref.id, text)
      fill(part, answer.report.title ? h("h3", { class: "headline", dir: "auto" }, answer.report.title) : "", source({ ...ref, ...answer.report }), text.node, others(answer, i.id))
    } catch (error) {
      if (sayError(error)) part.append(h("p", { class: "hint" }, error instanceof Problem && error.status === 404 ? t("error.reportNotFound") : sayError(error)))
    }
  }
}

/** Points out the fields that some words of the report were read for. */
function pointRows(body: HTMLElement, keys: string[]): void {
  for (const v of body.querySelectorAll<HTMLElement>(".value")) {
    const own = JSON.parse(v.dataset["keys"] ?? "[]") as string[]
    v.classList.toggle("now", keys.some((k) => own.includes(k)))
  }
}

function source(ref: ReportRef): HTMLElement {
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

/** The other incidents that a report tells. */
function others(answer: ReportAnswer, but: string): HTMLElement | "" {
  const all = (answer.incidents ?? []).filter((i) => i.id !== but && i.status !== "retracted")
  if (!all.length) return but ? "" : h("p", { class: "hint" }, t("report.noIncidents"))
  return h("div", { class: "others" }, h("h3", {}, t("panel.inReport")), h("ul", { class: "plain" }, ...all.map((i) =>
    h("li", {}, h("button", { type: "button", class: "row", onclick: () => app.go({ incident: i.id, report: "", view: { pane: "" } }) }, swatch(groupOf(i)),
      h("span", { class: "row-text" }, h("span", { class: "row-title" }, title(i, app.vocabulary)),
        h("span", { class: "row-sub" }, [whenShort(i), whereShort(i)].join(" · "))))))))
}

async function drawReport(id: string, signal: AbortSignal): Promise<void> {
  const answer = await get<ReportAnswer>(`/reports/${encodeURIComponent(id)}`, signal)
  const text = new ReportText()
  const quotes = (answer.incidents ?? []).flatMap((i) => (i.quotes ?? []).filter((q) => q.report === id))
  text.show(answer.report.text, quotes.map((q) => ({ start: q.start, end: q.end, key: q.field })))
  const heading = answer.report.title || t("report.label")
  document.title = `${heading} · ${t("app.name")}`
  openPanel(t("report.label"), h("div", { class: "panel-body" },
    h("header", { class: "panel-head" }, h("p", { class: "kicker" }, t("report.label")), h("h1", { tabindex: -1, dir: "auto" }, heading)),
    h("article", { class: "report" }, source(answer.report), text.node, others(answer, ""))))
}
