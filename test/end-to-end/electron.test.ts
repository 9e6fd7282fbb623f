/**
 * The app in Electron's own window: opens an image, shows its files, and keeps its page apart. Skipped, and counted as such, where Electron's binary or a
 * display is missing; the other end-to-end tests run in that window too with AIRLOCK_E2E=electron.
 */

import type { ElectronApplication } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { testImage } from '../images/library.ts';
import { electronHere, startElectron } from './electron-window.ts';
import { makeHome, placeImage } from './shell.ts';

const here = await electronHere();
const reason = 'reason' in here ? here.reason : null;

describe.skipIf(reason !== null)(
  `the app in Electron’s own window${reason === null ? '' : ` (not run: ${reason})`}`,
  () => {
    let app: ElectronApplication;

    beforeAll(async () => {
      const home = makeHome();
      const image = placeImage(home, 'stick.img', testImage('fat32-c512-mtools').bytes());
      app = await startElectron(home, { ...process.env, HOME: home, XDG_CONFIG_HOME: `${home}/.config` }, [image]);
    });
    afterAll(() => app.close());

    test('shows the files of the image that it was started with', async () => {
      const page = await app.firstWindow();
      await page.getByText('README.TXT').first().waitFor();
      expect(page.url()).toBe('airlock://app/');
    });

    test('has a page without Node, and one bridge', async () => {
      const page = await app.firstWindow();
      const found = await page.evaluate(() => [
        typeof window.process,
        typeof window.require,
        Object.keys(window.airlock ?? {}),
      ]);
      expect(found).toEqual(['undefined', 'undefined', ['request', 'on', 'pathOfDroppedFile']]);
    });
  },
);
