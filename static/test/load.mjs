// Loads TypeScript modules of the page into Node: esbuild bundles them.
import { build } from "esbuild"
import { fileURLToPath } from "node:url"

const here = fileURLToPath(new URL("..", import.meta.url))

/** What the modules of src/ with these names export, together. */
export async function load(...names) {
  const entry = names.map((n) => `export * from "./src/${n}.ts"`).join("\n")
  const out = await build({
    stdin: { contents: entry, resolveDir: here }, bundle: true, write: false, format: "esm", platform: "neutral", logLevel: "error",
  })
  return import(`data:text/javascript;base64,${Buffer.from(out.outputFiles[0].text).toString("base64")}`)
}
