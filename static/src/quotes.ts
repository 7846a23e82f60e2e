// A report's text with the words marked that values were read from.
import { fill, h, reducedMotion } from "./dom.ts"
import type { Span } from "./offsets.ts"
import { pieces } from "./offsets.ts"

export interface Marked extends Span {
  /** What the words were read for: a field's pointer, or "mention". */
  key: string
}

/** The text of a report as paragraphs; marked words are buttons to nothing, but can be pointed out. */
export class ReportText {
  readonly node = h("div", { class: "report-text", dir: "auto" })

  /** Shows a text with marks; keys of several marks may overlap. */
  show(text: string, marks: Marked[]): void {
    const children: Node[] = []
    for (const piece of pieces(text, marks)) {
      if (piece.spans.length === 0) {
        children.push(document.createTextNode(piece.text))
        continue
      }
      const quote = piece.spans.some((m) => m.key !== "mention")
      children.push(h("mark", { class: quote ? "quote" : "mention", "data-keys": JSON.stringify(piece.spans.map((m) => m.key)) }, piece.text))
    }
    fill(this.node, ...children)
  }

  private marks(key: string): HTMLElement[] {
    return [...this.node.querySelectorAll<HTMLElement>("mark")].filter((m) => (JSON.parse(m.dataset["keys"] ?? "[]") as string[]).includes(key))
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

  /** The keys of the marked words under the pointer. */
  onPoint(run: (keys: string[]) => void): void {
    const at = (e: Event): void => {
      const m = e.target instanceof Element ? e.target.closest<HTMLElement>("mark") : null
      run(m ? (JSON.parse(m.dataset["keys"] ?? "[]") as string[]) : [])
    }
    this.node.addEventListener("mouseover", at)
    this.node.addEventListener("mouseleave", () => run([]))
  }
}
