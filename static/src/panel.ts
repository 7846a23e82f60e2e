// The sheet beside the map: an incident with its reports, or a report with its
// incidents.
import { get, Problem, sayError } from "./api.ts"
import { app } from "./app.ts"
import { el, fill, h } from "./dom.ts"
import { openAdd } from "./add.ts"
import { openEdit } from "./edit.ts"
import { incidentSheet } from "./incident.ts"
import { t } from "./messages.ts"
import { others, shownReport, source } from "./reportpart.ts"
import { mayLeave } from "./leave.ts"
import { openReview, reviewDone } from "./review.ts"
import { drawSketch } from "./sketch.ts"
import type { Feature } from "./types.ts"

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
  if (!mayLeave()) return
  const { incident } = app.state
  app.preview = []
  app.go({ incident: "", report: "", view: { pane: "" } })
  app.tell("drawn")
  const back = document.querySelector<HTMLElement>(`#list [data-id="${CSS.escape(incident)}"]`) ?? document.querySelector<HTMLElement>("#list .row")
  back?.focus({ preventScroll: true })
}

/** Draws the open incident again, as after a change by someone else. */
export const refreshPanel = (id: string): void => void (app.state.incident === id && app.state.view.pane === "" && draw(true))

const redraw = (): void => void draw(true)

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
  if (view.pane !== "edit") drawSketch()
  asked?.abort()
  asked = new AbortController()
  const { signal } = asked
  try {
    if (incident) await drawIncident(incident, signal)
    else if (view.pane === "review" && app.session.may_write) openPanel(t("review.title"), reviewDone())
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
  if (!wasOpen || !panel.contains(document.activeElement)) (panel.querySelector<HTMLElement>("h1") ?? panel.querySelector<HTMLElement>("h2") ?? panel).focus({ preventScroll: true })
}

async function drawIncident(id: string, signal: AbortSignal): Promise<void> {
  const feature = await get<Feature>(`/incidents/${encodeURIComponent(id)}`, signal)
  const i = feature.properties
  const { pane } = app.state.view
  if (pane === "edit" && app.session.may_write) return openPanel(t("edit.title"), await openEdit(i))
  const review = pane === "review" && app.session.may_write
  const sheet = await (review ? openReview(i, redraw, signal) : incidentSheet(i, redraw, signal))
  document.title = `${sheet.querySelector("h1")?.textContent} · ${t("app.name")}`
  openPanel(t(review ? "review.title" : "panel.label"), sheet)
}

async function drawReport(id: string, signal: AbortSignal): Promise<void> {
  const { answer, node } = await shownReport(id, false, (text, { report, incidents }) => {
    const quotes = (incidents ?? []).flatMap((i) => (i.quotes ?? []).filter((q) => q.report === id && q.version === report.version))
    text.show(report.text, quotes.map((q) => ({ start: q.start, end: q.end, key: q.field })))
  }, "", signal)
  const heading = answer.report.title || t("report.label")
  document.title = `${heading} · ${t("app.name")}`
  openPanel(t("report.label"), h("div", { class: "panel-body" },
    h("header", { class: "panel-head" }, h("p", { class: "kicker" }, t("report.label")), h("h1", { tabindex: -1, dir: "auto" }, heading)),
    h("article", { class: "report" }, source(answer.report), node, others(answer, ""))))
}
