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
    for (const key of counted) {
      if (!(`${key}.one` in own)) wrong.push(`${key}.one is missing`)
    }
    assert.deepEqual(wrong, [], name)
  }
})
