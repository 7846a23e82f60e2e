// Prints the names of countries in the page's languages but English, as Node.js has
// them from CLDR: node .ci/countries.mjs > web/words/countries.tsv
const languages = ["ar", "es", "fr", "uk"]
const names = languages.map((l) => new Intl.DisplayNames([l], { type: "region", fallback: "none" }))
console.log(["code", ...languages].join("\t"))
const letters = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"]
for (const a of letters) {
  for (const b of letters) {
    const code = a + b
    if (Intl.getCanonicalLocales(`und-${code}`)[0] !== `und-${code}` || ["EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"].includes(code)) continue // groupings, and codes that another replaced
    const row = names.map((n) => n.of(code))
    if (row.every(Boolean)) console.log([code, ...row].join("\t"))
  }
}
