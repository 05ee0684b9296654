import { existsSync } from 'node:fs';
import path from 'node:path';
import { defineConfig } from 'vite';
import type { Plugin } from 'vite';

import { writeSlimPostgis } from './start/slim-postgis.ts';

const root = path.resolve(import.meta.dirname, '..');

const entries: Readonly<Record<string, string>> = {
  main: 'server/main.ts',
  cli: 'server/cli/cli.ts',
  'embedded-worker': 'server/db/embedded-worker.ts',
  'import-worker': 'server/features/imports/import-worker.ts',
};

const slimPostgis: Plugin = {
  name: 'slim-postgis',
  writeBundle: ({ dir }) => writeSlimPostgis(path.join(dir ?? '', 'postgis.tar.gz')),
};

/** Bundles our own TypeScript only; packages are loaded from node_modules at run time. */
export default defineConfig({
  root,
  publicDir: false,
  plugins: [slimPostgis],
  ssr: { target: 'node' },
  build: {
    ssr: true,
    target: 'node20',
    outDir: path.join(root, 'dist/server'),
    // A running server may open its engine again while a build is made: files are replaced, never missing.
    emptyOutDir: false,
    minify: false,
    sourcemap: true,
    rolldownOptions: {
      input: Object.fromEntries(
        Object.entries(entries)
          .map(([name, file]) => [name, path.join(root, file)] as const)
          .filter(([, file]) => existsSync(file)),
      ),
      output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name].js' },
    },
  },
});
