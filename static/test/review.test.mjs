// The review of drafts, most doubtful first, in a real browser.
import assert from "node:assert/strict"
import { test } from "node:test"
import { added, faultless, server, serving, shot, signedIn, sizes } from "./page.mjs"

serving()

const strong = (place) => ({ publisher: `${place} Gazette`, published: "2024-03-06", text: `A bomb exploded at a market in ${place} on Tuesday, killing nine people and injuring twenty, police said.` })
const doubtful = (place) => ({ publisher: `${place} Gazette`, published: "2024-03-07", text: `Two thousand people marched through ${place} on Wednesday in a protest over the state of the roads.` })

/** What the sheet says of the draft that it shows. */
const at = (page) => page.locator("#panel .review-at").textContent()

for (const [size, options] of sizes) {
  test(`draft after draft is seen, published, rejected: ${size}`, async () => {
    const page = await signedIn("/", options)
    const towns = size === "phone" ? ["Kabul", "Nairobi", "Mombasa"] : ["Herat", "Kampala", "Kisumu"]
    const drafts = []
    for (const report of [strong(towns[0]), doubtful(towns[1]), { ...doubtful(towns[2]), published: undefined }]) drafts.push((await added(page, report)).incidents[0])
    const [first, second, third] = drafts.sort((a, b) => a.confidence - b.confidence || (a.id < b.id ? -1 : 1))
    assert.ok(first.confidence < third.confidence)
    const shows = (i) => page.waitForURL(new RegExp(`/incidents/${i.id}`))
    await page.goto(server.url)
    if (size === "phone") await page.locator("#open-session").click()
    await page.getByRole("button", { name: "Review 3 drafts" }).last().click()
    await page.locator("#review-published").waitFor()
    assert.match(await at(page), /^1 of 3, the most doubtful first · the reader is \d+% sure/)
    await shows(first)
    await page.locator("#panel mark.quote").first().waitFor()
    await shot(page, `review-${size}`)

    const press = (letter, name) => (size === "phone" ? page.locator("#panel .save-bar").getByRole("button", { name }).tap() : page.keyboard.press(letter))
    await press("n", "Next")
    await shows(second)
    await page.locator("#panel .review-at", { hasText: "2 of 3" }).waitFor()
    await press("p", "Previous")
    await shows(first)
    await page.locator("#panel .review-at", { hasText: "1 of 3" }).waitFor()
    await press("a", "Publish")
    await shows(second)
    await page.locator("#panel .review-at", { hasText: "2 of 3" }).waitFor()
    await press("x", "Reject")
    await shows(third)
    await page.locator("#panel .review-at", { hasText: "3 of 3" }).waitFor()
    await press("a", "Publish")
    await page.getByText("3 drafts judged. Nothing is left to review.").waitFor()
    const counts = await (await page.request.get(`${server.url}/counts?status=draft,reviewed`)).json()
    assert.equal(counts.total, 0)
    const status = async (i) => (await (await page.request.get(`${server.url}/incidents/${i.id}`)).json()).properties.status
    assert.deepEqual([await status(first), await status(second), await status(third)], ["published", "retracted", "published"])
    await page.context().close()
  })
}

test("letters that are typed into the reason judge nothing", async () => {
  const page = await signedIn()
  const { incidents: [draft] } = await added(page, strong("Kandahar"))
  await page.goto(`${server.url}/incidents/${draft.id}?pane=review`)
  await page.locator("#review-why").fill("")
  await page.locator("#review-why").pressSequentially("axn")
  assert.equal(await page.locator("#review-why").inputValue(), "axn")
  assert.equal((await (await page.request.get(`${server.url}/incidents/${draft.id}`)).json()).properties.status, "draft")
  await page.context().close()
})

faultless()
