// Made incidents for the browser tests: the same ones each time.

const types = ["air-strike", "shelling", "armed-clash", "peaceful-protest", "flood", "road-crash"]

function incident(id, lon, lat, more = {}) {
  const day = new Date(Date.UTC(2024, 0, 1 + (id % 300))).toISOString().slice(0, 10)
  const site = { role: "site", place: `Place ${id % 40}`, lon, lat, radius_m: 500, precision: "settlement", country: "KE", ...more.site }
  delete more.site
  return { type: "Feature", id: `made${id}`, geometry: { type: "Point", coordinates: [lon, lat] }, properties: {
    id: `made${id}`, title: `Made incident ${id}`, type: types[id % types.length], status: "published", start: day, end: day, date_precision: "day",
    place: site.place, country: "KE", places: [site], killed_best: id % 7 ? id % 12 : undefined, actors: [{ name: id % 2 ? "First Brigade" : "Second Brigade", role: "perpetrator" }], ...more,
  } }
}

/** So many incidents around Nairobi; five of them at one spot far from the others, and one without a place. */
export function made(n) {
  const all = []
  for (let k = 0; k < n - 6; k++) {
    const angle = k * 2.39996, far = 0.02 * Math.sqrt(k)
    all.push(incident(k, 36.8 + far * Math.cos(angle), -1.3 + far * Math.sin(angle)))
  }
  for (let k = n - 6; k < n - 1; k++) all.push(incident(k, 45.3, 2.05))
  const lost = incident(n - 1, 0, 0)
  return [...all, { ...lost, geometry: null, properties: { ...lost.properties, place: "Nowhere", places: [{ role: "site", place: "Nowhere" }] } }]
}
