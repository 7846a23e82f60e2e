// Changes by anyone, as they come: the map, the list and an open incident
// follow without a reload.
import { app } from "./app.ts"
import { knowAll, load, unknow } from "./data.ts"
import { announce, debounce, el } from "./dom.ts"
import { t } from "./messages.ts"
import { refreshPanel } from "./panel.ts"
import { title } from "./words.ts"

interface Change { seq: number; id: string; status: string; revision: number }

/** Listens until the page is closed; anew when someone signs in or out, since the server tells each what they may see. */
export function startLive(): void {
  let source = listen(reopen)
  let name = app.session.name
  function reopen(): void { // a proxy's error ends an event source for good
    window.setTimeout(() => { source.close(); source = listen(reopen, true) }, 3000)
  }
  window.addEventListener("online", () => { if (app.error) void load() }) // also where events don't come through
  app.on("session", () => {
    if (app.session.name === name) return
    name = app.session.name
    source.close()
    source = listen(reopen)
  })
}

function listen(again: () => void, lost = false): EventSource {
  const source = new EventSource("/live")
  const touched = new Map<string, number>()
  let back = false
  const catchUp = debounce(150, () => {
    const before = new Map([...app.known].map(([id, i]) => [id, i.revision]))
    const ids = [...touched].filter(([id, revision]) => app.own.get(id) !== revision).map(([id]) => id) // this page's own changes are here already
    touched.clear()
    if (!ids.length && !back) return
    back = false
    for (const id of ids) {
      app.known.delete(id)
      unknow(id)
    }
    void load().then(() => knowAll(ids)).then(() => {
      app.fresh = new Set(ids)
      app.tell("rows")
      for (const id of ids) {
        refreshPanel(id)
        const i = app.incident(id)
        if (i) announce(t(before.has(id) ? "live.changed" : "live.added", { title: title(i, app.vocabulary) }))
      }
    })
  })
  const change = (e: MessageEvent<string>): void => {
    const { id, revision } = JSON.parse(e.data) as Change
    touched.set(id, e.type === "gone" ? -1 : revision)
    catchUp()
  }
  source.addEventListener("incident", change)
  source.addEventListener("gone", change)
  source.addEventListener("error", () => {
    lost = true
    el("lost").textContent = t("live.lost") // a status: it is read out
    if (source.readyState === EventSource.CLOSED) again()
  })
  source.addEventListener("open", () => {
    if (!lost) return
    lost = false
    back = true
    el("lost").textContent = ""
    announce(t("live.back"))
    catchUp()
  })
  return source
}
