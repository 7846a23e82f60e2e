// All view state is in the address, by this one table. Whatever the table does
// not name is a filter, in the server's own grammar: what the page shows is
// what an export or a GIS layer with the same parameters gets.

export interface View {
  /** Zoom, latitude and longitude of the map's middle; null: what fits the incidents. */
  map: { zoom: number; lat: number; lon: number } | null
  /** What is open beside the map. */
  pane: "" | "add" | "edit" | "review"
  /** The list: what is in view, or what has no place. */
  list: "view" | "all" | "unlocated" | "undated"
  /** Field that the list is sorted by, - before it for downwards; "" is the newest first. */
  sort: string
  /** Columns of the table with commas between them; "" shows the list. */
  table: string
  /** What colours marks: a name of the server's classings. */
  by: string
  /** What warms the heat layer; "" shows marks. */
  heat: "" | "count" | "toll"
  /** In a frame on another page, with these controls; null: the whole page. */
  embed: string | null
  /** The page's language where the address says it; see messages.ts. */
  lang: string
}

export type Filter = Record<string, string>

export interface State {
  /** Id of the open incident: /incidents/{id}. */
  incident: string
  /** Id of the open report: /reports/{id}. */
  report: string
  view: View
  filter: Filter
}

interface Param<V> { fallback: V; read(text: string): V; write(value: V): string | null }

const oneOf = <T extends string>(...all: [T, ...T[]]): Param<T> => ({
  fallback: all[0],
  read: (text) => all.find((x) => x === text) ?? all[0],
  write: (value) => (value === all[0] ? null : value),
})

/** A word of some form; "" where it is none. */
const word = (form: RegExp): Param<string> => ({ fallback: "", read: (text) => (form.test(text) ? text : ""), write: (text) => text || null })

/** The table: one row a parameter of the view. */
export const params: { [K in keyof View]: Param<View[K]> } = {
  map: { fallback: null, read: readMap, write: (m) => (m ? `${round(m.zoom, 2)}/${round(m.lat, 4)}/${round(m.lon, 4)}` : null) },
  pane: oneOf("", "add", "edit", "review"),
  list: oneOf("view", "all", "unlocated", "undated"),
  sort: word(/^-?[a-z_]+$/),
  table: word(/^[a-z_,]+$/),
  by: { ...word(/^[a-z]+$/), fallback: "group", write: (by) => (by === "group" ? null : by) },
  heat: oneOf("", "count", "toll"),
  lang: { fallback: "", read: (text) => text, write: (code) => code || null },
  embed: { fallback: null, read: (text) => text.replace(/[^a-z,]/g, ""), write: (with_) => with_ },
}

const round = (x: number, digits: number): number => Number(x.toFixed(digits))

function readMap(text: string): View["map"] {
  const [zoom, lat, lon] = text.split("/").map(Number)
  if (zoom === undefined || lat === undefined || lon === undefined || [zoom, lat, lon].some((x) => !Number.isFinite(x))) return null
  return { zoom: Math.min(19, Math.max(1, zoom)), lat: Math.min(85, Math.max(-85, lat)), lon }
}

/** Parameters of the server's own that are no state. */
const passing = new Set(["f", "limit", "cursor", "once"])

/** The state that an address holds. */
export function readState(url: URL): State {
  const [, kind, id] = /^\/(incidents|reports)\/([^/]+)$/.exec(url.pathname) ?? []
  const view = Object.fromEntries(
    Object.entries(params).map(([name, p]) => {
      const text = url.searchParams.get(name)
      return [name, text === null ? p.fallback : (p as Param<unknown>).read(text)]
    }),
  ) as unknown as View
  const filter: Filter = {}
  for (const [name, value] of url.searchParams) if (!(name in params) && !passing.has(name) && value !== "") filter[name] = value
  return {
    incident: kind === "incidents" ? decodeURIComponent(id ?? "") : "",
    report: kind === "reports" ? decodeURIComponent(id ?? "") : "",
    view,
    filter,
  }
}

/** The address that holds a state: path and query. */
export function writeState(state: State): string {
  const path = state.incident
    ? `/incidents/${encodeURIComponent(state.incident)}`
    : state.report ? `/reports/${encodeURIComponent(state.report)}` : "/"
  const parts = filterQuery(state.filter)
  for (const [name, p] of Object.entries(params)) {
    const text = (p as Param<unknown>).write(state.view[name as keyof View])
    if (text !== null) parts.push(text === "" ? name : `${name}=${encode(text)}`)
  }
  return parts.length ? `${path}?${parts.join("&")}` : path
}

/** Commas, slashes and colons stay readable in an address. */
const encode = (text: string): string =>
  encodeURIComponent(text).replace(/%(2C|2F|3A)/g, (hex) => decodeURIComponent(hex)).replaceAll("%20", "+")

const filterQuery = (filter: Filter): string[] => Object.keys(filter).sort().map((name) => `${encodeURIComponent(name)}=${encode(filter[name] ?? "")}`)

/** A filter as a query for the server, with further parameters. */
export function query(filter: Filter, more: Record<string, string | number> = {}): string {
  const all: Filter = { ...filter }
  for (const [name, value] of Object.entries(more)) all[name] = String(value)
  const parts = filterQuery(all)
  return parts.length ? `?${parts.join("&")}` : ""
}

/** A filter without some of its parts. */
export const without = (filter: Filter, ...names: string[]): Filter => Object.fromEntries(Object.entries(filter).filter(([name]) => !names.includes(name)))

/** The values of a filter's part; "\," is a comma that belongs to a value. */
export function values(filter: Filter, name: string): string[] {
  const text = filter[name]
  if (!text) return []
  return text.match(/(?:\\.|[^,\\])+/g)?.map((v) => v.trim().replace(/\\(.)/g, "$1")) ?? []
}

/** The filter with a part set to some values, or without it where there are none. */
export function withValues(filter: Filter, name: string, all: string[]): Filter {
  const rest = without(filter, name)
  if (all.length) rest[name] = all.map((v) => v.replace(/[\\,]/g, "\\$&")).join(",")
  return rest
}

/** The days of a filter; an open end is "". */
export function days(filter: Filter): { from: string; to: string } {
  const text = filter["datetime"]
  if (!text) return { from: "", to: "" }
  const [from = "", to = from] = text.split("/")
  const open = (d: string): string => (d === ".." ? "" : d.slice(0, 10))
  return { from: open(from), to: open(to) }
}

export function withDays(filter: Filter, from: string, to: string): Filter {
  const rest = without(filter, "datetime")
  if (from || to) rest["datetime"] = from === to ? from : `${from || ".."}/${to || ".."}`
  return rest
}
