// Starts the built program for the browser test: DATELINE_BIN serve on a free
// port with a database of its own.
import { execFile, spawn } from "node:child_process"
import { mkdtemp, rm, writeFile } from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { createInterface } from "node:readline"
import { promisify } from "node:util"

const run = promisify(execFile)

/**
 * A running server: its address, its one-time link, a token of its own, and how
 * to stop it. With features it serves them, with drafts for everyone; else the
 * sample reports. Options are further flags.
 */
export async function serve(binary, { features, options = [] } = {}) {
  const folder = await mkdtemp(join(tmpdir(), "dateline-page-"))
  const db = join(folder, "test.db")
  if (features) {
    const file = join(folder, "made.geojson")
    await writeFile(file, JSON.stringify({ type: "FeatureCollection", features }))
    await run(binary, ["import", "--db", db, file])
  }
  const child = spawn(binary, ["serve", "--addr", "127.0.0.1:0", ...(features ? ["--public", "drafts"] : ["--sample"]), ...options, "--db", db], { stdio: ["ignore", "pipe", "pipe"] })
  const errors = []
  child.stderr.on("data", (d) => errors.push(d))
  const said = { url: "", once: "" }
  await new Promise((resolve, reject) => {
    child.on("exit", (code) => reject(new Error(`serve ended with ${code}: ${Buffer.concat(errors)}`)))
    createInterface({ input: child.stdout }).on("line", (line) => {
      said.url ||= /^Dateline is at (\S+?)\/?$/.exec(line)?.[1] ?? ""
      said.once ||= /^Sign in once with (\S+)$/.exec(line)?.[1] ?? ""
      if (said.url && said.once) resolve()
    })
  })
  return {
    ...said,
    async token(name) {
      const { stdout } = await run(binary, ["token", "add", name, "--db", db])
      return stdout.trim().split(/\s+/).at(-1)
    },
    async stop() {
      child.removeAllListeners("exit")
      const ended = new Promise((resolve) => child.on("exit", resolve))
      child.kill("SIGTERM")
      await ended
      await rm(folder, { recursive: true, force: true })
    },
  }
}
