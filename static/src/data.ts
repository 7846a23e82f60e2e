// Loads what the state asks: counts under the filter, what the map draws and
// the rows of the list, each shown as it comes. A later load overtakes an earlier one.
import type L from "leaflet"
import { get, sayError } from "./api.ts"
import type { Data, Topic } from "./app.ts"
import { app } from "./app.ts"
import type { Unit } from "./bins.ts"
import { drawnIn, few, forget } from "./items.ts"
import { t } from "./messages.ts"
import { loadRows } from "./rows.ts"
import type { Filter } from "./state.ts"
import { query, without } from "./state.ts"
import type { Counts, Feature } from "./types.ts"

let asked: AbortController | undefined

/** Where the map stands. */
export interface Stand { bounds: L.LatLngBounds; zoom: number; box: string }
let stand: Stand

/** Tells where the map stands; asks for what is to be drawn there, where that is elsewhere. */
export function standAt(now: Stand): void {
  const before: Stand | undefined = stand
  stand = now
  if (app.loaded && !(before?.zoom === now.zoom && before.bounds.equals(now.bounds))) follow()
}

function follow(): void {
  void draw()
  if (app.state.view.list === "view") void loadRows(stand.box)
}

/** Drops parts of the filter that the server would not know. */
export function knownFilter(filter: Filter): Filter {
  const known = new Set(["q", "datetime", "bbox", "within", "filter", ...app.vocabulary.fields.filter((f) => f.filterable).map((f) => f.name)])
  return Object.fromEntries(Object.entries(filter).filter(([name]) => known.has(name)))
}

let newest: Promise<void> | undefined

/** Loads what the state's filter asks and tells "data". Ends when the newest load has. */
export async function load(): Promise<void> {
  const mine = run()
  newest = mine
  await mine
  if (newest !== mine) await newest
}

async function run(): Promise<void> {
  asked?.abort()
  asked = new AbortController()
  const { signal } = asked
  const { filter } = app.state
  const from = stand
  forget()
  const put = (topic: Topic, part: Partial<Data>): void => {
    if (signal.aborted) return
    Object.assign(app.data, part)
    app.tell(topic)
  }
  const answers = new Map<string, Promise<Counts>>()
  const count = (f: Filter): Promise<Counts> => {
    const path = countsOf(f)
    const answer = answers.get(path) ?? get<Counts>(path, signal)
    answers.set(path, answer)
    return answer
  }
  try {
    const rows = loadRows(from.box, signal).then((read) => put("rows", read))
    const counted = Promise.all([filter, without(filter, "datetime"), without(filter, "type", "group")].map(count)).then(([counts, anyDay, anyType]) => {
      if (!counts || !anyDay || !anyType) return 0
      app.loaded ||= !signal.aborted
      put("counts", { counts, anyDay, anyType })
      return counts.total
    })
    const before = app.data.counts.total // after many, many are likely, and what the map draws need not wait for the count
    const early = before > few ? drawnIn(from.bounds, from.zoom, before) : undefined
    early?.catch(() => undefined)
    const drawn = counted.then((total) => (early && total > few ? early : drawnIn(from.bounds, from.zoom, total))).then((read) => put("drawn", { drawn: read }))
    await Promise.all([rows, counted, drawn])
    if (signal.aborted) return
    app.fail("")
    app.tell("data")
    if (!stand.bounds.equals(from.bounds)) follow()
  } catch (error) {
    if (signal.aborted) return
    const why = sayError(error)
    if (why) app.fail(t("error.load", { why }))
  }
}

/** How wide the bins of the timeline are. */
let bin: Unit = "month"

/** Counts under a filter; by bins where it asks for any day. */
const countsOf = (f: Filter): string => `/counts${query(f, f["datetime"] ? {} : { bin, by: app.state.view.by })}`

/** Asks for bins of another width, or for those of another classing. */
export async function binBy(unit: Unit): Promise<void> {
  bin = unit
  const path = countsOf(without(app.state.filter, "datetime"))
  const counted = await get<Counts>(path).catch(() => undefined)
  if (!counted || path !== countsOf(without(app.state.filter, "datetime"))) return
  app.data.anyDay = counted
  app.tell("bins")
}

let latest = 0
/** Draws what the map shows now; of several calls the last one counts. */
export async function draw(): Promise<void> {
  const mine = ++latest
  const { counts } = app.data
  try {
    const drawn = await drawnIn(stand.bounds, stand.zoom, counts.total)
    if (mine !== latest || counts !== app.data.counts) return
    app.data.drawn = drawn
    app.tell("drawn")
  } catch (error) {
    const why = sayError(error)
    if (why) app.fail(t("error.load", { why }))
  }
}

const shapes = new Map<string, Promise<void>>()

/** Reads incidents that the page has not read, and of one the shape that holds it; tells "known". */
export async function know(id: string): Promise<void> {
  const before = shapes.get(id)
  if (before) return before
  const asking = get<Feature>(`/collections/areas/items/${encodeURIComponent(id)}?names=hidden`).then((f) => {
    app.known.set(id, f.properties)
    app.shapes.set(id, f.geometry)
    app.tell("known")
  }, () => void shapes.delete(id)) // one without a place: the sheet says what it is
  shapes.set(id, asking)
  return asking
}

/** Forgets an incident's shape, as after a change. */
export const unknow = (id: string): void => void shapes.delete(id)

/** Reads several incidents by their ids. */
export async function knowAll(ids: string[]): Promise<void> {
  const missing = ids.filter((id) => !app.known.has(id)).slice(0, 100)
  if (!missing.length) return
  const { features } = await get<{ features: Feature[] }>(`/collections/incidents/items${query({}, { id: missing.join(","), limit: 100, names: "hidden" })}`)
  for (const f of features) app.known.set(f.properties.id, f.properties)
  app.tell("known")
}
