// The server counts Unicode code points, JavaScript counts UTF-16 units.

/** Turns offsets in code points of a text into offsets in UTF-16 units. */
export function toUnits(text: string): (points: number) => number {
  const wide: number[] = [] // code point index of each character outside the BMP
  let points = 0
  for (const c of text) {
    if (c.length === 2) wide.push(points)
    points += 1
  }
  const total = points
  return (at) => {
    const p = Math.max(0, Math.min(at, total))
    let before = 0
    while (before < wide.length && (wide[before] ?? 0) < p) before += 1
    return p + before
  }
}

export interface Span { start: number; end: number }

export interface Piece<S> { text: string; spans: S[] }

/** Cuts a text at the ends of spans, which may overlap; each piece says whose it is. Spans are in code points. */
export function pieces<S extends Span>(text: string, spans: S[]): Piece<S>[] {
  const unit = toUnits(text)
  const own = spans.map((span) => ({ span, from: unit(span.start), to: unit(span.end) })).filter((x) => x.to > x.from)
  const cuts = [...new Set([0, text.length, ...own.flatMap((x) => [x.from, x.to])])].sort((a, b) => a - b)
  const out: Piece<S>[] = []
  for (let k = 1; k < cuts.length; k++) {
    const from = cuts[k - 1] ?? 0
    const to = cuts[k] ?? 0
    out.push({ text: text.slice(from, to), spans: own.filter((x) => x.from <= from && x.to >= to).map((x) => x.span) })
  }
  return out
}
