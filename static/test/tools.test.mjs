// The map's tools in a real browser: colours, heat, drawing, measuring, going to
// a place, and what is at a spot.
import assert from "node:assert/strict"
import { test } from "node:test"
import { made } from "./made.mjs"
import { count, counts, faultless, list, open, phone, serving, settled, shot } from "./page.mjs"

const n = 1200
serving({ features: made(n) })

const around = "/?map=8/-1.3/36.8"
const sheet = async (page) => { await page.locator("#map-tools").click() }

for (const [name, options] of [["desktop", {}], ["phone", phone]]) {
  test(`colours by toll, status and age with a key, and heat: ${name}`, async () => {
    const page = await open(around, options)
    await page.locator(".mark").first().waitFor()
    for (const [label, key] of [["Killed", "10 to 99 killed"], ["Status", "Reviewed"], ["Age", "Older"]]) {
      await sheet(page)
      await page.getByRole("radio", { name: label, exact: true }).check()
      await page.locator("#map-key").getByText(key).waitFor()
      await page.getByRole("dialog").getByRole("button", { name: "Close" }).click()
    }
    assert.match(page.url(), /by=age/)
    await sheet(page)
    await page.getByRole("radio", { name: "Heat by killed" }).check()
    await page.waitForURL(/heat=toll/)
    await page.getByRole("dialog").getByRole("button", { name: "Close" }).click()
    await page.locator(".mark").first().waitFor({ state: "detached" })
    const warm = await page.locator("canvas.heat").evaluate((c) => c.getContext("2d").getImageData(0, 0, c.width, c.height).data.some((x, k) => k % 4 === 3 && x > 150))
    assert.ok(warm, "something is warm")
    await shot(page, `heat-${name}`)
    await page.goBack()
    await page.locator(".mark").first().waitFor()
    await page.context().close()
  })
}

test("a box, a circle and a ring filter; the sentence says so and takes them back", async () => {
  const page = await open(around)
  await settled(page)
  const at = (x, y) => page.mouse.click(900 + x, 400 + y)
  for (const [tool, corners, param] of [["Box", [[-80, -60], [80, 60]], "bbox"], ["Circle", [[0, 0], [70, 0]], "within"], ["Polygon", [[-90, -50], [90, -50], [0, 80]], "within"]]) {
    await sheet(page)
    await page.getByRole("dialog").getByRole("button", { name: tool, exact: true }).click()
    await page.locator("#note").waitFor()
    for (const [x, y] of corners) await at(x, y)
    if (tool === "Polygon") await page.keyboard.press("Enter")
    await page.waitForURL(new RegExp(`[?&]${param}=`))
    await counts(page, n, "<")
    assert.ok((await count(page)) > 0, tool)
    await page.locator("path.drawn").waitFor()
    if (tool === "Polygon") await shot(page, "drawn")
    await page.locator("#part-places").click()
    await page.getByRole("button", { name: "Everywhere" }).click()
    await counts(page, n)
    await page.locator("path.drawn").waitFor({ state: "detached" })
  }
  await page.context().close()
})

test("measures, also by the keyboard", async () => {
  const page = await open(around)
  await page.locator(".mark").first().waitFor()
  await sheet(page)
  await page.getByRole("button", { name: "Measure", exact: true }).click()
  await page.keyboard.press("Space")
  await page.keyboard.press("ArrowRight")
  await page.waitForTimeout(400)
  await page.keyboard.press("Space")
  await page.keyboard.press("Enter")
  await page.locator(".measured").getByText(/^Length \d+ km/).waitFor()
  await page.context().close()
})

test("goes to coordinates and to a place by name", async () => {
  const page = await open(around)
  await page.locator(".mark").first().waitFor()
  await sheet(page)
  await page.locator("#go-to").fill("33°18'46\"N 44°21'41\"E")
  await page.locator("#go").click()
  await page.waitForURL(/map=[\d.]+\/33\.3/)
  await sheet(page)
  await page.locator("#go-to").fill("Mombasa")
  await page.locator("#go").click()
  await page.locator(".answers button").first().click()
  await page.waitForURL(/map=[\d.]+\/-4\.0/)
  await page.context().close()
})

test("a right click tells coordinates, place and what happened near", async () => {
  const page = await open(around)
  await settled(page)
  await page.mouse.click(1080, 420, { button: "right" })
  const here = page.locator(".here")
  await here.getByText(/^-1\.\d{4}, 3\d\.\d{4}$/).waitFor()
  await here.getByText(/ km from .*, Kenya/).waitFor()
  await here.getByText(/incidents? within/).waitFor()
  await shot(page, "here")
  await here.getByRole("button", { name: /^Only within/ }).click()
  await page.waitForURL(/within=/)
  await counts(page, n, "<")
  assert.ok((await list(page).count()) > 0)
  await page.context().close()
})

faultless()
