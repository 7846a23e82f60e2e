// Correcting an incident by the words of its report, by a list of places and on
// the map, in a real browser.
import assert from "node:assert/strict"
import { test } from "node:test"
import { added, faultless, open, server, serving, shot, signedIn, sizes } from "./page.mjs"

serving()

const report = (place) => ({
  publisher: `${place} Gazette`, published: "2024-03-07",
  text: `A bomb exploded at a market in ${place} on Tuesday, killing three people, police said. At least seven others died in hospital by Wednesday, a doctor said, and the Northern Front claimed the attack. A van had come from Nakuru.`,
})

/** Selects words of the report as a person does: with the mouse, or on a phone by its own handles. */
async function select(page, words, size) {
  const box = await page.evaluate((words) => {
    const text = document.querySelector(".pick .report-text")
    const walk = document.createTreeWalker(text, NodeFilter.SHOW_TEXT)
    for (let n = walk.nextNode(); n; n = walk.nextNode()) {
      const k = n.data.indexOf(words)
      if (k < 0) continue
      const range = document.createRange()
      range.setStart(n, k)
      range.setEnd(n, k + words.length)
      n.parentElement.scrollIntoView({ block: "nearest" })
      const all = [...range.getClientRects()]
      return { from: { x: all[0].left + 1, y: all[0].top + all[0].height / 2 }, to: { x: all.at(-1).right - 1, y: all.at(-1).bottom - all.at(-1).height / 2 } }
    }
    return null
  }, words)
  assert.ok(box, `the report has “${words}” outside of marks`)
  if (size === "phone") {
    await page.evaluate((words) => {
      const walk = document.createTreeWalker(document.querySelector(".pick .report-text"), NodeFilter.SHOW_TEXT)
      for (let n = walk.nextNode(); n; n = walk.nextNode()) if (n.data.includes(words)) return getSelection().setBaseAndExtent(n, n.data.indexOf(words), n, n.data.indexOf(words) + words.length)
    }, words)
  } else {
    await page.mouse.move(box.from.x, box.from.y)
    await page.mouse.down()
    await page.mouse.move(box.to.x, box.to.y, { steps: 4 })
    await page.mouse.up()
  }
  await page.locator(".pick [role=status]", { hasText: "Selected" }).waitFor()
}

async function pick(page, field, words, size) {
  await page.locator("#pick-field").selectOption({ label: field })
  await select(page, words, size)
  await page.locator("#pick-use").click()
  await page.locator(".pick [role=status]", { hasText: "read from" }).waitFor()
}

for (const [size, options] of sizes) {
  test(`picks a toll, a day, an actor and a place out of the report: ${size}`, async () => {
    const page = await signedIn("/", options)
    const { incidents: [draft], report: { id } } = await added(page, report(size === "phone" ? "Kisumu" : "Eldoret"))
    await page.goto(`${server.url}/incidents/${draft.id}?pane=edit`)
    await page.locator(".pick mark").first().waitFor()
    await pick(page, "Killed", "At least seven others", size)
    await pick(page, "When", "by Wednesday", size)
    await page.getByRole("button", { name: "Add someone" }).click()
    await page.locator(".actor-row input").last().locator("xpath=../../..").locator("input").first().focus()
    const actor = await page.locator("#pick-field option:checked").textContent()
    assert.match(actor, /^Who \d+: /)
    await pick(page, actor, "Northern Front", size)
    await pick(page, "Place", "Nakuru", size)
    await page.locator(".options [role=option]", { hasText: "within about" }).first().waitFor()
    await shot(page, `correct-${size}`)
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Enter")
    await page.getByText("Chosen: Nakuru").waitFor()
    await page.getByRole("textbox", { name: "Reason" }).fill("as the doctor says")
    await page.locator("#edit-save").click()
    await page.locator("#panel .value-main", { hasText: "Nakuru" }).first().waitFor()
    const { properties: now } = await (await page.request.get(`${server.url}/incidents/${draft.id}`)).json()
    assert.deepEqual([now.killed_low, now.killed_best, now.killed_high, now.start, now.place], [7, 7, undefined, "2024-03-06", "Nakuru"])
    const quote = now.quotes.find((q) => q.field === "/killed")
    assert.deepEqual([quote.text, quote.report], ["At least seven others", id])
    const k = now.actors.findIndex((a) => a.name === "Northern Front")
    assert.ok(now.quotes.some((q) => q.field === `/actors/${k}` && q.text === "Northern Front"))
    await page.locator("#history summary").click()
    await page.locator("#history .changes", { hasText: "First day: 2024-03-05 → 2024-03-06" }).waitFor()
    await page.context().close()
  })

  test(`a spot and its radius on the map; leaving unsaved changes asks: ${size}`, async () => {
    const page = await signedIn("/", options)
    const { incidents: [draft] } = await added(page, report(size === "phone" ? "Kitale" : "Thika"), "published")
    await page.goto(`${server.url}/incidents/${draft.id}`)
    await page.locator("#edit-open").click()
    await page.locator(".radius-handle").waitFor()
    const radius = page.getByRole("spinbutton", { name: "Within (km)" })
    const before = Number(await radius.inputValue())
    if (size === "desktop") {
      const box = await page.locator(".radius-handle").boundingBox()
      await page.mouse.move(box.x + 12, box.y + 12)
      await page.mouse.down()
      await page.mouse.move(box.x + 60, box.y + 12, { steps: 5 })
      await page.mouse.up()
      assert.ok(Number(await radius.inputValue()) > before, "the circle is wider")
    }
    await page.getByRole("button", { name: "Choose on the map" }).click()
    const map = await page.locator("#map").boundingBox()
    await page.mouse.click(map.x + map.width / 2 + 40, map.y + map.height / 3)
    await page.locator("#panel").getByText("Chosen: ").waitFor()
    await shot(page, `spot-${size}`)

    const asked = []
    const answer = (accept) => page.once("dialog", (d) => { asked.push(d.type()); void (accept ? d.accept() : d.dismiss()) })
    answer(false)
    await page.locator("#panel .close").click()
    assert.equal(await page.locator("#edit-save").count(), 1, "it stays")
    answer(false)
    await page.evaluate(() => history.back())
    await page.waitForTimeout(300)
    await page.locator("#edit-save").waitFor()
    assert.ok(page.url().includes("pane=edit"), page.url())
    answer(true)
    await page.locator("#panel .close").click()
    await page.locator("#panel").waitFor({ state: "hidden" })
    assert.deepEqual(asked, ["confirm", "confirm", "confirm"])
    assert.equal((await (await page.request.get(`${server.url}/incidents/${draft.id}`)).json()).properties.revision, 2, "nothing was saved")
    await page.context().close()
  })
}

test("what is typed and not kept asks before the page is left", async () => {
  const page = await signedIn()
  await page.locator("#open-add").click()
  await page.locator("#add-text").pressSequentially("A flood")
  const asked = new Promise((resolve) => page.once("dialog", (d) => { resolve(d.type()); void d.accept() }))
  await page.reload()
  assert.equal(await asked, "beforeunload")
  const plain = await open()
  plain.on("dialog", () => assert.fail("nothing was typed, nothing asks"))
  await plain.reload()
  for (const p of [page, plain]) await p.context().close()
})

faultless()
