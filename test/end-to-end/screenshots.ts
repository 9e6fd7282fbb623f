/**
 * Takes the pictures in docs/screenshots of the app as it is built, over the browser shell, each view in light and in dark, and writes docs/VIEWS.md:
 * `npm run screenshots`; with AIRLOCK_VIEWS=list,space only those. Needs Chromium and, for the damaged stick, Debian's e2fsprogs; makes the pictures
 * smaller where pngquant is installed, and uses the Inter typeface where the system has no better one.
 */

import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launchBrowser, makeHome } from './shell.ts';
import { Stage, VIEWS, type View } from './views.ts';

const DOCS = fileURLToPath(new URL('../../docs', import.meta.url));
const FOLDER = process.env.AIRLOCK_SCREENSHOTS ?? join(DOCS, 'screenshots');
const THEMES = ['light', 'dark'] as const;
const SIZE = { width: 1220, height: 780 };

/** fontconfig's families for the interface where a machine has no desktop font: only these pictures use it. */
const FONTS = `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><include>/etc/fonts/fonts.conf</include>${[
  'system-ui',
  'ui-sans-serif',
]
  .map(
    (family) =>
      `<match target="pattern"><test name="family"><string>${family}</string></test><edit name="family" mode="prepend" binding="strong"><string>Inter</string></edit></match>`,
  )
  .join('')}</fontconfig>`;

function describe(views: readonly View[]): string {
  const rows = views.map(
    ({ name, title }) => `| ${title} | ![](screenshots/${name}-light.png) | ![](screenshots/${name}-dark.png) |`,
  );
  return `# Every view, in light and in dark

\`npm run screenshots\` takes these pictures of the built app over the browser shell (\`test/end-to-end/views.ts\`). The drivers read the files from
images of sticks; that an image looks like a USB stick, and how far a copy is, is put in for the picture.

| | light | dark |
|---|---|---|
${rows.join('\n')}
`;
}

mkdirSync(FOLDER, { recursive: true });
const fonts = join(makeHome(), 'fonts.conf');
writeFileSync(fonts, FONTS);
if (process.platform === 'linux') process.env.FONTCONFIG_FILE = fonts;
const only = process.env.AIRLOCK_VIEWS?.split(',');
const stage = new Stage(await launchBrowser());
for (const view of VIEWS) {
  if (only !== undefined && !only.includes(view.name)) continue;
  for (const theme of THEMES) {
    const path = join(FOLDER, `${view.name}-${theme}.png`);
    const page = await stage.open(view, { theme, ...SIZE });
    await page.screenshot({ path, animations: 'disabled', caret: 'hide' });
    await page.context().close();
    spawnSync('pngquant', ['--force', '--output', path, '--quality', '80-98', '--speed', '1', '--strip', path]);
    process.stdout.write(`${path}\n`);
  }
}
await stage.close();
await stage.browser.close();
if (only === undefined && process.env.AIRLOCK_SCREENSHOTS === undefined)
  writeFileSync(join(DOCS, 'VIEWS.md'), describe(VIEWS));
