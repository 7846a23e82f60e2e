// Talking to the server. An answer that is no success becomes a Problem, whose
// message says what to do.
import { t } from "./messages.ts"
import type { ProblemDetails } from "./types.ts"

export class Problem extends Error {
  constructor(readonly status: number, message: string, readonly fields: { field: string; reason: string }[] = []) {
    super(message)
  }
}

async function problem(answer: Response): Promise<Problem> {
  try {
    const p = (await answer.json()) as ProblemDetails
    return new Problem(answer.status, p.detail || p.title, p.errors)
  } catch {
    return new Problem(answer.status, t("error.status", { status: String(answer.status) }))
  }
}

async function send(path: string, init: RequestInit): Promise<Response> {
  let answer: Response
  try {
    answer = await fetch(path, init)
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error
    throw new Problem(0, t("error.offline"))
  }
  if (!answer.ok) throw await problem(answer)
  return answer
}

/** Reads JSON from an address of this server. */
export async function get<T>(path: string, signal?: AbortSignal): Promise<T> {
  const answer = await send(path, { headers: { Accept: "application/geo+json, application/json" }, signal: signal ?? null })
  return (await answer.json()) as T
}

/** Sends JSON and reads the answer; undefined where it has no body. */
export async function write<T>(method: "POST" | "PATCH" | "DELETE", path: string, body?: unknown): Promise<T> {
  const init: RequestInit = { method, headers: { Accept: "application/json" } }
  if (body !== undefined) {
    init.body = JSON.stringify(body)
    init.headers = { Accept: "application/json", "Content-Type": "application/json" }
  }
  const answer = await send(path, init)
  return (answer.status === 204 ? undefined : await answer.json()) as T
}

/** Sends a file as it is and reads the answer. */
export async function sendFile<T>(path: string, file: Blob, mediaType: string): Promise<T> {
  const answer = await send(path, { method: "POST", headers: { Accept: "application/json", "Content-Type": mediaType }, body: file })
  return (await answer.json()) as T
}

/** What to say of an error: which fields are wrong and why, where it tells; "" where it was only given up. */
export function sayError(error: unknown): string {
  if (error instanceof DOMException && error.name === "AbortError") return ""
  if (error instanceof Problem && error.fields.length) return error.fields.map((f) => `${f.field}: ${f.reason}`).join("; ")
  return error instanceof Error ? error.message : String(error)
}
