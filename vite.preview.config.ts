/** Builds the page of the preview frame into dist/preview: its files below app/, with what pdf.js loads on demand beside them. */

import { cpSync } from 'node:fs';
import { defineConfig } from 'vite';

/** Character tables, fonts that documents may leave out, decoders of pictures. */
const PDF_FILES = ['cmaps', 'standard_fonts', 'wasm'];
/** Whose code is in the frame's files; their licences ask to be passed on with it. */
const PACKAGES = ['pdfjs-dist', 'highlight.js', 'chardet', 'lzma1'];

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
        for (const name of PACKAGES) cpSync(`node_modules/${name}/LICENSE`, `dist/preview/licenses/${name}.txt`);
        cpSync('node_modules/lowlight/license', 'dist/preview/licenses/lowlight.txt');
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
