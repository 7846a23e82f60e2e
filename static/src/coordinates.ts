// Coordinates as people write them: decimal degrees, degrees with minutes and
// seconds, UTM and MGRS (WGS 84). Pure.

export interface Spot { lat: number; lon: number }

const found = (lat: number, lon: number): Spot | undefined =>
  Number.isFinite(lat) && Number.isFinite(lon) && Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? { lat, lon } : undefined

/** The spot that a text names; nothing where it is no coordinates. Latitude comes first unless letters say otherwise. */
export function parseCoordinates(text: string): Spot | undefined {
  const plain = text.trim().toUpperCase().replace(/[’′]/g, "'").replace(/[”″]|''/g, '"').replace(/[º˚]/g, "°").replace(/−/g, "-")
  return mgrs(plain) ?? utm(plain) ?? degrees(plain)
}

function degrees(text: string): Spot | undefined {
  // A comma within a number only where another sign parts the two numbers.
  const norm = /\d,\d/.test(text) && (/[;/]|,\s|\d\s+-?\d/.test(text)) && !/\./.test(text) ? text.replace(/(\d),(\d)/g, "$1.$2") : text
  const one = `([NSEWO]?)\\s*([-+]?\\d+(?:\\.\\d+)?)\\s*(?:°\\s*)?(?:(\\d+(?:\\.\\d+)?)\\s*'\\s*)?(?:(\\d+(?:\\.\\d+)?)\\s*"\\s*)?([NSEWO]?)`
  const m = new RegExp(`^${one}\\s*[,;/\\s]\\s*${one}$`).exec(norm) ?? ((norm.match(/[NSEWO]/g) ?? []).length > 1 ? new RegExp(`^${one}${one}$`).exec(norm) : null)
  if (!m) return undefined
  const read = (k: number): [number, string] => {
    const side = m[k] || m[k + 4] || ""
    const whole = Number(m[k + 1])
    const value = Math.abs(whole) + Number(m[k + 2] ?? 0) / 60 + Number(m[k + 3] ?? 0) / 3600
    return [(m[k + 1]?.startsWith("-") ? -1 : 1) * (/[SWO]/.test(side) ? -1 : 1) * value, side]
  }
  const [a, first] = read(1), [b, second] = read(6)
  const turned = /[EWO]/.test(first) || /[NS]/.test(second)
  return turned ? found(b, a) : found(a, b)
}

function utm(text: string): Spot | undefined {
  const m = /^(?:UTM\s*)?(\d{1,2})\s*([C-HJ-NP-X])\s*(\d{6})(?:\.\d+)?\s*M?E?[\s,]+(\d{1,8})(?:\.\d+)?\s*M?N?$/.exec(text)
  if (!m || m[1] === undefined) return undefined
  return fromUTM(Number(m[1]), (m[2] ?? "") >= "N", Number(m[3]), Number(m[4]))
}

function mgrs(text: string): Spot | undefined {
  const m = /^(\d{1,2})\s*([C-HJ-NP-X])\s*([A-HJ-NP-Z])([A-HJ-NP-V])\s*(\d{1,5})\s+(\d{1,5})$/.exec(text) ?? /^(\d{1,2})([C-HJ-NP-X])([A-HJ-NP-Z])([A-HJ-NP-V])()((?:\d\d){0,5})$/.exec(text.replace(/\s/g, ""))
  if (!m) return undefined
  const zone = Number(m[1]), [band = "", column = "", row = ""] = m.slice(2, 5)
  const digits = m[5] ? [m[5], m[6] ?? ""] : [(m[6] ?? "").slice(0, (m[6] ?? "").length / 2), (m[6] ?? "").slice((m[6] ?? "").length / 2)]
  if (digits[0]?.length !== digits[1]?.length || zone < 1 || zone > 60) return undefined
  const unit = 10 ** (5 - (digits[0]?.length ?? 0))
  const columns = ["ABCDEFGH", "JKLMNPQR", "STUVWXYZ"][(zone - 1) % 3] ?? ""
  if (!columns.includes(column)) return undefined
  const easting = (columns.indexOf(column) + 1) * 100_000 + (Number(digits[0]) + (digits[0] ? 0.5 : 0)) * unit
  const rows = "ABCDEFGHJKLMNPQRSTUV"
  const step = ((rows.indexOf(row) - (zone % 2 ? 0 : 5) + 20) % 20) * 100_000
  const north = band >= "N"
  const middle = -76 + "CDEFGHJKLMNPQRSTUVWX".indexOf(band) * 8 // latitude of the band's middle
  const about = (middle * 110_574 * 0.9996) + (north ? 0 : 10_000_000)
  const northing = step + Math.round((about - step) / 2_000_000) * 2_000_000 + (Number(digits[1]) + (digits[1] ? 0.5 : 0)) * unit
  return fromUTM(zone, north, easting, northing)
}

/** The point of UTM coordinates, by Krüger's series to the third order: to a centimetre. */
function fromUTM(zone: number, north: boolean, easting: number, northing: number): Spot | undefined {
  if (zone < 1 || zone > 60) return undefined
  const f = 1 / 298.257223563, n = f / (2 - f)
  const a = (6_378_137 / (1 + n)) * (1 + n ** 2 / 4 + n ** 4 / 64)
  const beta = [n / 2 - (2 / 3) * n ** 2 + (37 / 96) * n ** 3, n ** 2 / 48 + n ** 3 / 15, (17 / 480) * n ** 3]
  const delta = [2 * n - (2 / 3) * n ** 2 - 2 * n ** 3, (7 / 3) * n ** 2 - (8 / 5) * n ** 3, (56 / 15) * n ** 3]
  const xi = (northing - (north ? 0 : 10_000_000)) / (0.9996 * a), eta = (easting - 500_000) / (0.9996 * a)
  let x = xi, y = eta
  beta.forEach((b, k) => {
    const j = 2 * (k + 1)
    x -= b * Math.sin(j * xi) * Math.cosh(j * eta)
    y -= b * Math.cos(j * xi) * Math.sinh(j * eta)
  })
  const chi = Math.asin(Math.sin(x) / Math.cosh(y))
  const phi = delta.reduce((sum, d, k) => sum + d * Math.sin(2 * (k + 1) * chi), chi)
  return found((phi * 180) / Math.PI, zone * 6 - 183 + (Math.atan2(Math.sinh(y), Math.cos(x)) * 180) / Math.PI)
}

/** "33.3128, 44.3615" and 33°18′46″N 44°21′41″E. */
export function written({ lat, lon }: Spot): { decimal: string; sexagesimal: string } {
  const one = (x: number, plus: string, minus: string): string => {
    const s = Math.round(Math.abs(x) * 3600)
    const two = (k: number): string => String(k).padStart(2, "0")
    return `${Math.floor(s / 3600)}°${two(Math.floor(s / 60) % 60)}′${two(s % 60)}″${x < 0 ? minus : plus}`
  }
  return { decimal: `${lat.toFixed(4)}, ${lon.toFixed(4)}`, sexagesimal: `${one(lat, "N", "S")} ${one(lon, "E", "W")}` }
}
