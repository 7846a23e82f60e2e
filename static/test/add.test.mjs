// Sign in, add a report, correct and publish, in a real browser.
import assert from "node:assert/strict"
import { test } from "node:test"
import { count, counts, faultless, list, open, server, serving, settled } from "./page.mjs"

serving()

const report = `KISUMU, Kenya – A bus and a lorry collided on the road outside Kisumu on Tuesday, killing four people and injuring eleven, police said.

Two thousand people marched through Nairobi on Wednesday in a protest over the state of the roads. Police fired tear gas and arrested nine of them, the organisers said.`

test("sign in, add a report, correct a place, publish; a second window sees it live", async () => {
  const page = await open(server.once)
  await page.locator("#open-session", { hasText: "local" }).waitFor()
  const watcher = await open()
  await settled(watcher)
  const published = await count(watcher)

  await signInByToken(page)
  await page.locator("#open-add").click()
  await page.locator("#add-text").fill(report)
  await page.locator("#add-published").fill("2024-03-07")
  await page.getByRole("button", { name: "Preview" }).click()
  await page.locator("#panel").getByText("Nothing is kept yet").waitFor()
  assert.ok((await page.locator(".drafts .row").count()) >= 1, "the report tells something")
  await page.locator(".report-text mark").first().waitFor()
  await page.locator("#add-save").click()
  const draft = page.locator(".judged").first()
  await draft.waitFor()
  assert.equal(await count(watcher), published, "drafts are not open to everyone")

  await draft.getByRole("button", { name: "Correct" }).click()
  await correctPlace(page)
  await page.locator(".judged").first().getByRole("button", { name: "Publish" }).click()
  await page.locator(".judged .tag.published").first().waitFor()

  await counts(watcher, published + 1)
  await watcher.locator("#search").fill("Mombasa")
  await watcher.keyboard.press("Enter")
  await list(watcher).filter({ hasText: "Mombasa" }).first().click()
  await watcher.locator("#panel .value-main", { hasText: "Mombasa" }).first().waitFor()
  for (const p of [page, watcher]) await p.context().close()
})

async function signInByToken(page) {
  await page.locator("#open-session").click()
  await page.getByRole("button", { name: "Sign out" }).click()
  await page.locator("#open-session", { hasText: "Sign in" }).click()
  await page.locator("#token").fill("wrong")
  await page.keyboard.press("Enter")
  await page.getByText("no such token").waitFor()
  await page.locator("#token").fill(await server.token("editor"))
  await page.keyboard.press("Enter")
  await page.locator("#open-session", { hasText: "editor" }).waitFor()
}

/** Sets the place to Mombasa by the gazetteer, with a reason. */
async function correctPlace(page) {
  const search = page.getByRole("combobox", { name: "Search a place" })
  await search.fill("Mombasa")
  await page.locator(".options [role=option]").first().waitFor()
  await page.keyboard.press("ArrowDown")
  await page.keyboard.press("Enter")
  await page.locator("#panel").getByText("Chosen: Mombasa").waitFor()
  await page.locator("#edit-save").click()
  await page.locator("#panel").getByText("Say why;").waitFor()
  await page.getByRole("textbox", { name: "Reason" }).fill("it was in Mombasa")
  await page.locator("#edit-save").click()
  await page.locator(".judged").first().waitFor()
}

faultless()
