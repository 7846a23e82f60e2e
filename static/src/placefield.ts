// A place in a form: searched in the gazetteer or chosen on the map, with the
// radius that holds it.
import { get, sayError } from "./api.ts"
import { app } from "./app.ts"
import { announce, debounce, fill, h, uid } from "./dom.ts"
import { field } from "./filters.ts"
import { pickSpot } from "./map.ts"
import { number, t } from "./messages.ts"
import { lowerSheet } from "./sheet.ts"
import { drawSketch } from "./sketch.ts"
import type { Collection, PlaceFeature, Site } from "./types.ts"
import { howNear } from "./words.ts"

export class PlaceField {
  readonly node: HTMLElement
  private name: HTMLInputElement
  private radius: HTMLInputElement
  private precision: HTMLSelectElement
  private search: HTMLInputElement
  private options = h("ul", { class: "options plain", role: "listbox", id: uid("options"), hidden: true })
  private chosen = h("p", { class: "hint", role: "status" })
  private results: PlaceFeature[] = []
  private active = -1

  constructor(private site: Site) {
    this.search = h("input", { type: "search", role: "combobox", "aria-expanded": "false", "aria-controls": this.options.id, "aria-autocomplete": "list", autocomplete: "off" })
    this.name = h("input", { type: "text", value: site.place })
    this.radius = h("input", { type: "number", min: 0.01, step: "any", value: site.radius_m ? site.radius_m / 1000 : "" })
    this.precision = h("select", {}, ...app.vocabulary.precisions.map((p) => h("option", { value: p, selected: p === site.precision }, t(`precision.${p}`))))
    const pick = h("button", { type: "button", onclick: () => void this.pick(pick) }, t("edit.placePick"))
    this.node = h("fieldset", { class: "place-field" }, h("legend", {}, t("edit.place")),
      h("div", { class: "combo" }, field(t("edit.placeSearch"), this.search), this.options), pick, this.chosen,
      field(t("edit.placeName"), this.name),
      h("div", { class: "pair" }, field(t("edit.radius"), this.radius), field(t("edit.precision"), this.precision)))
    this.listen()
    this.sketch()
  }

  /** The place as the form has it now. */
  value(): Site {
    const km = Number(this.radius.value)
    const out: Site = { ...this.site, place: this.name.value.trim() || this.site.place }
    if (out.lat !== undefined) {
      out.precision = this.precision.value
      if (km > 0) out.radius_m = km * 1000
    }
    return out
  }

  /** What is focused for this place. */
  get inputs(): HTMLElement[] {
    return [this.search, this.name, this.radius, this.precision]
  }

  /** Lists what some words of the report may mean, and calls the place by them. */
  suggest(words: string): void {
    this.name.value = words
    this.search.value = words
    void this.find()
  }

  private listen(): void {
    this.search.addEventListener("focus", () => {
      if (this.search.value || !this.site.place) return
      this.search.value = this.site.place
      this.search.select()
      void this.find()
    })
    this.search.addEventListener("input", () => this.close()) // what is listed is of other words
    this.search.addEventListener("input", debounce(180, () => void this.find()))
    this.search.addEventListener("keydown", (e) => this.keys(e))
    this.search.addEventListener("blur", () => window.setTimeout(() => this.close(), 150))
    for (const input of [this.radius, this.precision]) input.addEventListener("input", () => this.sketch())
  }

  private async find(): Promise<void> {
    const q = this.search.value.trim()
    if (q.length < 2) return this.close()
    try {
      const found = await get<Collection<PlaceFeature>>(`/gazetteer?q=${encodeURIComponent(q)}&limit=8`)
      if (this.search.value.trim() !== q) return
      this.results = found.features
    } catch (error) {
      this.chosen.textContent = sayError(error)
      return
    }
    this.active = -1
    const rows = this.results.map((f, k) => {
      const p = f.properties
      const of = [p.admin1, p.country && (app.vocabulary.countries[p.country] ?? p.country)].filter(Boolean).join(", ")
      const li = h("li", { role: "option", id: `${this.options.id}-${k}`, "aria-selected": "false" }, h("span", { class: "row-title" }, p.name), h("span", { class: "row-sub" }, [of, howNear(siteOf(f))].filter(Boolean).join(" · ")))
      li.addEventListener("pointerdown", (e) => { e.preventDefault(); this.choose(k) })
      return li
    })
    fill(this.options, ...(rows.length ? rows : [h("li", { class: "hint" }, t("edit.placeNone"))]))
    this.options.hidden = false
    this.search.setAttribute("aria-expanded", "true")
    announce(t("edit.placeResults", { n: rows.length }))
  }

