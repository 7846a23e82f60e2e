// The map in a real browser: what is drawn, and how it answers.
import assert from "node:assert/strict"
import { test } from "node:test"
import { count, faultless, list, open, serving, settled } from "./page.mjs"

serving()

test("loads: sentence, list, marks, timeline and basemap", async () => {
  const page = await open()
  await settled(page)
  assert.ok((await count(page)) >= 8, "the samples are published")
  await list(page).first().waitFor()
  await page.locator(".mark, .badge").first().waitFor()
  await page.locator("#timeline .bar").first().waitFor()
  await page.locator("#timeline path.coarse").waitFor({ state: "attached" }) // the sample that is known to the month
  await page.locator(".basemap canvas").first().waitFor()
  const drawn = await page.locator(".basemap canvas").evaluateAll((all) => all.some((c) => {
    const copy = new OffscreenCanvas(c.width, c.height).getContext("2d")
    copy.drawImage(c, 0, 0)
    const { data } = copy.getImageData(0, 0, c.width, c.height)
    const colors = new Set()
    for (let k = 0; k < data.length; k += 4 * 97) colors.add(data[k] << 16 | data[k + 1] << 8 | data[k + 2])
    return colors.size > 1
  }))
  assert.ok(drawn, "land and sea are drawn")
  await page.locator(".label").first().waitFor({ state: "attached" })
  await page.context().close()
})

faultless()
