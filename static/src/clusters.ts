// Groups marks that would cover each other, from the heaviest on. Pure: points
// in pixels of the map at its zoom.

export interface Dot { id: string; x: number; y: number; weight: number }
/** Members from the heaviest on; the cluster stands where that one does. */
export interface Cluster<D extends Dot = Dot> { x: number; y: number; members: D[] }

/** Clusters within a radius in pixels. The same dots give the same clusters, in any order. */
export function cluster<D extends Dot>(dots: D[], radius: number): Cluster<D>[] {
  const ordered = [...dots].sort((a, b) => b.weight - a.weight || (a.id < b.id ? -1 : 1))
  const grid = new Map<string, D[]>()
  for (const d of ordered) {
    const key = `${Math.floor(d.x / radius)} ${Math.floor(d.y / radius)}`
    const there = grid.get(key) ?? []
    there.push(d)
    grid.set(key, there)
  }
  const taken = new Set<string>()
  const out: Cluster<D>[] = []
  for (const d of ordered) {
    if (taken.has(d.id)) continue
    const members = near(grid, d, radius).filter((o) => !taken.has(o.id))
    for (const m of members) taken.add(m.id)
    out.push({ x: d.x, y: d.y, members })
  }
  return out
}

function near<D extends Dot>(grid: Map<string, D[]>, d: D, radius: number): D[] {
  const gx = Math.floor(d.x / radius), gy = Math.floor(d.y / radius)
  const cells = [-1, 0, 1].flatMap((x) => [-1, 0, 1].flatMap((y) => grid.get(`${gx + x} ${gy + y}`) ?? []))
  return cells.filter((o) => Math.hypot(o.x - d.x, o.y - d.y) <= radius).sort((a, b) => (a.id < b.id ? -1 : 1))
}

/** Shares of a whole as arcs from 0 to 1, in the order given; nothing for a share of 0. */
export function arcs<K>(shares: [K, number][]): { key: K; from: number; to: number }[] {
  const whole = shares.reduce((sum, [, n]) => sum + n, 0)
  let at = 0
  return shares.filter(([, n]) => n > 0).map(([key, n]) => {
    const from = at
    at += n / whole
    return { key, from, to: at }
  })
}
