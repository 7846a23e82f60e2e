// On paper: the map as large as a sheet has room, and under it how to read it,
// whose reports it shows, and when and from where it was printed.
import { app } from "./app.ts"
import { el, fill, h, narrow } from "./dom.ts"
import { list, t } from "./messages.ts"
import { drawTimeline } from "./timeline.ts"
import { fullDay } from "./words.ts"

const room = { width: 1020, height: 460 }

export function startPrint(): void {
  let phone = false
  window.addEventListener("afterprint", () => { if (phone) drawTimeline(0) })
  window.addEventListener("beforeprint", () => {
    phone = narrow()
    if (phone) drawTimeline(room.width)
    const { clientWidth: width, clientHeight: height } = el("map")
    const { style, classList } = document.body
    classList.toggle("was-dark", matchMedia("(prefers-color-scheme: dark)").matches) // its tiles are turned to light by the style sheet
    style.setProperty("--print-width", String(width))
    style.setProperty("--print-height", String(height))
    style.setProperty("--print-zoom", String(Math.min(room.width / width, room.height / height)))
    const publishers = [...new Set(app.data.rows.flatMap((i) => i.reports ?? []).map((r) => r.publisher).filter((p): p is string => Boolean(p)))]
    fill(el("printed"), `${t("tour.2")} `, publishers.length > 0 && h("span", {}, `${t("doc.sources")}: ${list(publishers.slice(0, 20))}. `), t("print.foot", { day: fullDay(new Date().toISOString().slice(0, 10)), address: location.href }))
  })
}
