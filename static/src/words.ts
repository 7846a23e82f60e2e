// What an incident's values are called in words. Unknown is "not stated", never
// zero and never a dash.
import { has, list, locale, number, t, word } from "./messages.ts"
import type { Actor, Claim, Incident, Site, Vocabulary } from "./types.ts"

const utc = (day: string): Date => new Date(`${day}T00:00:00Z`)
const part = (options: Intl.DateTimeFormatOptions) => {
  const format = new Intl.DateTimeFormat(locale, { timeZone: "UTC", ...options })
  return (day: string): string => format.format(utc(day))
}
const dayOnly = part({ day: "numeric" })
const dayMonth = part({ day: "numeric", month: "long" })
const monthYear = part({ month: "long", year: "numeric" })
export const fullDay = part({ day: "numeric", month: "long", year: "numeric" })
export const shortDay = part({ day: "numeric", month: "short", year: "numeric" })

/** "1–31 January 2024". */
export function daySpan(from: string, to: string): string {
  if (from === to) return fullDay(from)
  if (from.slice(0, 7) === to.slice(0, 7)) return `${dayOnly(from)}–${fullDay(to)}`
  if (from.slice(0, 4) === to.slice(0, 4)) return `${dayMonth(from)} – ${fullDay(to)}`
  return `${fullDay(from)} – ${fullDay(to)}`
}

/** When an incident was, as finely as it is known. */
export function when(i: Incident): string {
  const { start, end } = i
  if (!start && !end) return t("when.unknown")
  if (!start && end) return t("when.until", { day: fullDay(end) })
  const from = start ?? ""
  const to = end ?? from
  if (i.date_precision === "year") return from.slice(0, 4) === to.slice(0, 4) ? from.slice(0, 4) : `${from.slice(0, 4)}–${to.slice(0, 4)}`
  if (i.date_precision === "month") return from.slice(0, 7) === to.slice(0, 7) ? monthYear(from) : `${monthYear(from)} – ${monthYear(to)}`
  if (i.date_precision === "week" && from === to) return t("when.week", { day: fullDay(from) })
  return daySpan(from, to)
}

/** When, in short, for a line of the list. */
export function whenShort(i: Incident): string {
  if (!i.start && !i.end) return t("when.unknownShort")
  if (!i.start && i.end) return t("when.untilShort", { day: shortDay(i.end) })
  if (i.date_precision === "month" || i.date_precision === "year") return when(i)
  const from = i.start ?? ""
  return i.end && i.end !== from ? `${shortDay(from)} – ${shortDay(i.end)}` : shortDay(from)
}

/** A distance: "6 km", "800 m". */
export function distance(metres: number): string {
  if (metres < 950) return t("unit.m", { d: number(Math.max(10, Math.round(metres / 50) * 50)) })
  const km = metres / 1000
  return t("unit.km", { d: number(km < 10 ? Math.round(km * 2) / 2 : km < 100 ? Math.round(km) : Math.round(km / 10) * 10) })
}

const pinned = new Set(["exact", "site", "street", "neighbourhood", "settlement", "area"])
/** Whether a place of this precision is drawn as a point; a district, region, country or water never is. */
export const isPinned = (precision: string | undefined): boolean => pinned.has(precision ?? "")

/** How far a place can be trusted: "a street, within about 2 km; approximate". */
export function howNear(site: Site): string {
  const kind = site.precision ? t(`precision.${site.precision}`) : t("precision.none")
  if (!site.precision || !site.radius_m) return kind
  const near = isPinned(site.precision) ? t("where.within", { kind, radius: distance(site.radius_m) }) : t("where.somewhere", { kind, radius: distance(site.radius_m) })
  return site.approximate ? t("where.approximate", { near }) : near
}

/** The places of an incident whose role is site. */
export const sites = (i: Incident): Site[] => (i.places ?? []).filter((p) => p.role === "site")

/** Where, in short, for a line of the list. */
export function whereShort(i: Incident): string {
  const all = sites(i)
  const first = all[0]?.place ?? i.place
  if (!first) return t("where.unknown")
  return all.length > 1 ? t("where.more", { place: first, more: number(all.length - 1) }) : first
}

export interface Range { low?: number | undefined; best?: number | undefined; high?: number | undefined }

/** A number as it is known: "2", "20 to 30", "at least 20", "up to 30"; "" where not stated. */
export function range(r: Range): string {
  const { low, best, high } = r
  const from = low ?? best
  if (from !== undefined && high !== undefined && from !== high) return t("range.between", { low: number(from), high: number(high) })
  if (best !== undefined) return number(best)
  if (low !== undefined && high !== undefined) return number(low)
  if (low !== undefined) return t("range.atLeast", { low: number(low) })
  if (high !== undefined) return t("range.upTo", { high: number(high) })
  return ""
}

