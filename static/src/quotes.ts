// A report's text with the words marked that values were read from.
import { fill, h, reducedMotion } from "./dom.ts"
import type { Span } from "./offsets.ts"
import { pieces } from "./offsets.ts"

export interface Marked extends Span {
  /** What the words were read for: a field's pointer, or "mention". */
  key: string
}

/** The text of a report as paragraphs; marked words can be pointed out, and lead to their field. */
export class ReportText {
  readonly node = h("div", { class: "report-text", dir: "auto" })

  /** Shows a text with marks; keys of several marks may overlap. */
  show(text: string, marks: Marked[]): void {
    fill(this.node, ...pieces(text, marks).map(({ text, spans }) => {
      if (!spans.length) return document.createTextNode(text)
      const quote = spans.some((m) => m.key !== "mention")
      return h("mark", { class: quote ? "quote" : "mention", "data-keys": JSON.stringify(spans.map((m) => m.key)), tabindex: quote && this.leads && 0, role: quote && this.leads && "button" }, text)
    }))
  }

  private marks(key: string): HTMLElement[] {
    return [...this.node.querySelectorAll<HTMLElement>("mark")].filter((m) => (JSON.parse(m.dataset["keys"] ?? "[]") as string[]).some((k) => k === key || k.startsWith(`${key}/`)))
  }

  private held = ""

  /** Points out the words of a field, brings them into sight, and keeps them pointed out. */
  hold(key: string): void {
    this.held = key
    this.point(key, true)
  }

  /** Points out the words of a field, else those that are held; scroll brings the first of them into sight. */
  point(key: string, scroll: boolean): void {
    for (const m of this.node.querySelectorAll("mark.now")) m.classList.remove("now")
    if (!key && !this.held) return
    const found = this.marks(key || this.held)
    for (const m of found) m.classList.add("now")
    if (scroll) found[0]?.scrollIntoView({ block: "center", behavior: reducedMotion() ? "auto" : "smooth" })
  }

  private leads = false

  /** Marked words that are pointed at or focused tell their keys, and lead somewhere when they are chosen; call it before show. */
  onPoint(point: (keys: string[]) => void, lead: (keys: string[]) => void): this {
    this.leads = true
    const keys = (e: Event): string[] => {
      const m = e.target instanceof Element ? e.target.closest<HTMLElement>("mark") : null
      return m ? (JSON.parse(m.dataset["keys"] ?? "[]") as string[]) : []
    }
    for (const event of ["mouseover", "focusin"]) this.node.addEventListener(event, (e) => point(keys(e)))
    this.node.addEventListener("mouseleave", () => point([]))
    this.node.addEventListener("click", (e) => { if (keys(e).length && getSelection()?.isCollapsed) lead(keys(e)) })
    this.node.addEventListener("keydown", (e) => {
      if (e.key !== "Enter" || !keys(e).length) return
      e.preventDefault()
      lead(keys(e))
    })
    return this
  }

  /** The words that a person has selected in the text, in code points; nothing where they have none. */
  selected(): { start: number; end: number; text: string } | undefined {
    const chosen = getSelection()
    if (!chosen?.rangeCount || chosen.isCollapsed) return undefined
    const range = chosen.getRangeAt(0)
    if (!this.node.contains(range.startContainer) || !this.node.contains(range.endContainer)) return undefined
    const before = document.createRange()
    before.selectNodeContents(this.node)
    before.setEnd(range.startContainer, range.startOffset)
    const raw = range.toString(), text = raw.trim()
    const start = [...before.toString()].length + [...raw].length - [...raw.trimStart()].length
    return text ? { start, end: start + [...text].length, text } : undefined
  }
}
