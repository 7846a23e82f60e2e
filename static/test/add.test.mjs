// Sign in, add reports by pasting and as files, correct and publish, in a real browser.
import assert from "node:assert/strict"
import { test } from "node:test"
import { count, counts, faultless, list, open, server, serving, settled, shot, signedIn, sizes } from "./page.mjs"

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
  await page.locator("#review-published").waitFor()
  assert.equal(await count(watcher), published, "drafts are not open to everyone")

  await page.keyboard.press("e")
  await correctPlace(page)
  await page.keyboard.press("a")
  await page.locator("#panel .review-at", { hasText: "2 of 2" }).waitFor()

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
  await page.locator("#review-published").waitFor()
}

const files = (place) => [
  { name: "crash.txt", mimeType: "text/plain", buffer: Buffer.from(`A bus and a lorry collided outside ${place} on Tuesday, killing four people, police said.`) },
  { name: "notes.pdf", mimeType: "application/pdf", buffer: Buffer.from("%PDF-1.4") },
  { name: "flood.html", mimeType: "text/html", buffer: Buffer.from(`<!doctype html><html><head><title>Flood in ${place}</title><meta property="article:published_time" content="2024-03-05"></head><body><article><h1>Flood in ${place}</h1><p>A flood swept away forty houses in ${place} on Monday and killed six people, officials said.</p></article></body></html>`) },
]

for (const [size, options] of sizes) {
  test(`several files are read one after the other, each seen before it is kept: ${size}`, async () => {
    const page = await signedIn("/?pane=add", options)
    await page.locator("#add-published").fill("2024-03-07")
    const place = size === "phone" ? "Nakuru" : "Eldoret"
    await page.locator("#add-files").setInputFiles(files(place))
    await page.locator("#panel").getByText("File 1 of 3: crash.txt").waitFor()
    await page.locator("#panel .source", { hasText: "7 March 2024" }).waitFor()
    await page.locator("#panel mark").first().waitFor()
    assert.ok((await page.locator(".drafts .row").count()) >= 1)
    await shot(page, `file-${size}`)
    const had = (await (await page.request.get(`${server.url}/reports`)).json()).length
    await page.locator("#add-save").click()
    await page.locator("#panel").getByText("File 2 of 3: notes.pdf").waitFor()
    await page.getByText("notes.pdf is no text").waitFor()
    await (size === "phone" ? page.locator("#add-skip").tap() : page.keyboard.press("x"))
    await page.locator("#panel").getByText("File 3 of 3: flood.html").waitFor()
    await page.locator("#panel .source", { hasText: "5 March 2024" }).waitFor()
    await (size === "phone" ? page.locator("#add-save").tap() : page.keyboard.press("a"))
    await page.locator("#review-published").waitFor()
    assert.match(await page.locator("#panel .review-at").textContent(), /^1 of [2-9]/)
    assert.equal((await (await page.request.get(`${server.url}/reports`)).json()).length, had + 2, "what was left out is not kept")
    await page.context().close()
  })
}

test("a file that is dropped is read; closing the sheet keeps it", async () => {
  const page = await signedIn("/?pane=add")
  const dropped = await page.evaluateHandle(() => {
    const all = new DataTransfer()
    all.items.add(new File(["A landslide killed two people in Kampala on Monday, officials said."], "slide.txt", { type: "text/plain" }))
    return all
  })
  await page.locator("#panel .panel-body").dispatchEvent("dragover", { dataTransfer: dropped })
  await page.locator(".dropping .drop").waitFor()
  await page.locator("#panel .panel-body").dispatchEvent("drop", { dataTransfer: dropped })
  await page.locator("#panel").getByText("File 1 of 1: slide.txt").waitFor()
  await page.locator("#add-save").waitFor()
  await page.locator("#panel .close").click()
  await page.locator("#open-add").click()
  await page.locator("#panel").getByText("File 1 of 1: slide.txt").waitFor()
  await page.locator("#add-skip").click()
  await page.locator("#add-text").waitFor()
  await page.context().close()
})

faultless()
