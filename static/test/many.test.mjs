// The map of more incidents than the page keeps: the server's clusters in a real
// browser.
import assert from "node:assert/strict"
import { test } from "node:test"
import { made } from "./made.mjs"
import { count, faultless, list, open, phone, serving, settled, shot } from "./page.mjs"

const n = 3000
/** Two at a spot off the coast, and one in a district around it that is too narrow to be drawn. */
const far = [0, 1, 2].map((k) => {
  const site = { role: "site", place: k === 2 ? "The Island" : "The Port", lon: 55.5, lat: -4.6, radius_m: k === 2 ? 6000 : 500, precision: k === 2 ? "district" : "settlement", country: "SC" }
  return { type: "Feature", id: `far${k}`, geometry: { type: "Point", coordinates: [55.5, -4.6] }, properties: { id: `far${k}`, title: `Far incident ${k}`, type: "flood", status: "published", start: "2023-05-01", end: "2023-05-01", date_precision: "day", place: site.place, country: "SC", precision: site.precision, radius_m: site.radius_m } }
})
serving({ features: [...made(n), ...far] })

/** The numbers in the donuts that are in sight. */
const donuts = (page) => page.locator(".donut-count").evaluateAll((all) => all.map((x) => Number(x.textContent)))

for (const [name, options] of [["desktop", {}], ["phone", phone]]) {
  test(`clusters of the server stand for every incident, and open by zoom: ${name}`, async () => {
    const page = await open("/", options)
    await settled(page)
    assert.equal(await count(page), n + far.length)
    await page.locator(".donut-count").first().waitFor()
    const marks = async () => (await page.locator(".mark").count()) - (await donuts(page)).length
    assert.equal((await donuts(page)).reduce((a, b) => a + b, 0) + (await marks()), n + far.length - 1, "all but the one without a place")
    const before = Math.max(...(await donuts(page)))
    await page.locator(".mark", { has: page.getByText(String(before), { exact: true }) }).first().click()
    await page.waitForFunction((b) => { const all = [...document.querySelectorAll(".donut-count")].map((x) => Number(x.textContent)); return all.length > 1 && Math.max(...all) < b }, before)
    assert.match(page.url(), /map=/)
    await shot(page, `many-${name}`)
    await page.context().close()
  })
}

test("what shares a spot is spread with lines to it, and Esc takes it back", async () => {
  const page = await open("/?map=9/2.05/45.3")
  await page.getByText("5", { exact: true }).first().waitFor()
  await page.locator(".mark").first().click()
  await page.locator(".mark.spread").nth(4).waitFor()
  assert.equal(await page.locator(".spread-line").count(), 5)
  await shot(page, "spread")
  await page.keyboard.press("Escape")
  await page.locator(".mark.spread").first().waitFor({ state: "detached" })
  await page.locator(".mark").first().click()
  await page.locator(".mark.spread").first().click()
  await page.locator("#panel h1").waitFor()
  await page.context().close()
})

test("the list of a cluster has those of a small district among those at points", async () => {
  const page = await open("/?map=7/-4.6/55.5")
  await page.locator(".donut-count", { hasText: /^3$/ }).waitFor()
  await page.locator(".mark").first().focus()
  await page.keyboard.press("l")
  await page.locator(".spot .row").nth(2).waitFor()
  assert.deepEqual((await page.locator(".spot .row-title").allTextContents()).sort(), far.map((f) => f.properties.title))
  await page.goto(page.url().replace("?", "?precision=settlement&"))
  await page.locator(".donut-count", { hasText: /^2$/ }).waitFor()
  await page.context().close()
})

test("the list follows the map, shows all, and what has no place; more come by pages", async () => {
  const page = await open("/?map=9/2.05/45.3")
  await page.locator("#list-count", { hasText: /^5 / }).waitFor()
  assert.equal(await list(page).count(), 5)
  await page.locator("#tab-all").click()
  await page.locator("#list-count", { hasText: "3,003" }).waitFor()
  await page.locator("#more-rows").click()
  await page.waitForFunction(() => document.querySelectorAll("#list .row").length === 120)
  await page.locator("#tab-unlocated").click()
  await page.locator("#list-count", { hasText: /^1 / }).waitFor()
  assert.deepEqual(await list(page).locator(".row-title").allTextContents(), [`Made incident ${n - 1}`])
  await page.goBack()
  await page.waitForURL(/list=all/)
  await page.locator("#order").selectOption("-killed_best")
  await page.waitForURL(/sort=-killed_best/)
  await list(page).first().getByText("11 killed").waitFor()
  await page.context().close()
})

faultless()
