// The rows of the list: what the map shows, all, or what has no place or no day,
// a page at a time, sorted by the server.
import { get } from "./api.ts"
import { app } from "./app.ts"
import type { Filter } from "./state.ts"
import { query } from "./state.ts"
import type { Collection, Incident } from "./types.ts"

/** Rows of a page. */
export const page = 60

export interface Rows { rows: Incident[]; found: number; next: string }

/** What the list asks of the server: the filter, narrowed by what the list is of. */
function asked(box: string): string {
  const { list, sort } = app.state.view
  const filter: Filter = { ...app.state.filter }
  if (list === "unlocated") filter["located"] = "false"
  if (list === "undated") delete filter["datetime"]
  if (list === "undated") filter["filter"] = [filter["filter"] && `(${filter["filter"]})`, "start IS NULL AND end IS NULL"].filter(Boolean).join(" AND ")
  const shown = list === "view" && box && !filter["bbox"]
  if (shown) filter["bbox"] = box
  return `/collections/${list === "view" ? "areas" : "incidents"}/items${query(filter, { limit: page, skipGeometry: "true", names: "hidden", ...(sort ? { sortby: sort } : {}) })}`
}

function read(answer: Collection): Rows {
  const rows = answer.features.map((f) => f.properties)
  for (const i of rows) app.known.set(i.id, i)
  return { rows, found: answer.numberMatched ?? rows.length, next: answer.links?.find((l) => l.rel === "next")?.href ?? "" }
}

let now = ""
let latest: Promise<Rows> | undefined

/** Reads the first page; tells "rows" unless a signal is given, as by a load that tells of all it has. */
export async function loadRows(box: string, signal?: AbortSignal): Promise<Rows> {
  now = asked(box)
  const mine = get<Collection>(now, signal).then(read)
  latest = mine
  const rows = await mine
  if (signal || latest !== mine) return rows
  Object.assign(app.data, rows)
  app.tell("rows")
  return rows
}

/** Reads the next page and adds it. */
export async function moreRows(): Promise<void> {
  const { next, rows } = app.data
  if (!next) return
  const url = new URL(next)
  const more = read(await get<Collection>(`${url.pathname}${url.search}`))
  Object.assign(app.data, { rows: [...rows, ...more.rows], next: more.next })
  app.tell("rows")
}
