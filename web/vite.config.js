import { createHash } from "node:crypto";
import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { defineConfig } from "vite";

const OUT = "../kg/web/static/built";
const SOURCES = ["package.json", "package-lock.json", "tsconfig.json", "vite.config.js", ...readdirSync("src").map((name) => `src/${name}`)];

// The terms of what is bundled, which its authors ask to be kept with it.
const licences = () => {
  const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8"));
  const bundled = Object.entries(packages).filter(([path, { dev, optional }]) => path && !dev && !optional);
  return bundled.map(([path, { version, license }]) => {
    const { author, repository } = JSON.parse(readFileSync(`${path}/package.json`, "utf8"));
    const [file] = readdirSync(path).filter((name) => /^licen[cs]e(\.|$)/i.test(name));
    const terms = file ? readFileSync(`${path}/${file}`, "utf8") : `${license}. ${author?.name ?? author ?? repository?.url ?? ""}`;
    return `${path.replace("node_modules/", "")} ${version} (${license})\n\n${terms.trim()}\n`;
  });
};

// What the scripts were built from, and what came out; tests/unit/web/test_built.py compares.
const record = () => ({
  name: "record",
  closeBundle() {
    const hashes = (folder, names) => Object.fromEntries(names.sort().map((name) => [name, createHash("sha256").update(readFileSync(`${folder}/${name}`)).digest("hex")]));
    writeFileSync(`${OUT}/LICENSES.txt`, licences().join(`\n${"-".repeat(80)}\n\n`));
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
