// Every language of the page says everything: each message of the English file,
// in each plural form that the language has, with the same values in it.
import assert from "node:assert/strict"
import { readFile, readdir } from "node:fs/promises"
import { test } from "node:test"

const folder = new URL("../messages/", import.meta.url)
const read = async (name) => JSON.parse(await readFile(new URL(name, folder), "utf8"))
const form = /\.(zero|one|two|few|many|other)$/
const values = (text) => [...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1]).sort()

test("every language has every message, with the same values", async () => {
  const english = await read("en.json")
  const counted = Object.keys(english).filter((k) => k.endsWith(".other")).map((k) => k.slice(0, -".other".length))
  for (const name of (await readdir(folder)).filter((n) => n !== "en.json")) {
    const own = await read(name)
    const wrong = []
    for (const [key, text] of Object.entries(english)) {
      if (!(key in own)) wrong.push(`${key} is missing`)
      else if (!own[key].trim() && text.trim()) wrong.push(`${key} is empty`)
    }
    for (const [key, text] of Object.entries(own)) {
      const base = form.test(key) ? key.replace(form, ".other") : key
      const source = english[key] ?? english[base]
      if (source === undefined) {
        if (!/^(type|group)\./.test(key)) wrong.push(`${key} is in no other language`)
        continue
      }
      const left = values(source).filter((v) => !values(text).includes(v) && !(v === "n" && /\.(one|two)$/.test(key)))
      const added = values(text).filter((v) => !values(source).includes(v))
      if (left.length || added.length) wrong.push(`${key}: ${text}`)
    }
    const rules = new Intl.PluralRules(name.slice(0, 2))
    const forms = new Set(Array.from({ length: 201 }, (_, n) => rules.select(n)))
    forms.delete("zero") // "no incidents" is a message of its own where it is said
    for (const key of counted) {
      // a sentence that is the same for every number ("found: 3") has one and other; any further form asks for all of them
      const inflected = [...forms].some((f) => !["one", "other"].includes(f) && `${key}.${f}` in own)
      for (const f of inflected ? forms : ["one"]) if (!(`${key}.${f}` in own)) wrong.push(`${key}.${f} is missing`)
    }
    assert.deepEqual(wrong, [], name)
  }
})

test("every language names every type and group of the server's table", async () => {
  const rows = (await readFile(new URL("../../geo/event-types.tsv", import.meta.url), "utf8")).trim().split("\n").slice(1).map((row) => row.split("\t"))
  assert.ok(rows.length > 40, "the table is read")
  for (const name of (await readdir(folder)).filter((n) => n !== "en.json")) {
    const own = await read(name)
    const keys = rows.flatMap(([code, group]) => [`type.${code}`, `group.${group}`])
    assert.deepEqual(keys.filter((k) => !own[k]), [], name)
  }
})
