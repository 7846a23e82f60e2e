// Filters, the sentence and the list in a real browser.
import assert from "node:assert/strict"
import { readFile } from "node:fs/promises"
import { test } from "node:test"
import { count, counts, faultless, open, server, serving, settled } from "./page.mjs"

serving()

test("filters by the legend, by days and by words, all in the address; back goes back", async () => {
  const page = await open()
  await settled(page)
  const all = await count(page)
  await page.locator("#legend button").first().click()
  await page.waitForURL(/[?&]group=/)
  await counts(page, all, "<")
  await page.goBack()
  await counts(page, all)
  await page.locator("#thumb-0").focus()
  await page.keyboard.press("ArrowRight")
  await page.waitForURL(/datetime=/)
  await page.locator("#part-days").click()
  await page.getByRole("dialog").getByRole("button", { name: "any day" }).click()
  await page.waitForURL((u) => !u.search.includes("datetime"))
  await page.locator("#search").fill("zzzznothing")
  await page.keyboard.press("Enter")
  await page.waitForURL(/q=zzzznothing/)
  await page.getByText("No incident meets this").waitFor()
  await page.reload()
  await page.getByText("No incident meets this").waitFor()
  await page.context().close()
})

test("more conditions come from the server's table: attribution, as every other", async () => {
  const page = await open()
  await settled(page)
  const all = await count(page)
  await page.locator("#part-more").click()
  await page.getByRole("combobox", { name: "Condition" }).selectOption("attribution")
  await page.getByRole("dialog").getByRole("checkbox").nth(4).check()
  await page.getByRole("button", { name: "Apply" }).click()
  await page.waitForURL(/attribution=stated/)
  await counts(page, all, "<")
  await page.locator("#part-attribution").click()
  await counts(page, all)
  await page.context().close()
})

test("an actor is found by any name that the reader's tables have for it, in any script", async () => {
  const page = await open("/?actor=Boko+Haram")
  await settled(page)
  const n = await count(page)
  assert.ok(n > 0)
  for (const alias of ["Boko Haram militants", "boko-haram", "بوكو حرام", "Боко-Харам"]) {
    await page.goto(`${server.url}/?actor=${encodeURIComponent(alias)}`)
    await counts(page, n)
    await page.locator("#part-actor", { hasText: alias }).waitFor()
  }
  await page.goto(`${server.url}/?actor=Haram`)
  await page.getByText("No incident meets this").waitFor()
  await page.context().close()
})

const languages = ["en", "ar", "es", "fr", "uk"]

test("every field of the server's table has a name of its own in every language, and so has every value that can be chosen", async () => {
  const { fields } = await (await fetch(`${server.url}/vocabulary`)).json()
  const tables = await Promise.all(languages.map(async (code) => [code, JSON.parse(await readFile(new URL(`../messages/${code}.json`, import.meta.url), "utf8"))]))
  const bounds = /_(low|best|high)$/
  const names = fields.filter((f) => !bounds.test(f.name)).map((f) => `field.${f.name}`)
  const measures = [...new Set(fields.filter((f) => bounds.test(f.name)).map((f) => f.name.replace(bounds, "")))].map((m) => (m === "count" ? "panel.count" : `measure.${m}`))
  const kind = { date_precision: "datePrecision", attribution: "attributionName" }
  const values = fields.filter((f) => f.enum && !["type", "group"].includes(f.name)).flatMap((f) => f.enum.map((v) => `${kind[f.name] ?? f.name}.${v}`))
  assert.ok(names.length > 40 && measures.length > 5 && values.length > 30)
  for (const [code, table] of tables) {
    assert.deepEqual([...names, ...measures, ...values].filter((key) => !table[key]), [], code)
    const said = names.map((key) => table[key])
    assert.deepEqual(said.filter((x, k) => said.indexOf(x) !== k), [], `${code}: one name for two fields`)
  }
})

for (const code of languages.slice(1)) test(`the table's head and the conditions are in the page's language: ${code}`, async () => {
  const words = JSON.parse(await readFile(new URL(`../messages/${code}.json`, import.meta.url), "utf8"))
  const page = await open(`/?lang=${code}&table=end,type,killed_best,injured_low,date_precision,confidence,origin_id,geonameid&modality=asserted`)
  await page.locator("#table tbody tr").first().waitFor()
  const head = await page.locator("#table thead th").allTextContents()
  const field = (name) => words[`field.${name}`]
  assert.deepEqual(head, [field("title"), field("end"), field("type"), words["measure.killed"], `${words["measure.injured"]}, ${words["edit.low"]}`, field("date_precision"), field("confidence"), field("origin_id"), field("geonameid")])
  await page.locator("#part-modality", { hasText: field("modality") }).getByText(words["modality.asserted"]).waitFor()
  await page.locator("#part-more").click()
  const dialog = page.getByRole("dialog")
  const offered = await dialog.locator("option").allTextContents()
  assert.ok(offered.includes(field("attribution")) && offered.includes(field("located")) && !offered.some((x) => /[_]|radius|best/.test(x)), offered.join())
  await dialog.locator("select").selectOption("status")
  await dialog.getByText(words["status.reviewed"], { exact: false }).first().waitFor()
  await page.context().close()
})

faultless()
