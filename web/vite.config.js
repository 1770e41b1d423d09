import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { defineConfig } from "vite";

const OUT = "../kg/web/static/built";
const SOURCES = ["package.json", "package-lock.json", "tsconfig.json", "vite.config.js", ...readdirSync("src").map((name) => `src/${name}`)];

// What the scripts were built from, and what came out; tests/unit/web/test_built.py compares.
const record = () => ({
  name: "record",
  closeBundle() {
    const hashes = (folder, names) => Object.fromEntries(names.sort().map((name) => [name, createHash("sha256").update(readFileSync(`${folder}/${name}`)).digest("hex")]));
    const built = readdirSync(OUT).filter((name) => name !== "manifest.json");
    writeFileSync(`${OUT}/manifest.json`, `${JSON.stringify({ sources: hashes(".", SOURCES), built: hashes(OUT, built) }, null, 1)}\n`);
  },
});

// Scripts, a worker and a style sheet with names that stay, straight into the package.
export default defineConfig({
  base: "/static/",
  plugins: [record()],
  build: {
    outDir: OUT,
    emptyOutDir: true,
    target: "es2022",
    modulePreload: false,
    chunkSizeWarningLimit: 800,
    rollupOptions: {
      input: { explore: "src/explore.ts", sparql: "src/sparql.ts" },
      output: { entryFileNames: "[name].js", chunkFileNames: "[name].js", assetFileNames: "[name][extname]" },
    },
  },
  worker: { format: "es", rollupOptions: { output: { entryFileNames: "layout.js" } } },
});
