// A basemap of the user's own from a PMTiles archive that the server gives out by
// ranges: vector tiles of the Protomaps scheme, or raster tiles. Our own basemap
// stays under it, for where and at which zooms the archive has nothing.
import type L from "leaflet"
import { leafletRasterLayer, PMTiles } from "pmtiles"
import { leafletLayer } from "protomaps-leaflet"

/** What the server's vocabulary says of an archive. */
export interface Archive {
  url: string
  tiles: "mvt" | "png" | "jpeg" | "webp" | "avif"
  min_zoom: number
  max_zoom: number
  /** West, south, east, north in degrees. */
  bounds: [number, number, number, number]
}

function layerOf(a: Archive, dark: boolean, lang: string): L.GridLayer {
  const [west, south, east, north] = a.bounds
  const bounds: L.LatLngBoundsLiteral = [[south, west], [north, east]]
  const url = new URL(a.url, location.href).href
  if (a.tiles !== "mvt") {
    const options: L.GridLayerOptions = { bounds, minZoom: a.min_zoom, maxNativeZoom: a.max_zoom, maxZoom: 17, className: "archive" }
    return leafletRasterLayer(new PMTiles(url), options) as L.GridLayer
  }
  return leafletLayer({
    url, bounds, minZoom: a.min_zoom, maxDataZoom: a.max_zoom, maxZoom: 17, className: "archive", attribution: "",
    flavor: dark ? "dark" : "light", lang: lang.slice(0, 2),
  }) as unknown as L.GridLayer
}

/** Puts an archive on a map, in the colours of the page's scheme. Both packages look for Leaflet among the globals. */
export function showArchive(leaflet: typeof L, map: L.Map, a: Archive, scheme: MediaQueryList, lang: string): void {
  Object.assign(globalThis, { L: leaflet })
  let layer = layerOf(a, scheme.matches, lang).addTo(map)
  scheme.addEventListener("change", () => {
    layer.remove()
    layer = layerOf(a, scheme.matches, lang).addTo(map)
  })
}
