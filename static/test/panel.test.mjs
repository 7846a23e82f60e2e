// An incident beside the map, in a real browser.
import assert from "node:assert/strict"
import { test } from "node:test"
import { added, faultless, list, open, server, serving, shot, signedIn, sizes } from "./page.mjs"

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

const crash = (place, day, n, publisher) => ({ publisher, published: day, text: `A bus and a lorry collided in ${place} on Tuesday, killing ${n} people and injuring eleven, police said. Rescuers worked through the night.` })

for (const [size, options] of sizes) {
  test(`a field marks its words, and marked words lead to their field: ${size}`, async () => {
    const page = await open("/", options)
    await list(page).first().click()
    const mark = page.locator("#panel mark.quote").first()
    await mark.waitFor()
    const value = page.locator("#panel .value:has(.quote-link)").first()
    await value.hover()
    await page.locator("#panel mark.now").first().waitFor()
    await mark.click()
    await page.waitForFunction(() => document.activeElement?.classList.contains("quote-link"))
    const words = await mark.textContent()
    assert.ok((await page.locator("#panel .value.led .quote-link").allTextContents()).some((q) => q.includes(words)), `“${words}” leads to its field`)
    await shot(page, `panel-${size}`)
    await page.context().close()
  })

  test(`says how sure, and copies a citation, GeoJSON and a link: ${size}`, async () => {
    const page = await open("/", { ...options, permissions: ["clipboard-read", "clipboard-write"] })
    await list(page).first().click()
    await page.locator("#panel .field-row", { hasText: "How sure" }).getByText(/confidence 0\.\d+/).waitFor()
    const copied = async (name) => {
      await page.locator(`[data-copy="${name}"]`).click()
      await page.locator(`[data-copy="${name}"]`, { hasText: "Copied" }).waitFor()
      return page.evaluate(() => navigator.clipboard.readText())
    }
    const address = page.url().split("?")[0]
    const heading = await page.locator("#panel h1").textContent()
    const citation = await copied("citation")
    assert.ok(citation.startsWith(heading) && citation.includes("revision 1") && citation.endsWith(address), citation)
    assert.equal(JSON.parse(await copied("geojson")).properties.title, heading)
    assert.equal(await copied("link"), address)
    await page.context().close()
  })

  test(`a private person in a title is hidden wherever titles stand, signed in too: ${size}`, async () => {
    const page = await signedIn("/", options)
    const town = size === "phone" ? "Thika" : "Naivasha"
    const title = "Amina Otieno killed in a crash"
    const { incidents: [one] } = await added(page, crash(town, "2024-03-08", "three", "Weekly"), "published", { title, named: [{ name: "Amina Otieno", private: true }] })
    await page.goto(`${server.url}/?q=${town}&table=end`)
    await page.locator(`#list [data-id="${one.id}"]`, { hasText: "••••" }).waitFor()
    await page.locator(`#line-${one.id}`, { hasText: "••••" }).waitFor({ state: "attached" })
    await page.locator('.mark[aria-label*="••••"]').first().waitFor({ state: "attached" }) // a phone's table hides the map
    await page.goto(`${server.url}/incidents/${one.id}`)
    await page.locator("#panel h1", { hasText: "••••" }).waitFor()
    await page.locator("#panel .beside").waitFor({ state: "attached" })
    const everywhere = () => page.evaluate(() => document.documentElement.outerHTML + document.title)
    assert.ok(!(await everywhere()).includes("Otieno"), "the name is nowhere on the page")
    assert.match(await page.title(), /••••/)
    await page.locator("#names").click()
    await page.locator("#panel h1", { hasText: title }).waitFor()
    await page.context().close()
  })

  test(`names of private persons and graphic reports wait for a click: ${size}`, async () => {
    const page = await signedIn("/?q=Damascus", options)
    await list(page).first().click()
    await page.locator("#panel mark.quote").first().waitFor()
    const text = () => page.locator("#panel").textContent()
    assert.ok(!(await text()).includes("Zahedi"), "the name is hidden")
    await page.locator("#names").click()
    await page.locator("#panel .report-text", { hasText: "Zahedi" }).waitFor()
    await page.locator("#names").click()
    await page.locator("#panel .report-text", { hasText: "••••" }).waitFor()
    await shot(page, `names-${size}`)

    const { incidents: [grim] } = await added(page, crash(size === "phone" ? "Eldoret" : "Nakuru", "2024-03-06", "nine", "Gazette"), "published", { tags: ["graphic"] })
    await page.goto(`${server.url}/incidents/${grim.id}`)
    await page.locator("#panel .veiled summary").waitFor()
    assert.equal(await page.locator("#panel .report-text").isVisible(), false)
    assert.ok(!(await page.locator("#panel .quote-link").first().textContent()).includes("collided"))
    await page.locator("#panel .veiled summary").click()
    await page.locator("#panel .report-text").waitFor()
    await page.context().close()
  })

  test(`what stands beside: near, the same or not, history: ${size}`, async () => {
    const page = await signedIn("/", options)
    const town = size === "phone" ? "Kisumu" : "Mombasa"
    const { incidents: [one] } = await added(page, crash(town, "2024-03-06", "four", "Gazette"), "published")
    await added(page, { ...crash(town, "2024-03-06", "five", "Courier"), text: `Five people died in ${town} when a bus and a lorry collided on Tuesday, the county said. Eleven were injured and taken to hospital.` }, "published")
    await added(page, { ...crash(town, "2024-03-07", "four", "Herald"), text: `A lorry and a bus collided in ${town} on Tuesday, killing four, the Red Cross said, and eleven people were hurt in what it called a bad week.` }, "published")
    await added(page, { publisher: "Herald", published: "2024-03-12", text: `A flood in ${town} on Sunday killed two people, officials said.` }, "published")
    await page.goto(`${server.url}/incidents/${one.id}`)
    await page.locator(".others", { hasText: "Near, within two weeks" }).locator(".row", { hasText: /flood/i }).waitFor()
    const same = page.locator(".candidate")
    await same.nth(1).waitFor()
    await same.first().getByText("same kind: ").waitFor()
    await shot(page, `beside-${size}`)
    await same.first().locator("summary").click()
    await same.first().locator(".apart").click()
    await page.waitForFunction(() => document.querySelectorAll(".candidate").length === 1)
    await same.first().locator("summary").click()
    await same.first().locator(".merge").click()
    await page.waitForFunction(() => document.querySelectorAll("#panel .report").length === 2)
    await page.waitForFunction(() => document.querySelectorAll(".candidate").length === 0)
    await page.locator("#history summary").click()
    await page.locator("#history li", { hasText: "Not the same incident" }).waitFor()
    await page.locator("#history .changes", { hasText: /Reports: Gazette → Gazette; / }).first().waitFor()
    await shot(page, `history-${size}`)
    await page.context().close()
  })
}

faultless()
