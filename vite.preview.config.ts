/** Builds the page of the preview frame into dist/preview: its files below app/, with what pdf.js loads on demand beside them. */

import { cpSync } from 'node:fs';
import { defineConfig } from 'vite';

/** Character tables, fonts that documents may leave out, decoders of pictures. */
const PDF_FILES = ['cmaps', 'standard_fonts', 'wasm'];

export default defineConfig({
  root: 'preview',
  base: './',
  publicDir: false,
  plugins: [
    {
      name: 'pdf-files',
      closeBundle() {
        for (const folder of PDF_FILES)
          cpSync(`node_modules/pdfjs-dist/${folder}`, `dist/preview/app/pdf/${folder}`, { recursive: true });
      },
    },
  ],
  worker: { format: 'iife' },
  build: {
    outDir: '../dist/preview',
    assetsDir: 'app',
    emptyOutDir: true,
    target: 'es2023',
    assetsInlineLimit: 0,
    modulePreload: false,
  },
});
