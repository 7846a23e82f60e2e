// The fields of an incident's panel, each with the words it was read from.
import { app } from "./app.ts"
import { h } from "./dom.ts"
import { list, locale, t, word } from "./messages.ts"
import type { Actor, Claim, Incident, Named, Quote, Site } from "./types.ts"
import { attribution, capital, claimWords, fieldName, fullDay, howNear, isPinned, saidBy, tollWords, toll, range, typeLabel, when } from "./words.ts"

/** A quote on one line, without quotation marks around it. */
const bare = (text: string): string => text.replace(/\s+/g, " ").trim().replace(/^[“"‘«]+|[”"’»]+$/g, "")

/** What a panel does when a field is pointed at or its quote is chosen. */
export interface Pointing { point(key: string): void; follow(quote: Quote): void }

export class FieldRows {
  /** Of what is veiled no words are shown beside the values. */
  constructor(private incident: Incident, private veiled: boolean, private pointing: Pointing) {}

  /** The quotes of the fields at or under a pointer. */
  private quotes(...pointers: string[]): Quote[] {
    return (this.incident.quotes ?? []).filter((q) => pointers.some((p) => q.field === p || q.field.startsWith(`${p}/`)))
  }

  /** A value with its quotes under it. */
  private value(main: Node | string, sub: string, quotes: Quote[], cls = ""): HTMLElement {
    const key = quotes[0]?.field ?? ""
    const seen = new Set<string>()
    const links = quotes.filter((q) => !seen.has(q.text) && seen.add(q.text)).slice(0, this.veiled ? 1 : 3).map((q) => {
      const button = this.veiled ? h("button", { type: "button", class: "quote-link" }, t("veil.words"))
        : h("button", { type: "button", class: "quote-link", dir: "auto", "aria-label": t("panel.quote", { text: q.text }) }, `“${bare(q.text)}”`)
      button.addEventListener("click", () => this.pointing.follow(q))
      button.addEventListener("focus", () => this.pointing.point(q.field))
      return button
    })
    const node = h("div", { class: `value ${cls}`, "data-keys": JSON.stringify(quotes.map((q) => q.field)) },
      h("div", { class: "value-main", dir: "auto" }, main), sub && h("div", { class: "value-sub" }, sub), ...links)
    if (key) {
      node.addEventListener("mouseenter", () => this.pointing.point(key))
      node.addEventListener("mouseleave", () => this.pointing.point(""))
    }
    return node
  }

  private row = (label: string, ...values: (HTMLElement | false | "")[]): HTMLElement => h("div", { class: "field-row" }, h("h2", {}, label), h("div", { class: "values" }, ...values))

  private nothing = (): HTMLElement => h("div", { class: "value none" }, t("notStated"))

  /** All rows in the panel's order. */
  all(): HTMLElement[] {
    const i = this.incident
    return [this.what(), this.when(), this.where(), ...this.others(), this.tolls(), ...this.count(), this.actors(), ...(i.named?.length ? [this.named(i.named)] : []), this.sure()]
  }

  private what(): HTMLElement {
    const i = this.incident
    const odd = i.modality && i.modality !== "asserted" ? t(`modality.${i.modality}`) : ""
    return this.row(t("panel.what"), this.value(typeLabel(i, app.vocabulary), odd, this.quotes("/type", "/title", "/modality")))
  }

  private when(): HTMLElement {
    const i = this.incident
    const text = i.time_text ? t("when.time", { when: when(i), time: i.time_text }) : when(i)
    const fine = (i.start || i.end) && i.date_precision && i.date_precision !== "unknown" ? word("datePrecision", i.date_precision) : ""
    return this.row(t("panel.when"), this.value(text, fine, this.quotes("/start", "/end", "/date_precision", "/time_text"), i.start || i.end ? "" : "none"))
  }

