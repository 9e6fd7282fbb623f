/**
 * What makes two machines draw alike: fonts by a configuration of our own, from a package of the project and, for what that lacks, from the system; and a
 * fingerprint that tells whether it worked.
 */

import { createHash } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Browser } from 'playwright-core';
import { PNG } from 'pngjs';

/** Which letters a view has. */
export type Script = 'latin' | 'fixed-width' | 'arabic';

export interface Environment {
  /** Major version. */
  chromium: string;
  /** SHA-256 of the pixels of a text in each script. */
  drawn: Record<Script, string>;
}

const TEXTS: Record<Script, string> = {
  latin: 'Airlock reads 1,234.5 kB “safely” — Grüße, Łódź … § ▸',
  'fixed-width': '00000010  4d 5a 90 00 \\\\198.51.100.7\\share {}',
  arabic: 'نسخ كل شيء، ثم الإخراج بأمان ١٢٣',
};
const FAMILIES: Record<Script, string> = {
  latin: 'ui-sans-serif',
  'fixed-width': 'ui-monospace',
  arabic: 'ui-sans-serif, "Noto Sans Arabic"',
};
/** The first is packaged, and taken from there. There are no others, because the interface would take one that it likes better where that is installed. */
const FONTS = ['Liberation Sans', 'DejaVu Sans Mono', 'Noto Sans Arabic'];
/** Those of the interface (renderer/styles). */
const SIZES = [11, 12, 13, 15, 20, 28];
const WEIGHTS = [400, 500, 550, 600, 700];

/** Before the browser is started: writes the fonts' configuration and gives its path. */
export function writeFontConfig(): string {
  const folder = mkdtempSync(join(tmpdir(), 'airlock-fonts-'));
  const packaged = join(dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json')), 'standard_fonts');
  const prefer = (family: string, wanted: string) =>
    `<match target="pattern"><test name="family"><string>${family}</string></test><edit name="family" mode="prepend" binding="strong"><string>${wanted}</string></edit></match>`;
  const path = join(folder, 'fonts.conf');
  writeFileSync(
    path,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<dir>${packaged}</dir><dir>/usr/share/fonts</dir><cachedir>${folder}</cachedir>
<selectfont><rejectfont><glob>*/liberation*/*</glob><pattern><patelt name="scalable"><bool>true</bool></patelt></pattern></rejectfont><acceptfont>
${FONTS.map((name) => `<pattern><patelt name="family"><string>${name}</string></patelt></pattern>`).join('\n')}
</acceptfont></selectfont>
${['ui-sans-serif', 'system-ui', 'sans-serif', 'sans'].map((family) => prefer(family, FONTS[0])).join('\n')}
${['ui-monospace', 'monospace'].map((family) => prefer(family, FONTS[1])).join('\n')}
<match target="pattern"><edit name="family" mode="append_last" binding="strong"><string>${FONTS[0]}</string></edit></match>
<match target="font"><edit name="antialias" mode="assign"><bool>true</bool></edit><edit name="hinting" mode="assign"><bool>false</bool></edit>
<edit name="rgba" mode="assign"><const>none</const></edit></match></fontconfig>\n`,
  );
  return path;
}

export async function environmentOf(browser: Browser): Promise<Environment> {
  const page = await browser.newPage({ viewport: { width: 900, height: 1200 } });
  const drawn = {} as Record<Script, string>;
  for (const script of Object.keys(TEXTS) as Script[]) {
    const lines = SIZES.flatMap((size) =>
      WEIGHTS.map((weight) => `<p style="font-size:${size}px;font-weight:${weight}">${TEXTS[script]}</p>`),
    );
    await page.setContent(
      `<meta charset="utf-8"><style>body{font-family:${FAMILIES[script]};margin:4px}p{margin:0;white-space:nowrap}</style>${lines.join('')}`,
    );
    await page.evaluate(() => document.fonts.ready.then(() => null));
    const { data } = PNG.sync.read(await page.screenshot());
    drawn[script] = createHash('sha256').update(data).digest('hex');
  }
  await page.close();
  return { chromium: browser.version().split('.')[0], drawn };
}
