// The basemap of our own: a Leaflet grid layer whose tiles are drawn on canvas
// from the files that build/basemap.mjs made, finer by zoom.
import L from "leaflet"

declare const BASEMAP: { prefix: string; levels: { name: string; cell: number }[]; cells: string[]; countries: string[] }

const kinds = ["land", "lakes", "rivers", "borders", "dashed"] as const
type Kind = (typeof kinds)[number]
/** A line in Web Mercator, 0 to 1 eastward and southward, with its bounds. */
interface Line { xy: Float64Array; w: number; n: number; e: number; s: number }
type Cell = Record<Kind, Line[]>

const available = new Set(BASEMAP.cells)
const kept = new Map<string, Promise<Cell>>()

const mercatorY = (lat: number): number => {
  const sin = Math.sin((Math.max(-85.06, Math.min(85.06, lat)) * Math.PI) / 180)
  return 0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)
}

function decode(packed: number[], scale: number): Line {
  const xy = new Float64Array(packed.length)
  let x = 0, y = 0, w = Infinity, n = Infinity, e = -Infinity, s = -Infinity
  for (let k = 0; k < packed.length; k += 2) {
    x += packed[k] ?? 0
    y += packed[k + 1] ?? 0
    const mx = x / scale / 360 + 0.5
    const my = mercatorY(y / scale)
    xy[k] = mx
    xy[k + 1] = my
    w = Math.min(w, mx); e = Math.max(e, mx); n = Math.min(n, my); s = Math.max(s, my)
  }
  return { xy, w, n, e, s }
}

/** Reads one of the basemap's files. */
export async function basemapFile<T>(name: string): Promise<T> {
  const answer = await fetch(`/assets/${BASEMAP.prefix}${name}.json`)
  if (!answer.ok) throw new Error(`basemap ${name}: status ${answer.status}`)
  return (await answer.json()) as T
}

/** Whether there is an outline of a country. */
export const hasOutline = (country: string): boolean => BASEMAP.countries.includes(country)

function cell(name: string): Promise<Cell> {
  const before = kept.get(name)
  if (before) return before
  const made = basemapFile<Record<Kind, number[][]> & { scale: number }>(name).then(
    (file) => Object.fromEntries(kinds.map((k) => [k, (file[k] ?? []).map((l) => decode(l, file.scale))])) as unknown as Cell,
  )
  made.catch(() => kept.delete(name))
  kept.set(name, made)
  return made
}

const levelAt = (zoom: number): { name: string; cell: number } =>
  (zoom < 4 ? BASEMAP.levels[0] : zoom < 7 ? BASEMAP.levels[1] : BASEMAP.levels[2]) ?? { name: "110", cell: 360 }

/** Names of the cells that a box in 0 to 1 touches. */
function cellsOf(level: { name: string; cell: number }, w: number, n: number, e: number, s: number): string[] {
  const size = level.cell
  const tall = Math.min(size, 180)
  const lat = (y: number): number => (Math.atan(Math.sinh(Math.PI * (1 - 2 * y))) * 180) / Math.PI
  const out = []
  for (let x = Math.floor((w * 360) / size); x <= Math.floor((e * 360 - 1e-9) / size); x++) {
    for (let y = Math.floor((lat(s) + 90) / tall); y <= Math.floor((lat(n) + 90 - 1e-9) / tall); y++) {
      const name = `${level.name}-${x}-${y}`
      if (available.has(name)) out.push(name)
    }
  }
  return out
}

export interface Palette { land: string; sea: string; border: string; river: string }

class Basemap extends L.GridLayer {
  constructor(private palette: () => Palette) {
    super({ tileSize: 512, updateWhenZooming: false, keepBuffer: 1, className: "basemap" })
  }

  override createTile(at: L.Coords, done: L.DoneCallback): HTMLElement {
    const canvas = document.createElement("canvas")
    const ratio = Math.min(2, window.devicePixelRatio || 1)
    canvas.width = canvas.height = 512 * ratio
    const drawing = new OffscreenCanvas(canvas.width, canvas.height)
    const tiles = 2 ** (at.z - 1) // tiles of 512 px around the Earth
    const x = ((at.x % tiles) + tiles) % tiles
    const box = { w: x / tiles, n: at.y / tiles, e: (x + 1) / tiles, s: (at.y + 1) / tiles }
    const names = cellsOf(levelAt(at.z), box.w, Math.max(0, box.n), box.e, Math.min(1, box.s))
    Promise.all(names.map(cell)).then(
      (cells) => {
        draw(drawing, cells, box, at.z, ratio, this.palette())
        canvas.getContext("bitmaprenderer")?.transferFromImageBitmap(drawing.transferToImageBitmap()) // a picture: a canvas that may be drawn on costs time in every frame
        done(undefined, canvas)
      },
      (error: Error) => done(error, canvas),
    )
    return canvas
  }
}

interface Box { w: number; n: number; e: number; s: number }

function draw(canvas: OffscreenCanvas, cells: Cell[], box: Box, zoom: number, ratio: number, p: Palette): void {
  const c = canvas.getContext("2d")
  if (!c) return
  const size = canvas.width
  const k = size / (box.e - box.w)
  const seen = (l: Line): boolean => l.w <= box.e && l.e >= box.w && l.n <= box.s && l.s >= box.n
  const path = (kind: Kind): void => {
    c.beginPath()
    for (const one of cells) for (const l of one[kind]) if (seen(l)) trace(c, l, box, k)
  }
  c.fillStyle = p.sea
  c.fillRect(0, 0, size, size)
  c.lineJoin = c.lineCap = "round"
  for (const one of cells) {
    c.beginPath()
    for (const l of one.land) if (seen(l)) trace(c, l, box, k)
    c.fillStyle = p.land
    c.fill("evenodd")
  }
  if (zoom < 8 && zoom > 2) stroke(c, () => path("rivers"), p.river, ratio * (zoom < 6 ? 0.6 : 1.1))
  if (zoom <= 10) {
    path("lakes")
    c.fillStyle = p.sea
    c.fill("evenodd")
  }
  stroke(c, () => path("borders"), p.border, ratio * (zoom < 4 ? 0.8 : 1.1))
  c.setLineDash([4 * ratio, 3 * ratio])
  c.lineCap = "butt"
  stroke(c, () => path("dashed"), p.border, ratio * (zoom < 4 ? 0.8 : 1.1))
  c.setLineDash([])
}

function stroke(c: OffscreenCanvasRenderingContext2D, path: () => void, color: string, width: number): void {
  path()
  c.strokeStyle = color
  c.lineWidth = width
  c.stroke()
}

/** Adds a line to the path; points closer than half a pixel are passed over. */
function trace(c: OffscreenCanvasRenderingContext2D, l: Line, box: Box, k: number): void {
  const { xy } = l
  let px = NaN, py = NaN
  for (let i = 0; i < xy.length; i += 2) {
    const x = ((xy[i] ?? 0) - box.w) * k
    const y = ((xy[i + 1] ?? 0) - box.n) * k
    if (i === 0) c.moveTo(x, y)
    else if (Math.abs(x - px) + Math.abs(y - py) < 0.5 && i < xy.length - 2) continue
    else c.lineTo(x, y)
    px = x
    py = y
  }
}

/** The layer; call redraw() on it where the colour scheme changed. */
export const basemap = (palette: () => Palette): L.GridLayer => new Basemap(palette)
