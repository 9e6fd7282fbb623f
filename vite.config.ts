/** Builds the interface into dist/renderer. */

import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vite';

export default defineConfig({
  root: 'renderer',
  base: './',
  plugins: [svelte()],
  build: {
    outDir: '../dist/renderer',
    emptyOutDir: true,
    target: 'es2023',
    // The content security policy allows no data: scripts and styles; small assets stay files.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
