// Correcting by picking words: the reports of an incident above its form. Words
// that are selected there become a field's value, and its quote.
import { get, sayError } from "./api.ts"
import { announce, fill, h } from "./dom.ts"
import { t } from "./messages.ts"
import type { ReportText } from "./quotes.ts"
import { marksOf, shownReport, veilOf } from "./reportpart.ts"
import type { Incident, Quote } from "./types.ts"

/** What picked words say: their number and day as the server reads them where they stand. */
export interface Picked { text: string; version: number; number: { low?: number; best?: number; high?: number } | null; when: { start?: string; end?: string; date_precision?: string } | null }

/** A field that words can be picked for. take says what is missing in the words, or "". */
export interface Target { field: string; label: string; inputs: HTMLElement[]; take(words: Picked): string }

export class Picker {
  readonly node: HTMLElement
  /** The incident's quotes, with those of the words that were picked. */
  quotes: Quote[]
  private texts = new Map<string, { text: ReportText; version: number; body: string }>()
  private choice = h("select", { id: "pick-field" })
  private use = h("button", { type: "button", id: "pick-use", disabled: true }, t("pick.use"))
  private said = h("p", { class: "hint", role: "status" }, t("pick.hint"))
  private chosen: { report: string; start: number; end: number; text: string } | undefined

  constructor(private incident: Incident, private targets: () => Target[]) {
    this.quotes = [...(incident.quotes ?? [])]
    const reports = h("div", { class: "pick-texts", role: "group", tabindex: 0, "aria-label": t("panel.reports") })
    this.node = h("section", { class: "pick", "aria-label": t("panel.reports") }, reports, this.said,
      h("div", { class: "pick-bar" }, h("label", { for: "pick-field" }, t("pick.for")), this.choice, this.use))
    this.use.addEventListener("click", () => void this.take())
    document.addEventListener("selectionchange", () => this.select())
    void this.load(reports)
  }

  private async load(box: HTMLElement): Promise<void> {
    for (const { id } of this.incident.reports ?? []) {
      try {
        const { answer, text, node } = await shownReport(id, true, () => undefined, veilOf(this.incident))
        this.texts.set(id, { text, version: answer.report.version, body: answer.report.text })
        box.append(node)
      } catch (error) {
        box.append(h("p", { class: "hint" }, sayError(error)))
      }
    }
    if (!this.texts.size) this.node.hidden = true
    this.draw()
  }

  /** Marks the words of the quotes as they are now. */
  private draw(): void {
    for (const [id, { text, version, body }] of this.texts) text.show(body, marksOf({ ...this.incident, quotes: this.quotes }, id, version))
  }

  /** Offers the fields anew, as after a row was added; the focused one is chosen, and its words are pointed out. */
  follow(focused: EventTarget | null): void {
    const all = this.targets()
    const now = all.find((x) => x.inputs.some((input) => input === focused))
    const value = now?.field ?? this.choice.value
    fill(this.choice, ...all.map((x) => h("option", { value: x.field, selected: x.field === value }, x.label)))
    if (now) for (const { text } of this.texts.values()) text.point(now.field, false)
  }

  private select(): void {
    if (!this.node.isConnected) return
    for (const [report, { text }] of this.texts) {
      const found = text.selected()
      if (!found) continue
      this.chosen = { report, ...found }
      this.use.disabled = false
      this.said.textContent = t("pick.chosen", { words: found.text })
    }
  }

  private async take(): Promise<void> {
    const target = this.targets().find((x) => x.field === this.choice.value)
    if (!this.chosen || !target) return
    const { report, start, end } = this.chosen
    try {
      const words = await get<Picked>(`/reports/${encodeURIComponent(report)}/words?start=${start}&end=${end}`)
      const missing = target.take(words)
      this.said.textContent = missing || t("pick.used", { words: words.text, field: target.label })
      if (missing) return
      const { version, text } = words
      this.quotes = [...this.quotes.filter((q) => q.field !== target.field), { report, version, field: target.field, start, end, text }]
      this.draw()
      announce(this.said.textContent)
      target.inputs[0]?.focus()
    } catch (error) {
      this.said.textContent = sayError(error)
    }
  }
}
