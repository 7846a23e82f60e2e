// Reports as files: dropped or chosen, read by the server as what they are.
import { Problem, sendFile, write } from "./api.ts"
import { h } from "./dom.ts"
import { t } from "./messages.ts"
import type { Body, ReportAnswer } from "./types.ts"

/** What the server reads, by a file's ending; anything else is sent as what the browser takes it for. */
const media: Record<string, string> = {
  txt: "text/plain", md: "text/markdown", markdown: "text/markdown", html: "text/html", htm: "text/html", eml: "message/rfc822",
  rss: "application/rss+xml", atom: "application/atom+xml", xml: "application/xml",
}

/** A place to drop files on, the whole sheet with it, and a button to choose them. */
export function dropZone(body: HTMLElement, take: (files: File[]) => void): HTMLElement {
  const input = h("input", { type: "file", multiple: true, accept: Object.keys(media).map((e) => `.${e}`).join(","), class: "unseen", id: "add-files", tabindex: -1, "aria-hidden": "true" })
  input.addEventListener("change", () => { if (input.files?.length) take([...input.files]) })
  const choose = h("button", { type: "button", onclick: () => input.click() }, t("files.choose"))
  const over = (on: boolean) => (e: DragEvent): void => {
    if (!e.dataTransfer?.types.includes("Files")) return
    e.preventDefault()
    body.classList.toggle("dropping", on)
  }
  body.ondragover = over(true)
  body.ondragleave = over(false)
  body.ondrop = (e) => {
    over(false)(e)
    const files = [...(e.dataTransfer?.files ?? [])]
    if (files.length) take(files)
  }
  return h("div", { class: "drop" }, h("p", { class: "hint" }, t("files.drop")), choose, input)
}

/** Reads a file without keeping it. What it does not say itself it has from the form. */
export async function readFile(file: File, form: Body): Promise<ReportAnswer> {
  const type = media[file.name.toLowerCase().split(".").at(-1) ?? ""] ?? file.type.split(";")[0] ?? ""
  if (!Object.values(media).includes(type)) throw new Problem(415, t("files.unknown", { name: file.name }))
  const answer = await sendFile<ReportAnswer>("/reports?preview", file, type)
  const r = answer.report
  if ((r.publisher || !form.publisher) && (r.published || !form.published) && !form.country) return answer
  return write<ReportAnswer>("POST", "/reports?preview", {
    text: r.text, title: r.title ?? "", author: r.author ?? "", url: r.url ?? "", publisher: r.publisher || form.publisher, published: r.published || form.published, country: form.country,
  })
}
