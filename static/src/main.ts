// The page: reads the server's tables, then starts its parts.
import "leaflet/dist/leaflet.css"
import "./style/base.css"
import "./style/map.css"
import "./style/panel.css"
import "./style/everyone.css"
import "./style/work.css"
import { get, sayError } from "./api.ts"
import { app } from "./app.ts"
import { draw, knownFilter, load } from "./data.ts"
import { el, fill, h } from "./dom.ts"
import { startKeys } from "./keys.ts"
import { startLegend } from "./legend.ts"
import { startList } from "./list.ts"
import { startLive } from "./live.ts"
import { note, startMap, viewBox } from "./map.ts"
import { startMapTools } from "./maptools.ts"
import { language, t } from "./messages.ts"
import { startPanel } from "./panel.ts"
import { startPrint } from "./print.ts"
import { startSentence } from "./sentence.ts"
import { loadRows } from "./rows.ts"
import { loadSession, startBar } from "./session.ts"
import { startSheet } from "./sheet.ts"
import { query } from "./state.ts"
import { startTable } from "./table.ts"
import { startTimeline } from "./timeline.ts"
import type { Vocabulary } from "./types.ts"
import { localised } from "./words.ts"

async function start(): Promise<void> {
  document.documentElement.lang = language.code
  document.documentElement.dir = language.rtl ? "rtl" : "ltr"
  document.body.classList.toggle("embed", app.state.view.embed !== null)
  const [vocabulary] = await Promise.all([get<Vocabulary>("/vocabulary"), loadSession()])
  app.vocabulary = localised(vocabulary)
  app.state.filter = knownFilter(app.state.filter)
  startMap()
  if (app.state.view.embed !== null) embed()
  startSentence()
  startLegend()
  startList()
  startTimeline()
  startSheet()
  app.on("error", () => note(app.error))
  if (app.state.view.embed === null) frame()
  reloadOnFilter()
  await load()
  startLive()
}

/** Everything around the map. */
function frame(): void {
  const skip = (id: string, key: string): HTMLElement => h("a", { href: `#${id}`, onclick: (e: Event) => { e.preventDefault(); (el(id).querySelector<HTMLElement>("button, [tabindex='0']") ?? el(id)).focus() } }, t(key))
  fill(el("skips"), skip("list", "skip.list"), skip("map", "skip.map"), skip("timeline", "skip.timeline"))
  startBar()
  startPanel()
  startMapTools()
  startKeys()
  startTable()
  startPrint()
}

/** In a frame: the map with the controls that the address names; an incident opens in a window of its own. */
function embed(): void {
  const on = new Set((app.state.view.embed ?? "").split(","))
  for (const id of ["bar", "panel", "skips"]) el(id).remove()
  const parts: [string, string[]][] = [["sentence", ["sentence"]], ["search", ["tools"]], ["legend", ["legend"]], ["list", ["list"]], ["timeline", ["timeline", "timeline-phone"]]]
  for (const [name, ids] of parts) for (const id of ids) el(id).hidden = !on.has(name)
  document.body.classList.toggle("embed-side", ["sentence", "search", "legend", "list"].some((name) => on.has(name)))
  el("stage").append(h("a", { class: "open-full", href: `/${query(app.state.filter)}`, target: "_blank", rel: "noopener" }, t("map.openFull")))
  app.on("state", () => {
    if (app.state.incident) window.open(`/incidents/${encodeURIComponent(app.state.incident)}`, "_blank", "noopener")
  })
}

/** Loads again whenever the filter is another one. */
function reloadOnFilter(): void {
  let asked = query(app.state.filter), { list, sort, by } = app.state.view
  app.on("state", () => {
    const now = query(app.state.filter), { view } = app.state
    if (now !== asked) void load()
    else if (view.by !== by) void draw()
    if (now === asked && (view.list !== list || view.sort !== sort)) void loadRows(viewBox())
    asked = now
    ;({ list, sort, by } = view)
  })
}

start().catch((error: unknown) => {
  const again = h("button", { type: "button", onclick: () => location.reload() }, t("again"))
  fill(el("stage"), h("div", { class: "failed", role: "alert" }, h("p", {}, t("error.start", { why: sayError(error) })), again))
})