  private places(role: (s: Site) => boolean): HTMLElement[] {
    return (this.incident.places ?? []).flatMap((s, k) => {
      if (!role(s)) return []
      const country = s.country && app.vocabulary.countries[s.country]
      const name = country && !s.place.includes(country) ? t("where.listed", { place: s.place, country }) : s.place
      const near = s.precision && (s.lat !== undefined || !isPinned(s.precision)) ? howNear(s) : t("precision.none")
      const sub = [s.role === "site" ? "" : t(`placeRole.${s.role}`), near, s.not_found ? t("panel.notFoundPart", { part: s.not_found }) : ""].filter(Boolean).join(" · ")
      return [this.value(capital(name), sub, this.quotes(`/places/${k}`))]
    })
  }

  private where(): HTMLElement {
    const found = this.places((s) => s.role === "site")
    return this.row(t("panel.where"), ...(found.length ? found : [this.value(t("where.none"), "", this.quotes("/place"), "none")]))
  }

  private others(): HTMLElement[] {
    const found = this.places((s) => s.role !== "site")
    return found.length ? [this.row(t("panel.otherPlaces"), ...found)] : []
  }

  private tolls(): HTMLElement {
    const i = this.incident
    const claims = i.claims ?? []
    const rows = app.vocabulary.measures.filter((m) => tollWords(i, m)).map((m) => {
      const of = claims.filter((c) => c.measure === m)
      const own = claims.flatMap((c, k) => (c.measure === m ? [`/claims/${k}`] : []))
      return this.value(tollWords(i, m), saidBy(of), this.quotes(`/${m}`, `/${m}_low`, `/${m}_best`, `/${m}_high`, ...own), "figure")
    })
    const several = claims.length > rows.length
    return this.row(t("panel.toll"), ...(rows.length ? rows : [this.nothing()]),
      several && h("details", {}, h("summary", {}, t("panel.claims")), h("div", { class: "claims" }, ...claims.map((c, k) => this.claim(c, k)))))
  }

  /** One claim with who makes it, in which report where there are several, and its words. */
  private claim(c: Claim, k: number): HTMLElement {
    const all = this.incident.reports ?? []
    const from = all.length > 1 ? all.find((r) => r.id === c.report)?.publisher : ""
    return this.value(claimWords(c), from ?? "", this.quotes(`/claims/${k}`), "claim")
  }

  private count(): HTMLElement[] {
    const words = range(toll(this.incident, "count"))
    return words ? [this.row(t("panel.count"), this.value(t("toll.count", { r: words }), "", this.quotes("/count", "/count_low", "/count_best", "/count_high"), "figure"))] : []
  }

  private actors(): HTMLElement {
    const one = (a: Actor, k: number): HTMLElement =>
      this.value(a.name, [t(`role.${a.role}`), attribution(a)].filter(Boolean).join(", "), this.quotes(`/actors/${k}`))
    const all = this.incident.actors ?? []
    return this.row(t("panel.actors"), ...(all.length ? all.map(one) : [this.nothing()]))
  }

  private named(all: Named[]): HTMLElement {
    return this.row(t("panel.named"), ...all.map((n, k) =>
      this.value(n.name, [n.role ?? "", n.fate ? word("fate", n.fate) : "", n.private ? t("panel.private") : ""].filter(Boolean).join(", "), this.quotes(`/named/${k}`))))
  }

  /** How the incident came about, how sure the reader was, and which revision this is. */
  private sure(): HTMLElement {
    const i = this.incident
    const read = i.confidence ? t("panel.readBy", { c: new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(i.confidence) }) : t("panel.readByPlain")
    const edited = (i.edited ?? []).filter((f) => !["quotes", "status", "tags"].includes(f)).map(fieldName)
    const lines = [i.reader && read, edited.length ? t("panel.editedBy", { fields: list(edited) }) : "", i.origin && t("doc.imported", { name: i.origin }),
      i.updated && t("doc.revision", { n: String(i.revision ?? 1), day: fullDay(i.updated.slice(0, 10)) })].filter(Boolean) as string[]
    return this.row(t("doc.sure"), h("div", { class: "value" }, ...lines.map((text) => h("div", { class: "value-sub" }, text))))
  }
}
