/** The host's own mounting, as a desktop does it through UDisks, with the guard off and on, and what the app shows and takes over of it. */

import { copyFileSync, existsSync, readFileSync, rmSync } from 'node:fs';
import {
  DISK,
  ENDS_MS,
  HELPER_RULE,
  letRead,
  PACKAGED_RULE,
  PARTITION,
  person,
  plug,
  settled,
  succeeded,
  TEST_HELPER_RULE,
  UDISKS_RULE,
  withRule,
  yank,
} from './actions.ts';
import { type App, withApp } from './app.ts';
import { asPerson, asRoot } from './person.ts';
import { check, equal, eventually, type Scenario, type Stage } from './scenario.ts';

const RULE = '/etc/udev/rules.d/99-airlock-guard.rules';
const FLAG = '/etc/airlock/guard';

const isMounted = () => readFileSync('/proc/mounts', 'utf8').includes(`${PARTITION} `);

/** What UDisks tells desktops of the stick: whether to mount it. */
async function hint(): Promise<string> {
  const object = '/org/freedesktop/UDisks2/block_devices/sda1';
  const get = ['org.freedesktop.DBus.Properties.Get', 'string:org.freedesktop.UDisks2.Block', 'string:HintAuto'];
  const call = ['--system', '--print-reply=literal', '--dest=org.freedesktop.UDisks2', object, ...get];
  const answer = await asRoot('dbus-send', call).finished;
  return /boolean (true|false)/.exec(answer.out)?.[1] ?? answer.err;
}

/** The stick is plugged in anew, and the desktop does what desktops do: it mounts what UDisks hints at, for the person. */
async function plugAtDesktop(stage: Stage, hinted: 'true' | 'false'): Promise<void> {
  await plug(stage);
  await eventually(`UDisks says ${hinted} to desktops`, ENDS_MS, async () => ((await hint()) === hinted ? true : null));
  if (hinted === 'true')
    succeeded(await asPerson('udisksctl', ['mount', '--no-user-interaction', '-b', PARTITION]).finished, 'mount');
}

const showsMounted = (app: App, mounted: boolean) =>
  eventually(`the app shows it ${mounted ? 'mounted' : 'not mounted'}`, ENDS_MS, () => {
    const medium = app.media.find(({ location, state }) => location === DISK && state !== 'gone');
    return medium !== undefined && medium.hostMounts.length > 0 === mounted ? medium : null;
  });

export const GUARD: Scenario = {
  name: 'guard off: a desktop mounts the stick, the app shows it and takes it over; airlock guard on: no desktop mounts it; off again: as before',
  limitMs: 15 * 60_000,
  async run(stage) {
    await yank(stage);
    copyFileSync('/airlock/assets/99-airlock-guard.rules', RULE);
    await asRoot('udevadm', ['control', '--reload']).finished;
    await withApp(async (app) => {
      await plugAtDesktop(stage, 'true');
      const mounted = await showsMounted(app, true);
      stage.note(`guard off: mounted at ${mounted.hostMounts.join(', ')}`);
      letRead();
      await withRule(UDISKS_RULE, PACKAGED_RULE(), async () => {
        equal((await app.request('media.takeOver', mounted.id)).state, 'open', 'state after it was taken over');
      });
      check(!isMounted(), 'the host still has it mounted');
      await showsMounted(app, false);
      await yank(stage);

      await withRule(HELPER_RULE, TEST_HELPER_RULE, async () => {
        const on = await person('guard', 'on');
        succeeded(on, 'guard on');
        check(existsSync(FLAG), `the guard is not on: ${on.out}`);
        stage.note(`${on.out.trim().split('\n')[0]} (${on.tookMs} ms)`);
        equal((await app.request('guard.state')).state, 'on', 'what the app says of the guard');
      });
      await plugAtDesktop(stage, 'false');
      await settled();
      check(!isMounted(), 'the host has mounted it');
      await showsMounted(app, false);
      await yank(stage);

      await withRule(HELPER_RULE, TEST_HELPER_RULE, async () => {
        succeeded(await person('guard', 'off'), 'guard off');
        check(!existsSync(FLAG), 'the guard is not off');
      });
      await plugAtDesktop(stage, 'true');
      await showsMounted(app, true);
      succeeded(await asPerson('udisksctl', ['unmount', '-b', PARTITION]).finished, 'unmount');
    });
    rmSync(RULE);
    await asRoot('udevadm', ['control', '--reload']).finished;
    await yank(stage);
    await plug(stage);
  },
};
