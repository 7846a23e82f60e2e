// What the server says, as the page reads it. Absent is not stated.
import type L from "leaflet"

export interface Group { code: string; label: string; color: string; glyph_color: string; glyph: string }
export interface Class { code: string; label: string; color: string; glyph_color: string }
export interface EventType { code: string; group: string; label: string }
export interface Field { name: string; kind: string; doc: string; enum?: string[]; filterable: boolean }
export interface Format { name: string; label: string; media_type: string; extension: string }
export interface Credit { text: string; url: string }

export interface Vocabulary {
  version: string
  types: EventType[]; groups: Group[]
  classings: { name: string; classes: Class[] }[]
  fields: Field[]; formats: Format[]
  statuses: string[]; modalities: string[]; attributions: string[]; actor_roles?: string[]
  precisions: string[]; date_precisions: string[]; measures: string[]
  /** Tags that put a report's text behind a click. */
  veiled_tags?: string[]
  countries: Record<string, string>; tiles?: { url: string; attribution: string }
  attribution: Record<string, Credit>; limits: Record<string, number>
}

export interface Site {
  role: string; place: string; place_id?: string; locative?: string
  lat?: number; lon?: number; radius_m?: number; precision?: string
  admin1?: string; country?: string
  confidence?: number; approximate?: boolean; not_found?: string
}

export interface Actor { name: string; actor_id?: string; role: string; attribution?: string; by?: string }
export interface Named { name: string; role?: string; fate?: string; private?: boolean }
export interface Quote { report: string; version: number; field: string; start: number; end: number; text: string }
export interface ReportRef { id: string; publisher?: string; url?: string; published?: string }
export interface Claim {
  measure: string; group?: string; low?: number; best?: number; high?: number
  attribution?: string; by?: string; report?: string; start: number; end: number
}

/** The flat incident. Tolls are read by name: see toll() in words.ts. */
export interface Incident {
  id: string; title?: string; type?: string; group?: string
  status: string; modality?: string; weak?: boolean
  start?: string; end?: string; date_precision?: string; time_text?: string
  place?: string; radius_m?: number; precision?: string; country?: string
  places?: Site[]; claims?: Claim[]; actors?: Actor[]; named?: Named[]
  quotes?: Quote[]; reports?: ReportRef[]; tags?: string[]
  origin?: string; reader?: string; confidence?: number
  edited?: string[]; revision?: number; created?: string; updated?: string
  [toll: `${string}_${"low" | "best" | "high"}`]: number | undefined
}

export interface Feature<G = GeoJSON.Geometry | null, P = Incident> { type: "Feature"; id?: string; geometry: G; properties: P }
export interface Collection<F = Feature> {
  type: "FeatureCollection"
  features: F[]
  numberMatched?: number; numberReturned?: number
  links?: { rel: string; href: string }[]
}

export interface PlaceProperties {
  id: string; name: string; class?: string; code?: string; country?: string; admin1?: string
  population?: number; radius_m: number; precision?: string; confidence?: number; approximate?: boolean
  locative?: string; reasons?: string[]; place?: string; place_id?: string; geonameid?: string
}
export type PlaceFeature = Feature<GeoJSON.Point, PlaceProperties>

export interface Counts {
  total: number; unlocated: number; undated: number
  by_day: Record<string, number> | null; by_type: Record<string, number> | null
  by_country: Record<string, number> | null; by_status: Record<string, number> | null
  /** By the first day of each bin, where bins were asked: by class, and how many are not known to the day. */
  bins?: Record<string, { classes: Record<string, number>; coarse?: number }>
}

export interface Report {
  id: string; version: number; title?: string; author?: string; publisher?: string; url?: string
  published?: string; country?: string; home?: string; text: string
}

export interface Mention {
  start: number; end: number; text: string; kind: string; locative?: string; name?: string
  place_id?: string; lon?: number; lat?: number; radius_m?: number; precision?: string; approximate?: boolean
}

export interface ReportAnswer {
  report: Report; incidents: Incident[] | null; mentions?: Mention[]; notes?: string[]; existing: boolean
}

export interface Revision { seq: number; incident: Incident; by: string; why: string; at: string }
export interface Session { signed_in: boolean; name?: string; may_write: boolean; may_preview: boolean }

export interface ProblemDetails { title: string; status: number; detail?: string; errors?: { field: string; reason: string }[] }

/** A report as it is typed. */
export type Body = Record<"title" | "author" | "publisher" | "url" | "published" | "country" | "text", string>

/** An incident or a cluster at its point. */
export interface Item {
  id: string
  at: L.LatLng
  n: number
  /** Members by class of what colours the map. */
  mix: Record<string, number>
  /** Killed that are stated, and members of which none is. */
  toll: number
  unstated: number
  /** Box of a cluster's members. */
  bounds: L.LatLngBounds
  /** The incident, as far as the tile tells; nothing for a cluster. */
  incident?: Incident
}

/** A place that is no point, with the incidents that are somewhere in it. */
export interface Wide extends Item { radiusM: number; shape: GeoJSON.Geometry | null; site?: Site }

export interface Drawn { items: Item[]; wide: Wide[] }
