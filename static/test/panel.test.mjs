// An incident beside the map, in a real browser.
import assert from "node:assert/strict"
import { test } from "node:test"
import { faultless, list, open, serving } from "./page.mjs"

serving()

test("opens an incident by keyboard, follows a quote, closes with Esc", async () => {
  const page = await open()
  await list(page).first().waitFor()
  await list(page).first().focus()
  await page.keyboard.press("ArrowDown")
  await page.keyboard.press("Enter")
  await page.waitForURL(/\/incidents\/[a-z0-9]+/)
  const panel = page.locator("#panel")
  await panel.locator("h1").waitFor()
  assert.equal(await page.evaluate(() => document.activeElement?.tagName), "H1", "focus is on the heading")
  await panel.locator(".report-text mark.quote").first().waitFor()
  const link = panel.locator(".quote-link").first()
  const words = ((await link.getAttribute("aria-label")) ?? "").replace(/^[^:]*: /, "")
  await link.click()
  const now = panel.locator("mark.now")
  await now.first().waitFor()
  const marked = (await now.allTextContents()).join("")
  assert.ok(marked.includes(words.slice(0, 12)) || words.includes(marked), `the mark “${marked}” is the quote “${words}”`)
  const box = await now.first().boundingBox()
  assert.ok(box && box.y >= 0 && box.y < 900, "the mark was scrolled into sight")
  await page.keyboard.press("Escape")
  await panel.waitFor({ state: "hidden" })
  assert.ok(await page.evaluate(() => document.activeElement?.classList.contains("row")), "focus is back in the list")
  await page.context().close()
})

test("an incident's address opens it; an unknown one says so", async () => {
  const page = await open()
  await list(page).first().click()
  await page.locator("#panel h1").waitFor()
  const title = await page.locator("#panel h1").textContent()
  const again = await open(new URL(page.url()).pathname)
  await again.locator("#panel h1").waitFor()
  assert.equal(await again.locator("#panel h1").textContent(), title)
  const none = await open("/incidents/nosuchincident")
  await none.getByText("There is no such incident").waitFor()
  for (const p of [page, again, none]) await p.context().close()
})

faultless()
