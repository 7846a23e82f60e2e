// Marks the words that the filter asks for.
import { app } from "./app.ts"
import { h } from "./dom.ts"

/** A text with the words that the filter asks for marked: each is the beginning of a word, as on the server. */
export function marked(text: string): (Node | string)[] {
  const asked = (app.state.filter["q"] ?? "").split(/[^\p{L}\p{N}]+/u).filter(Boolean).map((w) => w.toLocaleLowerCase())
  if (!asked.length) return [text]
  return text.split(/([\p{L}\p{N}\p{M}]+)/u).map((w, k) => {
    const long = k % 2 ? asked.find((a) => w.toLocaleLowerCase().normalize("NFD").replace(/\p{M}/gu, "").startsWith(a.normalize("NFD").replace(/\p{M}/gu, ""))) : undefined
    return long ? h("mark", { class: "found" }, w) : w
  })
}
