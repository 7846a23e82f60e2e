// Builds the page into dist/: index.html and assets whose names carry a hash of
// what they hold. `node build.mjs --fast` keeps the basemap that is there.
import { build } from "esbuild"
import { readFile, readdir, rm, writeFile } from "node:fs/promises"
import { existsSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { buildBasemap } from "./build/basemap.mjs"

const here = fileURLToPath(new URL(".", import.meta.url))
const assets = `${here}dist/assets`
const kept = `${here}dist/.basemap.json`

async function basemap() {
  if (process.argv.includes("--fast") && existsSync(kept)) {
    for (const name of await readdir(assets)) if (!name.startsWith("map-")) await rm(`${assets}/${name}`)
    return JSON.parse(await readFile(kept, "utf8"))
  }
  await rm(`${here}dist`, { recursive: true, force: true })
  const made = await buildBasemap(assets, `${here}disputed.geojson`)
  await writeFile(kept, JSON.stringify(made))
  return made
}

const made = await basemap()
const result = await build({
  absWorkingDir: here,
  entryPoints: { main: "src/main.ts" },
  outdir: "dist/assets",
  entryNames: "[name]-[hash]",
  bundle: true,
  minify: true,
  format: "esm",
  splitting: true,
  chunkNames: "[name]-[hash]",
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  loader: { ".png": "dataurl" },
  define: { BASEMAP: JSON.stringify(made) },
  metafile: true,
})
const written = Object.keys(result.metafile.outputs).map((p) => p.replace(/^dist/, ""))
// what main.js imports at once is asked with it, not after it
const [main] = Object.entries(result.metafile.outputs).find(([path]) => /\/main-[^/]*\.js$/.test(path))
const first = result.metafile.outputs[main].imports.filter((i) => i.kind === "import-statement").map((i) => i.path.replace(/^dist/, ""))
const html = (await readFile(`${here}index.html`, "utf8"))
  .replace("</head>", [...first.map((path) => `<link rel="modulepreload" href="${path}">`), "</head>"].join("\n"))
  .replace("main.css", written.find((p) => p.endsWith(".css")))
  .replace("main.js", written.find((p) => /\/main-[^/]*\.js$/.test(p)))
await writeFile(`${here}dist/index.html`, html)
for (const [path, { bytes }] of Object.entries(result.metafile.outputs)) console.log(`${(bytes / 1024).toFixed(0).padStart(6)} kB  ${path}`)
