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

faultless()
