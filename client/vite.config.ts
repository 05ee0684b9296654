import { defineConfig } from 'vite';

const API = 'http://127.0.0.1:8080';

/** The app: `vite` serves it against a running server, `vite build` writes dist/client. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/',
  build: {
    outDir: '../dist/client',
    emptyOutDir: true,
    manifest: true,
    target: 'es2022',
    // The map library is one large file that is loaded after the first panel is on screen.
    chunkSizeWarningLimit: 1500,
    // Everything is a file of its own: the content security policy allows no data: addresses.
    assetsInlineLimit: 0,
    rolldownOptions: {
      onLog(level, log, handle) {
        // Packages mark files for server components; in a browser bundle the mark means nothing.
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') handle(level, log);
      },
    },
  },
  server: {
    host: '127.0.0.1',
    proxy: Object.fromEntries(
      ['/api/v1', '/tiles', '/openapi.json', '/docs', '/healthz', '/readyz', '/problems'].map(
        (path) => [path, { target: API }],
      ),
    ),
  },
});
