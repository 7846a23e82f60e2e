// The page's words, from messages/*.json: English is part of the page, another
// language is loaded over it. A language is a file there and a row here.
import en from "../messages/en.json"

type Messages = Record<string, string>
interface Language { code: string; name: string; locale: string; rtl?: boolean; load?: () => Promise<{ default: Messages }> }

/** The languages of the page, each by its own name. */
export const languages: Language[] = [
  { code: "en", name: "English", locale: "en-GB" },
  { code: "ar", name: "العربية", locale: "ar", rtl: true, load: () => import("../messages/ar.json") as Promise<{ default: Messages }> },
  { code: "es", name: "Español", locale: "es", load: () => import("../messages/es.json") as Promise<{ default: Messages }> },
  { code: "fr", name: "Français", locale: "fr", load: () => import("../messages/fr.json") as Promise<{ default: Messages }> },
  { code: "uk", name: "Українська", locale: "uk", load: () => import("../messages/uk.json") as Promise<{ default: Messages }> },
]

const kept = "dateline.language"

/** The language that was asked for: in the address, on an earlier visit, by the browser. */
function chosen(): Language {
  const english = languages[0] as Language
  if (typeof location === "undefined") return english
  const asked = [new URLSearchParams(location.search).get("lang"), remembered(), ...navigator.languages.map((l) => l.slice(0, 2))]
  return asked.map((code) => languages.find((l) => l.code === code)).find(Boolean) ?? english
}

function remembered(): string | null {
  try { return localStorage.getItem(kept) } catch { return null }
}

/** Keeps a language for later visits. */
export function remember(code: string): void {
  try { localStorage.setItem(kept, code) } catch { /* a browser that keeps nothing */ }
}

export const language = chosen()
export const locale = language.locale
const own: Messages = (await language.load?.().catch(() => undefined))?.default ?? {}
const table: Messages = { ...en, ...own }
const rules = new Intl.PluralRules(locale)

/** Whether the page has words for a key. */
export const has = (key: string): boolean => key in table

/** The message of a key with {names} replaced. With n, "key.one", "key.other" or another form of the language. */
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
