// The table, kept views, sharing, frames and export in a real browser.
import assert from "node:assert/strict"
import { test } from "node:test"
import { made } from "./made.mjs"
import { count, counts, faultless, list, open, phone, serving, settled, shot } from "./page.mjs"

const n = 1200
serving({ features: made(n) })

const around = "/?map=8/-1.3/36.8"

test("the table is the list with columns that are chosen, sorted, and gone through by keys", async () => {
  const page = await open(around)
  await page.locator("#open-table").click()
  const table = page.locator("#table table")
  await table.locator("tbody tr").first().waitFor()
  assert.equal(await table.locator("tbody tr").count(), await list(page).count())
  await page.locator("#sort-killed_best").click()
  await page.waitForURL(/sort=-killed_best/)
  await table.locator("thead th[aria-sort=descending]").waitFor()
  await table.locator("tbody tr").first().getByText("11", { exact: true }).waitFor()
  await page.locator("#table-columns").click()
  await page.getByRole("dialog").getByText("How finely the day is known", { exact: true }).click()
  await page.waitForURL(/table=[a-z_,]*date_precision/)
  await page.keyboard.press("Escape")
  await table.locator("th", { hasText: "How finely the day is known" }).waitFor()
  await shot(page, "table")
  await table.locator("tbody tr").first().focus()
  await page.keyboard.press("ArrowDown")
  await page.keyboard.press("Enter")
  await page.waitForURL(/\/incidents\//)
  await page.context().close()
})

test("typing searches, marks what it found, and back takes it off", async () => {
  const page = await open(around)
  await settled(page)
  await page.locator("#search").pressSequentially("incident 17", { delay: 20 })
  await counts(page, n, "<")
  await page.waitForFunction(() => { // the list of the words typed so far may still stand
    const found = [...(document.querySelector("#list .row")?.querySelectorAll("mark.found") ?? [])].map((m) => m.textContent.toLowerCase().slice(0, 2))
    return found.length > 0 && new Set(found).size === 2 && found.includes("in") && found.includes("17")
  })
  await page.goBack()
  await counts(page, n)
  assert.equal(await page.locator("#search").inputValue(), "")
  await page.context().close()
})

for (const [name, options] of [["desktop", {}], ["phone", phone]]) {
  test(`a view is kept under a name, and comes back: ${name}`, async () => {
    const page = await open(`${around}&killed_best=5..`, options)
    await settled(page)
    const some = await count(page)
    await page.locator("#open-views").click()
    await page.locator("#view-name").fill("Deadly")
    await page.keyboard.press("Enter")
    await page.getByRole("button", { name: "Deadly", exact: true }).waitFor()
    await page.goto(new URL("/", page.url()).href)
    await counts(page, n)
    await page.locator("#open-views").click()
    await page.getByRole("button", { name: "Deadly", exact: true }).click()
    await page.waitForURL(/killed_best=5\.\./)
    await counts(page, some)
    await page.context().close()
  })
}

test("sharing gives the link, a code, a frame with the controls that are chosen, feed and data", async () => {
  const page = await open(`${around}&type=flood`)
  await settled(page)
  const some = await count(page)
  await page.locator("#open-share").click()
  assert.match(await page.locator("#share-link").inputValue(), /\?type=flood&map=8/)
  await page.waitForFunction(() => document.querySelector("img.qr")?.naturalWidth > 0)
  await page.getByRole("dialog").getByText("Timeline", { exact: true }).click()
  const snippet = await page.locator("#share-embed").inputValue()
  const address = /src="([^"]+)"/.exec(snippet)[1].replaceAll("&amp;", "&")
  assert.match(address, /embed=legend,timeline/)
  await shot(page, "share")
  for (const [name, key] of [["Feed (GeoRSS)", "<entry"], ["Data (GeoJSON)", '"features"']]) {
    const href = await page.getByRole("link", { name }).getAttribute("href")
    assert.ok((await (await page.request.get(new URL(href, page.url()).href)).text()).includes(key), name)
  }
  const frame = await open(address)
  await frame.locator("#legend button").first().waitFor()
  await frame.locator("#timeline .bar").first().waitFor()
  await frame.locator(".mark").first().waitFor()
  for (const id of ["#sentence", "#tools", "#list", "#bar"]) assert.equal(await frame.locator(id).isVisible(), false, id)
  await shot(frame, "embed")
  await page.keyboard.press("Escape")
  await page.locator("#open-export").click()
  await page.getByRole("dialog").getByText(`${some} incidents, with the filter`).waitFor()
  const csv = await page.getByRole("dialog").getByRole("link", { name: "CSV", exact: true }).first().getAttribute("href")
  assert.equal((await (await page.request.get(new URL(csv, page.url()).href)).text()).trim().split("\n").length, some + 1)
  for (const p of [page, frame]) await p.context().close()
})

faultless()
