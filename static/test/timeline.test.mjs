// The timeline in a real browser: bars by kind, spans, steps, play, brush.
import assert from "node:assert/strict"
import { test } from "node:test"
import { made } from "./made.mjs"
import { count, counts, faultless, list, open, phone, serving, settled, shot } from "./page.mjs"

const n = 1200
const features = made(n)
for (const k of [1, 2]) Object.assign(features[k].properties, { start: undefined, end: undefined, date_precision: "unknown" })
serving({ features })

const around = "/?map=8/-1.3/36.8"
const span = (page) => new URL(page.url()).searchParams.get("datetime")

test("bars are stacked by kind, and by what else colours the map", async () => {
  const page = await open(around)
  await page.locator("#timeline path.bar[fill]").nth(4).waitFor()
  const kinds = ["#117733", "#882255", "#88CCEE", "#999933", "#CC6677"]
  await page.waitForFunction((kinds) => { // the bars of the first answer, not yet told apart, may still stand
    const seen = new Set([...document.querySelectorAll("#timeline path.bar")].map((b) => b.getAttribute("fill")))
    return seen.size === kinds.length && kinds.every((k) => seen.has(k))
  }, kinds)
  await page.goto(page.url().replace("?", "?by=toll&"))
  await page.locator('#timeline path.bar[fill="#D95F0E"]').waitFor()
  await shot(page, "timeline-toll")
  await page.context().close()
})

for (const [name, options, at] of [["desktop", {}, "#timeline"], ["phone", phone, "#timeline-phone"]]) {
  test(`spans, steps and a brush choose days: ${name}`, async () => {
    const page = await open(around, options)
    await settled(page)
    await page.locator(`${at} #span-month`).click()
    await page.waitForURL(/datetime=2024-09-27\/2024-10-26/)
    await counts(page, n, "<")
    const some = await count(page)
    await page.locator(`${at} #step-back`).click()
    await page.waitForURL((u) => u.searchParams.get("datetime")?.endsWith("2024-09-29") || u.searchParams.get("datetime") < "2024-09-27")
    await page.locator(`${at} #span-all`).click()
    await counts(page, n)
    await page.locator(`${at} #span-all[aria-pressed="true"]`).waitFor()
    await page.waitForTimeout(200) // the bars are drawn once more when their classes come
    const box = await page.locator(`${at} .bars`).boundingBox()
    await page.mouse.move(box.x + box.width * 0.25, box.y + 20)
    await page.mouse.down()
    await page.mouse.move(box.x + box.width * 0.5, box.y + 20, { steps: 4 })
    await page.mouse.up()
    await page.waitForURL(/datetime=/)
    await counts(page, n, "<")
    assert.ok((await count(page)) > some, "a quarter is more than a month")
    await page.context().close()
  })
}

test("plays the days with a trail, and stops at the end", async () => {
  const page = await open(around)
  await settled(page)
  await page.locator("#play").click()
  await page.waitForURL(/datetime=2024-01-01/)
  const first = span(page)
  await page.waitForFunction((f) => !decodeURIComponent(location.search).includes(f), first)
  await page.locator("#play", { hasText: "Stop" }).click()
  await page.locator("#play", { hasText: "Play" }).waitFor()
  const stopped = span(page)
  await page.waitForTimeout(1800)
  assert.equal(span(page), stopped)
  await page.context().close()
})

test("what has no day is a drawer with its number", async () => {
  const page = await open(around)
  await page.locator("#open-undated", { hasText: "2 without a day" }).click()
  await page.waitForURL(/list=undated/)
  await page.locator("#list-count", { hasText: /^2 / }).waitFor()
  assert.equal(await list(page).count(), 2)
  await page.context().close()
})

faultless()