  private keys(e: KeyboardEvent): void {
    if (this.options.hidden) return
    if (["Escape", "ArrowDown", "ArrowUp", "Enter"].includes(e.key)) e.preventDefault()
    if (e.key === "Escape") {
      e.stopPropagation()
      this.close()
    } else if (e.key === "ArrowDown" || e.key === "ArrowUp") {
      const n = this.results.length
      if (n) this.activate((this.active + (e.key === "ArrowDown" ? 1 : n - 1) + (this.active < 0 && e.key === "ArrowUp" ? 1 : 0)) % n)
    } else if (e.key === "Enter" && this.results.length) this.choose(Math.max(0, this.active))
  }

  private activate(k: number): void {
    this.active = k
    ;[...this.options.children].forEach((li, j) => li.setAttribute("aria-selected", String(j === k)))
    this.search.setAttribute("aria-activedescendant", `${this.options.id}-${k}`)
    this.options.children[k]?.scrollIntoView({ block: "nearest" })
  }

  private choose(k: number): void {
    const f = this.results[k]
    if (!f) return
    this.take({ ...siteOf(f), role: this.site.role })
    this.search.value = ""
    this.close()
  }

  private close(): void {
    this.options.hidden = true
    this.search.setAttribute("aria-expanded", "false")
    this.search.removeAttribute("aria-activedescendant")
  }

  private async pick(button: HTMLElement): Promise<void> {
    lowerSheet()
    document.body.classList.add("picking-spot")
    const at = await pickSpot()
    document.body.classList.remove("picking-spot")
    button.focus()
    if (!at) return
    const km = Number(this.radius.value) || 1
    const lat = Number(at.lat.toFixed(5)), lon = Number(at.lng.toFixed(5))
    const site: Site = { role: this.site.role, place: "", lat, lon, radius_m: Math.min(km, 5) * 1000, precision: "exact" }
    try {
      const near = await get<Collection<PlaceFeature>>(`/gazetteer/reverse?lon=${lon}&lat=${lat}&limit=1`)
      const p = near.features[0]?.properties
      if (p) Object.assign(site, { place: t("edit.near", { place: p.name }), precision: "area", country: p.country, admin1: p.admin1 })
    } catch (error) {
      this.chosen.textContent = sayError(error)
    }
    if (!site.place) site.place = `${number(lat)}, ${number(lon)}`
    this.take(site)
  }

  private take(site: Site): void {
    this.site = site
    this.name.value = site.place
    this.radius.value = site.radius_m ? String(site.radius_m / 1000) : ""
    this.precision.value = site.precision ?? "settlement"
    this.chosen.textContent = t("edit.placeChosen", { place: site.place, near: howNear(site) })
    this.sketch()
  }

  private sketch(): void {
    drawSketch(this.site.lat, this.site.lon, Number(this.radius.value) * 1000, (metres) => { this.radius.value = String(Number((metres / 1000).toPrecision(3))) })
  }
}

/** A place of the gazetteer as a place of an incident. */
function siteOf(f: PlaceFeature): Site {
  const [lon = 0, lat = 0] = f.geometry.coordinates
  const p = f.properties
  const site: Site = { role: "site", place: p.place ?? p.name, place_id: p.place_id ?? p.id, lon, lat, radius_m: p.radius_m }
  for (const name of ["precision", "country", "admin1", "confidence", "approximate", "locative", "geonameid"] as const) {
    if (p[name] !== undefined) Object.assign(site, { [name]: p[name] })
  }
  return site
}
