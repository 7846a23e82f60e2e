// Filters, the sentence and the list in a real browser.
import { test } from "node:test"
import { count, counts, faultless, open, serving, settled } from "./page.mjs"

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

faultless()
