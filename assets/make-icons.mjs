/**
 * Draws the app's icons from their sources with Chromium: icon.svg, icon-small.svg (up to 24 pixels, drawn on their grid) and tray.svg (one colour).
 * `node assets/make-icons.mjs` after a change to one of them.
 */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const assets = fileURLToPath(new URL('.', import.meta.url));
/** The sizes of the hicolor icon theme, and 1024 for macOS. */
const SIZES = [16, 22, 24, 32, 48, 64, 128, 256, 512, 1024];
const LARGEST_SMALL = 24;
const ICO_SIZES = [16, 24, 32, 48, 64, 128, 256];
/** Apple's types for PNG content by size; those of doubled resolution stand beside. */
const ICNS_TYPES = [
  ['icp4', 16],
  ['icp5', 32],
  ['ic11', 32],
  ['icp6', 64],
  ['ic12', 64],
  ['ic07', 128],
  ['ic08', 256],
  ['ic13', 256],
  ['ic09', 512],
  ['ic14', 512],
  ['ic10', 1024],
];

const source = (name) => readFileSync(join(assets, name), 'utf8');
const browser = await chromium.launch({
  executablePath: process.env.AIRLOCK_CHROMIUM ?? '/usr/bin/chromium',
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
const page = await browser.newPage();

/** An SVG as PNG of so many pixels in square, on a transparent ground. */
async function drawn(svg, size) {
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(
    `<style>body { margin: 0 } svg { display: block; width: ${size}px; height: ${size}px }</style>${svg}`,
  );
  return page.screenshot({ omitBackground: true });
}

/** Windows' container: a directory of 16 bytes for each picture, then the PNGs. 256 is written as 0. */
function ico(pictures) {
  const head = Buffer.alloc(6 + 16 * pictures.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(pictures.length, 4);
  let at = head.length;
  for (const [i, { size, png }] of pictures.entries()) {
    const entry = 6 + 16 * i;
    head[entry] = head[entry + 1] = size % 256;
    head.writeUInt16LE(1, entry + 4);
    head.writeUInt16LE(32, entry + 6);
    head.writeUInt32LE(png.length, entry + 8);
    head.writeUInt32LE(at, entry + 12);
    at += png.length;
  }
  return Buffer.concat([head, ...pictures.map(({ png }) => png)]);
}

/** macOS' container: 'icns' and its length, then for each picture its type, its length with these eight bytes, and the PNG; big-endian. */
function icns(pictures) {
  const tagged = (type, content) => {
    const head = Buffer.alloc(8);
    head.write(type, 'latin1');
    head.writeUInt32BE(8 + content.length, 4);
    return Buffer.concat([head, content]);
  };
  return tagged('icns', Buffer.concat(pictures.map(({ type, png }) => tagged(type, png))));
}

mkdirSync(join(assets, 'icons'), { recursive: true });
const pngs = new Map();
for (const size of SIZES) {
  pngs.set(size, await drawn(source(size <= LARGEST_SMALL ? 'icon-small.svg' : 'icon.svg'), size));
  writeFileSync(join(assets, 'icons', `${size}x${size}.png`), pngs.get(size));
}
writeFileSync(join(assets, 'icon.ico'), ico(ICO_SIZES.map((size) => ({ size, png: pngs.get(size) }))));
writeFileSync(join(assets, 'icon.icns'), icns(ICNS_TYPES.map(([type, size]) => ({ type, png: pngs.get(size) }))));

// macOS colours a template itself; elsewhere there is one for dark bars and one for light ones.
const tray = source('tray.svg');
for (const [name, colour] of [
  ['trayTemplate', '#000'],
  ['trayLight', '#1c2426'],
  ['trayDark', '#fff'],
]) {
  const svg = tray.replaceAll('#000', colour);
  writeFileSync(join(assets, 'icons', `${name}.png`), await drawn(svg, 16));
  writeFileSync(join(assets, 'icons', `${name}@2x.png`), await drawn(svg, 32));
}
await browser.close();