/** The range of a measure: "killed", "injured", … or "count". */
export const toll = (i: Incident, measure: string): Range => ({
  low: i[`${measure}_low`], best: i[`${measure}_best`], high: i[`${measure}_high`],
})

/** "2 killed", "at least 20 injured"; "" where not stated. */
export function tollWords(i: Incident, measure: string): string {
  const words = range(toll(i, measure))
  return words && t(`toll.${measure}`, { r: words })
}

/** "2 killed, 5 injured"; "" where nothing is stated. */
export const tolls = (i: Incident, v: Vocabulary): string => v.measures.map((m) => tollWords(i, m)).filter(Boolean).join(", ")

/** Who says a toll: "according to two militia officials". Nobody twice. */
export function saidBy(claims: Claim[]): string {
  const by = [...new Set(claims.map((c) => c.by).filter((x): x is string => Boolean(x)))]
  if (by.length) return t("toll.by", { by: list(by) })
  const how = claims.map((c) => c.attribution).find((a) => a && has(`toll.${a}`))
  return how ? t(`toll.${how}`) : ""
}

/** One claim in words: "2 killed (children), according to the ministry". */
export function claimWords(c: Claim): string {
  const n = t(`toll.${c.measure}`, { r: range(c) || t("notStated") })
  const group = c.group ? t("toll.group", { group: word("group", c.group) }) : ""
  const who = saidBy([c])
  return [n + group, who].filter(Boolean).join(", ")
}

/** On whose word an actor is named: "accused by the ministry". */
export function attribution(a: Actor): string {
  if (!a.attribution || a.attribution === "unknown") return a.by ? t("attribution.by", { by: a.by }) : ""
  return a.by ? t(`attribution.${a.attribution}.by`, { by: a.by }) : t(`attribution.${a.attribution}`)
}

/** What a field of the flat incident is called: "Killed", "Killed, low". */
export function fieldName(name: string): string {
  const [, measure, bound] = /^(.*)_(low|best|high)$/.exec(name) ?? []
  if (measure && bound) return (has(`measure.${measure}`) ? t(`measure.${measure}`) : t("panel.count")) + (bound === "best" ? "" : `, ${t(`edit.${bound}`)}`)
  return word("field", name).replaceAll("_", " ")
}

const kinds: Record<string, string> = { date_precision: "datePrecision", attribution: "attributionName" }
/** What a value of a field is called; a text is itself. */
export function valueName(field: string, value: string): string {
  const key = `${kinds[field] ?? field}.${value}`
  return has(key) ? t(key) : value
}

/** The label of an incident's type. */
export const typeLabel = (i: Incident, v: Vocabulary): string => v.types.find((x) => x.code === i.type)?.label ?? t("type.unknown")

/** The first letter as a capital. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/**
 * One line for an incident: its title. One that no person wrote, since the reader
 * made it up in English, is said in the page's language; so is a missing one.
 */
export function title(i: Incident, v: Vocabulary): string {
  const made = i.reader && !i.edited?.includes("title") && !locale.startsWith("en")
  if (i.title && !made) return i.title
  const where = sites(i).length ? whereShort(i) : i.place ?? ""
  const what = typeLabel(i, v)
  const line = where ? t("title", { type: what, place: where }) : made ? what : t("title", { type: what, place: whereShort(i) })
  const hurt = made ? ["killed", "injured"].find((m) => (toll(i, m).best ?? 0) > 0) : undefined
  return hurt ? t("title.toll", { title: line, toll: tollWords(i, hurt) }) : line
}

/** The server's tables with the labels of the page's language, where it has them. */
export function localised(v: Vocabulary): Vocabulary {
  if (locale.startsWith("en")) return v
  const label = <T extends { code: string; label: string }>(kind: string) => (x: T): T => (has(`${kind}.${x.code}`) ? { ...x, label: t(`${kind}.${x.code}`) } : x)
  const names = new Intl.DisplayNames([locale], { type: "region" })
  const countries = Object.fromEntries(Object.entries(v.countries).map(([code, name]) => [code, named(names, code) ?? name]))
  return { ...v, countries, types: v.types.map(label("type")), groups: v.groups.map(label("group")),
    classings: v.classings.map((c) => ({ ...c, classes: c.classes.map(label(c.name === "group" ? "group" : `class.${c.name}`)) })),
  }
}

function named(names: Intl.DisplayNames, code: string): string | undefined {
  try { return names.of(code) } catch { return undefined }
}
