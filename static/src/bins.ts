// Days of the timeline: bins of days, weeks, months or years that fit a width.

export type Unit = "day" | "week" | "month" | "year"
export interface Bin { from: string; to: string; n: number }

const dayMs = 86_400_000
const parse = (day: string): number => Date.parse(`${day}T00:00:00Z`)
const format = (ms: number): string => new Date(ms).toISOString().slice(0, 10)
export const addDays = (day: string, n: number): string => format(parse(day) + n * dayMs)
export const daysBetween = (a: string, b: string): number => Math.round((parse(b) - parse(a)) / dayMs)

/** The first day of the unit that holds a day. Weeks begin on Monday. */
export function floor(day: string, unit: Unit): string {
  if (unit === "day") return day
  if (unit === "week") return addDays(day, -((new Date(parse(day)).getUTCDay() + 6) % 7))
  return unit === "month" ? `${day.slice(0, 7)}-01` : `${day.slice(0, 4)}-01-01`
}

/** The first day of the next unit. */
export function next(day: string, unit: Unit): string {
  if (unit === "day") return addDays(day, 1)
  if (unit === "week") return addDays(day, 7)
  const year = Number(day.slice(0, 4)), month = Number(day.slice(5, 7))
  return unit === "year" || month === 12 ? `${String(year + 1).padStart(4, "0")}-01-01` : `${day.slice(0, 4)}-${String(month + 1).padStart(2, "0")}-01`
}

const length: Record<Unit, number> = { day: 1, week: 7, month: 30.4, year: 365.25 }

/** The finest unit of which a span of days has at most so many. */
export function unitFor(days: number, most: number): Unit {
  const units: Unit[] = ["day", "week", "month", "year"]
  return units.find((u) => days / length[u] <= most) ?? "year"
}

/** Bins at least: a few days stand in the middle of empty ones rather than fill the width. */
const least = 31

/** Every bin from the first day with a count to the last, empty ones too. */
export function bins(byDay: Record<string, number>, most: number): { unit: Unit; bins: Bin[] } {
  const days = Object.keys(byDay).sort()
  const first = days[0], last = days.at(-1)
  if (!first || !last) return { unit: "day", bins: [] }
  const span = daysBetween(first, last) + 1
  const unit = unitFor(span, most)
  const spare = unit === "day" ? Math.max(0, Math.ceil((Math.min(least, most) - span) / 2)) : 0
  const end = addDays(last, spare)
  const out: Bin[] = []
  let k = 0
  for (let from = floor(addDays(first, -spare), unit); from <= end; from = next(from, unit)) {
    const until = next(from, unit)
    let n = 0
    while (k < days.length && (days[k] ?? "") < until) n += byDay[days[k++] ?? ""] ?? 0
    out.push({ from, to: addDays(until, -1), n })
  }
  return { unit, bins: out }
}
