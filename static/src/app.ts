// What the page knows, in one place: the state, the server's tables, who is
// signed in and the incidents. Parts of the page listen for what changed.
import { mayLeave } from "./leave.ts"
import type { State } from "./state.ts"
import { readState, writeState } from "./state.ts"
import type { Counts, Drawn, Feature, Incident, Session, Vocabulary } from "./types.ts"

export interface Data {
  /** Rows of the list that were read, how many there are, and where the next are. */
  rows: Incident[]
  found: number
  next: string
  /** What the map draws where it stands. */
  drawn: Drawn
  /** Under the whole filter; without its days; without its types. */
  counts: Counts
  anyDay: Counts
  anyType: Counts
}

/** What can change: the state; of the data the counts, what the map draws, the rows of the list, and that all of it is there; bins of the timeline, incidents that were read, the incident under the pointer, who is signed in. */
export type Topic = "state" | "counts" | "drawn" | "rows" | "data" | "bins" | "known" | "hover" | "session" | "error"

const empty: Counts = { total: 0, unlocated: 0, undated: 0, by_day: {}, by_type: {}, by_country: {}, by_status: {} }

class App {
  state: State = readState(new URL(location.href))
  vocabulary!: Vocabulary
  session: Session = { signed_in: false, may_write: false, may_preview: false }
  data: Data = { rows: [], found: 0, next: "", drawn: { items: [], wide: [] }, counts: empty, anyDay: empty, anyType: empty }
  /** Incidents that were read, and the shape that holds each where it was asked. */
  known = new Map<string, Incident>()
  shapes = new Map<string, Feature["geometry"]>()
  loaded = false
  /** The newest revision of each incident that this page itself changed. */
  own = new Map<string, number | undefined>()
  /** Ids of what has just come from elsewhere. */
  fresh = new Set<string>()
  /** Drafts of a report that is not kept yet; the map shows them. */
  preview: Incident[] = []
  /** Whether an incident is being reviewed, so that correcting it leads back. */
  reviewing = (_id: string): boolean => false
  error = ""
  /** Id of the incident that the list or the map points at. */
  hover = ""
  private listeners = new Map<Topic, Set<() => void>>()

  on(topic: Topic, run: () => void): void {
    const all = this.listeners.get(topic) ?? new Set()
    all.add(run)
    this.listeners.set(topic, all)
  }

  tell(topic: Topic): void {
    for (const run of this.listeners.get(topic) ?? []) run()
  }

  /** Changes the state, unless that leaves work which a person stays with. A new address is a step of the browser's history, unless replace says otherwise. */
  go(change: Partial<Omit<State, "view">> & { view?: Partial<State["view"]> }, replace = false): void {
    const next: State = { ...this.state, ...change, view: { ...this.state.view, ...change.view } }
    const address = writeState(next)
    if (elsewhere(next, this.state) && !mayLeave()) return
    if (address !== writeState(this.state)) {
      if (replace) history.replaceState(null, "", address)
      else history.pushState(null, "", address)
    }
    this.state = next
    this.tell("state")
  }

  /** Keeps where the map stands in the address, without a step of the history and without redrawing. */
  moved(map: State["view"]["map"]): void {
    this.state = { ...this.state, view: { ...this.state.view, map } }
    history.replaceState(null, "", writeState(this.state))
  }

  point(id: string): void {
    if (this.hover === id) return
    this.hover = id
    this.tell("hover")
  }

  fail(message: string): void {
    this.error = message
    this.tell("error")
  }

  incident = (id: string): Incident | undefined => this.known.get(id)
}

export const app = new App()

/** Whether the sheet beside the map shows something else then. */
const elsewhere = (a: State, b: State): boolean => a.incident !== b.incident || a.report !== b.report || a.view.pane !== b.view.pane

window.addEventListener("popstate", () => {
  if (elsewhere(readState(new URL(location.href)), app.state) && !mayLeave()) return history.pushState(null, "", writeState(app.state))
  app.state = readState(new URL(location.href))
  app.tell("state")
})
