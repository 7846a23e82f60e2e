// The spot and radius that a person is choosing, on the map: a handle on the
// circle's edge makes it wider or narrower.
import L from "leaflet"
import { map } from "./map.ts"
import { t } from "./messages.ts"

let sketch: L.LayerGroup | undefined

/** Draws a spot with its radius in metres; nothing takes it away. resize is told the radius while the handle is dragged. */
export function drawSketch(lat?: number, lon?: number, radiusM = 0, resize?: (metres: number) => void): void {
  sketch?.remove()
  sketch = undefined
  if (lat === undefined || lon === undefined) return
  const color = getComputedStyle(document.documentElement).getPropertyValue("--accent").trim()
  const at = L.latLng(lat, lon)
  const circle = L.circle(at, { radius: radiusM, color, weight: 2, fillOpacity: 0.08, interactive: false })
  sketch = L.layerGroup([circle, L.circleMarker(at, { radius: 4, color, weight: 2, fillOpacity: 1, interactive: false })])
  if (resize && radiusM > 0) sketch.addLayer(handle(at, circle, resize))
  sketch.addTo(map)
  const wide = map.latLngToLayerPoint(circle.getBounds().getNorthEast()).x - map.latLngToLayerPoint(at).x
  if (!map.getBounds().pad(-0.1).contains(at) || wide < 24 || wide > map.getSize().x / 2) map.fitBounds(at.toBounds(Math.max(radiusM, 500) * 6), { animate: false, maxZoom: 14 })
}

function handle(at: L.LatLng, circle: L.Circle, resize: (metres: number) => void): L.Marker {
  const edge = L.latLng(at.lat, at.lng + circle.getRadius() / (111_320 * Math.max(0.01, Math.cos((at.lat * Math.PI) / 180))))
  const icon = L.divIcon({ className: "radius-handle", iconSize: [24, 24] })
  const marker = L.marker(edge, { icon, draggable: true, keyboard: false, zIndexOffset: 10_000, title: t("edit.radiusDrag"), alt: t("edit.radiusDrag") })
  marker.on("drag", () => {
    const metres = Math.max(10, at.distanceTo(marker.getLatLng()))
    circle.setRadius(metres)
    resize(metres)
  })
  return marker
}
