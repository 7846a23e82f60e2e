// Drawings of the groups' glyphs, by the names that the server's table gives
// them, in a box of 16 by 16.
import { s } from "./dom.ts"
import table from "./glyphs.json"

const drawings: Record<string, { fill?: string; line?: string }> = table

/** A glyph as SVG, its upper left corner at x, y and its box of this size. */
export function glyph(name: string, color: string, x: number, y: number, size: number): SVGGElement {
  const drawing = drawings[name] ?? { line: "M4 8h8" }
  const group = s("g", { transform: `translate(${x} ${y}) scale(${size / 16})` })
  if (drawing.fill) group.append(s("path", { d: drawing.fill, fill: color }))
  if (drawing.line) {
    group.append(s("path", { d: drawing.line, fill: "none", stroke: color, "stroke-width": 2, "stroke-linecap": "round", "stroke-linejoin": "round" }))
  }
  return group
}
