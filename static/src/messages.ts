// The page's words, from messages/en.json. Another language is another file.
import en from "../messages/en.json"

const table: Record<string, string> = en
const rules = new Intl.PluralRules("en")
export const locale = "en-GB"

/** Whether the page has words for a key. */
export const has = (key: string): boolean => key in table

/** The message of a key with {names} replaced. With n, "key.one" or "key.other". */
export function t(key: string, values: Record<string, string | number> = {}): string {
  const n = values["n"]
  const form = typeof n === "number" ? `${key}.${rules.select(n)}` : key
  const text = table[form] ?? table[`${key}.other`] ?? table[key]
  if (text === undefined) return key
  return text.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name]
    return typeof value === "number" ? number(value) : (value ?? "")
  })
}

/** A word of the server's tables, such as a status: its message, else the word itself. */
export const word = (kind: string, code: string): string => table[`${kind}.${code}`] ?? code.replaceAll("-", " ")

const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 })
export const number = (n: number): string => whole.format(n)

/** "a, b and c". */
export const list = (items: string[]): string => new Intl.ListFormat(locale, { type: "conjunction" }).format(items)
