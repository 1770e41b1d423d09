import { defineConfig } from "vite";

// One script and one worker with names that stay, straight into the package; nothing else is written.
export default defineConfig({
  base: "/static/",
  build: {
    outDir: "../kg/web/static/built",
    emptyOutDir: true,
    target: "es2022",
    modulePreload: false,
    rollupOptions: {
      input: "src/explore.ts",
      output: { entryFileNames: "explore.js", chunkFileNames: "[name].js", assetFileNames: "[name][extname]" },
    },
  },
  worker: { format: "es", rollupOptions: { output: { entryFileNames: "layout.js" } } },
});
