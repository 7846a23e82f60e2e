// Loads the incidents under the filter. As long as they are few, all of them
// come at once and moving the map asks nothing; else what is in view comes.
import { get, sayError } from "./api.ts"
import { app } from "./app.ts"
import { t } from "./messages.ts"
import type { Filter } from "./state.ts"
import { query, without } from "./state.ts"
import type { Collection, Counts, Feature } from "./types.ts"
import { isPinned } from "./words.ts"

/** Incidents that are kept on the page at most. */
const cap = 2000

let asked: AbortController | undefined
let viewBox = ""
/** Whether there are more incidents than the cap, so that moving the map must ask again. */
export let byView = false

/** Tells where the map stands: "west,south,east,north". Loads again where that matters. */
export function setViewBox(box: string): void {
  const changed = box !== viewBox
  viewBox = box
  if (changed && byView && !app.state.filter["bbox"]) void load()
}

/** Drops parts of the filter that the server would not know. */
export function knownFilter(filter: Filter): Filter {
  const known = new Set(["q", "datetime", "bbox", ...app.vocabulary.fields.filter((f) => f.filterable).map((f) => f.name)])
  return Object.fromEntries(Object.entries(filter).filter(([name]) => known.has(name)))
}

let newest: Promise<void> | undefined

/** Loads what the state's filter asks and tells "data". Ends when the newest load has: a later one overtakes an earlier one. */
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
  const filter = app.state.filter
  try {
    const [counts, anyDay, anyType] = await Promise.all(
      [filter, without(filter, "datetime"), without(filter, "type", "group")].map((f) => get<Counts>(`/counts${query(f)}`, signal)),
    )
    if (!counts || !anyDay || !anyType) return
    byView = counts.total > cap
    const narrowed = byView && viewBox && !filter["bbox"] ? { ...filter, bbox: viewBox } : filter
    const [items, wide] = await Promise.all([
      get<Collection>(`/collections/incidents/items${query(narrowed, { limit: cap })}`, signal),
      get<Collection>(`/collections/areas/items${query(narrowed, { limit: cap, ...widePrecisions(narrowed) })}`, signal),
    ])
    app.data = { ...sort(items.features, wide.features, byView), counts, anyDay, anyType, missing: counts.total - items.features.length }
    app.loaded = true
    app.fail("")
    app.tell("data")
  } catch (error) {
    const why = sayError(error)
    if (why) app.fail(t("error.load", { why }))
  }
}

/** Asks areas only of what is wider than a point. */
function widePrecisions(filter: Filter): Filter {
  if (filter["precision"]) return {}
  return { precision: app.vocabulary.precisions.filter((p) => !isPinned(p)).join(",") }
}

function sort(items: Feature[], wide: Feature[], partial: boolean) {
  const points = new Map<string, [number, number]>()
  for (const f of items) {
    if (f.geometry?.type === "Point") points.set(f.properties.id, f.geometry.coordinates as [number, number])
  }
  const areas = new Map(wide.filter((f) => f.geometry && !points.has(f.properties.id)).map((f) => [f.properties.id, f.geometry]))
  const seen = new Set(items.map((f) => f.properties.id))
  const incidents = [...items, ...(partial ? wide.filter((f) => !seen.has(f.properties.id)) : [])].map((f) => f.properties)
  return { incidents, points, areas }
}
