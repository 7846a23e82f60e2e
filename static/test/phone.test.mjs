// The page at a phone's width, in a real browser.
import assert from "node:assert/strict"
import { test } from "node:test"
import { faultless, list, open, phone, serving } from "./page.mjs"

serving()

test("a phone's width: sheet with three stops, an incident in full", async () => {
  const page = await open("/", phone)
  await list(page).first().waitFor()
  const stop = () => page.evaluate(() => document.body.dataset.sheet)
  assert.equal(await stop(), "half")
  await page.locator("#grip").tap()
  assert.equal(await stop(), "full")
  await page.locator("#grip").tap()
  assert.equal(await stop(), "peek")
  await page.locator("#grip").tap()
  await list(page).first().tap()
  await page.locator("#panel h1").waitFor()
  const wide = await page.evaluate(() => document.documentElement.scrollWidth)
  assert.ok(wide <= 390, `nothing runs out of the side: ${wide}`)
  const small = await page.locator("#panel button, #bar button").evaluateAll((all) => all.filter((b) => b.offsetParent && !b.classList.contains("link") && b.getBoundingClientRect().height < 43).map((b) => b.textContent))
  assert.deepEqual(small, [], "targets are 44 px high")
  await page.context().close()
})

faultless()
