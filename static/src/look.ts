// What colours the marks: the classes of the server's table, by the one that the
// state names. Glyphs stay those of the group, so that colour says nothing alone.
import { app } from "./app.ts"
import type { Class, Incident } from "./types.ts"

const unknown: Class = { code: "", label: "", color: "#777777", glyph_color: "#FFFFFF" }

/** The classes that the map is coloured by, in their order. */
export const classes = (): Class[] => app.vocabulary.classings.find((c) => c.name === app.state.view.by)?.classes ?? []

/** Of which class an incident is. Codes of numbers say the range that they stand for. */
export function classOf(i: Incident): Class {
  const code = codeOf(i)
  return classes().find((c) => c.code === code) ?? unknown
}

function codeOf(i: Incident): string {
  const { by } = app.state.view
  if (by === "status") return i.status
  if (by === "toll") return ranged(i.killed_best) ?? "unstated"
  if (by !== "age") return i.group ?? app.vocabulary.types.find((x) => x.code === i.type)?.group ?? ""
  const day = i.end ?? i.start
  if (!day) return "undated"
  const age = Math.round((Date.parse(new Date().toISOString().slice(0, 10)) - Date.parse(day)) / 86_400_000)
  return classes().find((c) => Number(c.code) >= age)?.code ?? "older"
}

function ranged(n: number | undefined): string | undefined {
  if (n === undefined) return undefined
  return classes().find((c) => {
    const [low, high = low] = c.code.split("-")
    return Number(low) <= n && (high === "" || n <= Number(high))
  })?.code
}

/** The class with a code, for a cluster's share. */
export const classBy = (code: string): Class => classes().find((c) => c.code === code) ?? unknown
