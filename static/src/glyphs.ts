// Drawings of the groups' glyphs, by the names that the server's table gives
// them, in a box of 16 by 16.
import { s } from "./dom.ts"

interface Drawing { fill?: string; line?: string }

const drawings: Record<string, Drawing> = {
  "crossed-lines": { line: "M4 4 12 12M12 4 4 12" },
  burst: { fill: "M8 1.5 9.5 5.6 13.2 3.4 11.4 7 15 8.5 11.2 9.7 12.6 13.4 9.2 11.2 7.6 15 6.5 11 2.8 12.8 4.7 9.3 1 7.8 4.9 6.6 3.3 3.1 6.7 5.3Z" },
  person: { fill: "M8 2.2a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5ZM3.2 14c0-3.4 2-5.6 4.8-5.6s4.8 2.2 4.8 5.6Z" },
  placard: { fill: "M2.5 2.5h11v7h-11Z", line: "M8 9v5.5" },
  flame: { fill: "M8.6 1.2c.4 2.6 4.2 4.6 4.2 8.4 0 3-2.1 5-4.8 5s-4.8-2-4.8-4.8c0-1.9 1-3.2 2.1-4.3.1 1.5.7 2.3 1.5 2.6C6.5 5.6 7 3.2 8.6 1.2Z" },
  flag: { fill: "M4.5 2.2h8.5l-2.2 3 2.2 3H4.5Z", line: "M4.4 1.8v12.7" },
  wave: { line: "M1.5 6.2c1.6-2.2 3.3-2.2 4.9 0s3.3 2.2 4.9 0 2.3-1.9 3.2-.8M1.5 10.8c1.6-2.2 3.3-2.2 4.9 0s3.3 2.2 4.9 0 2.3-1.9 3.2-.8" },
  triangle: { fill: "M8 2.2 14.3 13.2H1.7Z" },
  bracket: { line: "M6.2 3H3.5v10h2.7M9.8 3h2.7v10H9.8" },
}

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
