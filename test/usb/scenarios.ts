/** What is shown with real USB mass storage in the guest. Each scenario leaves the stick plugged in, whole and fast, for the next. */

import { chmodSync, existsSync, mkdirSync, readFileSync, readlinkSync, rmSync, statSync } from 'node:fs';
import type { DriveList } from '../../main/drives/drive.ts';
import { watchDrives } from '../../main/drives/media-list.ts';
import {
  airlock,
  DISK,
  ENDS_MS,
  endedCleanly,
  HELPER_RULE,
  isCopyOf,
  letRead,
  NODE,
  NODE_APPEARS_MS,
  PACKAGED_RULE,
  PARTITION,
  person,
  plug,
  root,
  settled,
  succeeded,
  TEST_HELPER_RULE,
  target,
  UDISKS_RULE,
  underWay,
  withRule,
  yank,
} from './actions.ts';
import { removals } from './app-scenarios.ts';
import { asPerson, asRoot, PERSON } from './person.ts';
import { check, equal, eventually, filesBelow, isGone, isThere, processesWith, type Scenario } from './scenario.ts';

const seen: Scenario = {
  name: 'a plugged stick is in the list of drives, with its vendor and model, soon after its node, and off it when it is pulled',
  startsBare: true,
  async run(stage) {
    const list: DriveList = await watchDrives();
    try {
      // Complete only when udev knows it; before, it can be there without its bus.
      const isListed = () => list.current().some(({ devicePath, bus }) => devicePath === DISK && bus === 'USB');
      const pluggedMs = Date.now();
      await stage.line.order({ do: 'plug', stick: 'fat' });
      await eventually(`${DISK} appears`, NODE_APPEARS_MS, isThere(DISK));
      const nodeMs = Date.now();
      await eventually('it is listed', ENDS_MS, () => isListed() || null);
      stage.note(`node ${nodeMs - pluggedMs} ms after the plug, listed ${Date.now() - nodeMs} ms after the node`);
      const drive = list.current().find(({ devicePath }) => devicePath === DISK);
      equal(drive?.name, 'Airlock Test stick', 'name');
      equal(drive?.bus, 'USB', 'bus');
      equal(drive?.removable, true, 'removable');
      equal(drive?.system, false, 'system');
      await eventually(`${PARTITION} appears`, NODE_APPEARS_MS, isThere(PARTITION));
      await stage.line.order({ do: 'yank', stick: 'fat' });
      await eventually(`${DISK} goes`, NODE_APPEARS_MS, isGone(DISK));
      const goneMs = Date.now();
      await eventually('it leaves the list', ENDS_MS, () => !isListed() || null);
      stage.note(`off the list ${Date.now() - goneMs} ms after the node went`);
      await plug(stage);
    } finally {
      list.close();
    }
  },
};

const refused: Scenario = {
  name: 'without rights, each way that was tried and the command that helps are told',
  async run(stage) {
    await settled();
    const folder = target('refused');
    const result = await person('cp', DISK, '/', folder);
    stage.note(`told in ${result.tookMs} ms`);
    equal(result.code, 1, 'exit code');
    check(result.err.includes(`sudo setfacl -m u:${PERSON.name}:r ${DISK}`), `no command that helps: ${result.err}`);
    check(
      /no permission to read \/dev\/sda; UDisks wants a password, and no polkit agent/.test(result.err),
      result.err,
    );
    check(/pkexec (wants a password|refused)/.test(result.err), result.err);
    equal(filesBelow(folder).length, 0, 'files copied');
  },
};

const asItIs: Scenario = {
  name: '(a) a node that may be read is opened as it is: manifest and copy are exact',
  async run(stage) {
    const manifest = await root('manifest', DISK, '--partition', '1', '--hash');
    succeeded(manifest, 'manifest');
    const entries = manifest.out
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Record<string, unknown>);
    for (const { path, size, sha256 } of stage.expected) {
      const entry = entries.find((each) => String(each.path).replace(/^\//, '') === path);
      equal(entry?.size, size, `size of ${path}`);
      equal(entry?.sha256, sha256, `SHA-256 of ${path}`);
    }
    letRead();
    const folder = target('plain');
    const copy = await person('cp', DISK, '/', folder);
    chmodSync(DISK, 0o660);
    succeeded(copy, 'cp');
    isCopyOf(stage, folder);
    stage.note(`manifest ${manifest.tookMs} ms, copy ${copy.tookMs} ms`);
  },
};

const throughUDisks: Scenario = {
  name: '(b) with the packaged polkit rule an unprivileged person copies through UDisks',
  async run(stage) {
    await withRule(UDISKS_RULE, PACKAGED_RULE(), async () => {
      const folder = target('udisks');
      const copy = await person('cp', DISK, '/', folder);
      succeeded(copy, 'cp');
      isCopyOf(stage, folder);
      const manifest = await person('manifest', DISK, '--partition', '1');
      succeeded(manifest, 'manifest');
      stage.note(`copy ${copy.tookMs} ms, manifest ${manifest.tookMs} ms`);
    });
  },
};

const throughHelper: Scenario = {
  name: '(c) with an administrator’s consent the reading helper serves an unprivileged person, and ends with the copy',
  async run(stage) {
    await withRule(HELPER_RULE, TEST_HELPER_RULE, async () => {
      const folder = target('helper');
      const copy = await person('cp', DISK, '/', folder);
      succeeded(copy, 'cp');
      isCopyOf(stage, folder);
      await eventually('the helper ends', ENDS_MS, () => processesWith('airlock-read-device').length === 0 || null);
      stage.note(`copy ${copy.tookMs} ms`);
    });
  },
};

const yanked: Scenario = {
  name: 'a stick pulled in the middle of a copy: one clear error, no half file, no process left; again all is copied',
  async run(stage) {
    letRead();
    const folder = target('yanked');
    await stage.line.order({ do: 'slow', stick: 'fat', bytesPerSecond: 2_000_000 });
    const copy = asPerson(NODE, airlock('cp', DISK, '/', folder));
    await underWay(folder, copy);
    const yankedMs = Date.now();
    await stage.line.order({ do: 'yank', stick: 'fat' });
    await endedCleanly(stage, folder, copy, yankedMs);
    await stage.line.order({ do: 'slow', stick: 'fat', bytesPerSecond: 0 });
    await eventually(`${DISK} goes`, NODE_APPEARS_MS, isGone(DISK));
    await plug(stage);
  },
};

const badSectors: Scenario = {
  name: 'bad sectors cost the file that lies on them, with the range, and no other',
  async run(stage) {
    letRead();
    await stage.line.order({ do: 'break', stick: 'fat', sectors: stage.badSectors });
    const folder = target('broken');
    const copy = await person('cp', DISK, '/', folder);
    const image = `${target('broken-image')}/broken.img`;
    const saved = await person('image', DISK, image);
    await stage.line.order({ do: 'break', stick: 'fat', sectors: [] });
    equal(copy.code, 3, `exit code (${copy.err}${copy.out})`);
    check(/broken\.bin: .*\d/.test(copy.err), `the file and the range are not told: ${copy.err}`);
    isCopyOf(stage, folder, ['broken.bin']);
    stage.note(copy.err.trim().split('\n')[0]);
    equal(saved.code, 3, `exit code of image (${saved.err})`);
    equal(saved.out.slice(0, 64), stage.withoutBadPages, 'SHA-256 of the image without the bad pages');
    check(/^0x[0-9A-F]+ {2}0x[0-9A-F]+ {2}-$/m.test(readFileSync(`${image}.map`, 'utf8')), 'no bad block in the map');
    stage.note(`image ${saved.tookMs} ms: ${saved.err.trim().split('\n')[0]}`);
    rmSync(image);
    await yank(stage);
    await plug(stage);
  },
};

/** Of 512 bytes, as stat(2) counts: 8 MiB of the image are on the disk. */
const ENOUGH_BLOCKS = 16_384;

const imageResumed: Scenario = {
  name: 'an image that was being saved when the stick was pulled is gone on with, and is the stick bit by bit',
  async run(stage) {
    letRead();
    const file = `${target('image')}/stick.img`;
    await stage.line.order({ do: 'slow', stick: 'fat', bytesPerSecond: 8_000_000 });
    const first = asPerson(NODE, airlock('image', DISK, file));
    const isBegun = () => (statSync(`${file}.partial`, { throwIfNoEntry: false })?.blocks ?? 0) > ENOUGH_BLOCKS || null;
    await eventually('the image begins', ENDS_MS, isBegun);
    await stage.line.order({ do: 'yank', stick: 'fat' });
    const broken = await first.finished;
    equal(broken.code, 1, `exit code (${broken.err})`);
    equal(existsSync(file), false, 'an image under its final name');
    await stage.line.order({ do: 'slow', stick: 'fat', bytesPerSecond: 0 });
    await eventually(`${DISK} goes`, NODE_APPEARS_MS, isGone(DISK));
    await plug(stage);
    letRead();
    const second = await person('image', DISK, file);
    succeeded(second, 'image');
    equal(second.out.slice(0, 64), stage.whole, 'SHA-256 of the image');
    check(/from an earlier time/.test(second.out), `nothing was gone on with: ${second.out}`);
    stage.note(`${broken.err.trim()} Then: ${second.out.trim().split('\n')[1]}`);
    rmSync(file);
  },
};

const ejected: Scenario = {
  name: 'airlock eject says that the stick may be pulled out when the system has switched it off',
  async run(stage) {
    const mounted = '/media/stick';
    mkdirSync(mounted, { recursive: true });
    succeeded(await asRoot('mount', ['-o', 'ro', PARTITION, mounted]).finished, 'mount');
    const inside = asRoot('bash', ['-c', `cd ${mounted} && exec sleep 1001`]);
    const cwd = `/proc/${inside.child.pid}/cwd`;
    const comm = `/proc/${inside.child.pid}/comm`;
    const isInside = () => readlinkSync(cwd) === mounted && readFileSync(comm, 'utf8') === 'sleep\n';
    await eventually('somebody is in it', ENDS_MS, () => isInside() || null);
    const held = await root('eject', DISK);
    equal(held.code, 1, `exit code while it is in use (${held.out})`);
    check(/Do not pull it out yet/.test(held.err) && /sleep \(process \d+\) uses it/.test(held.err), held.err);
    stage.note(held.err.trim().split('\n').at(-1) ?? '');
    inside.child.kill();
    await inside.finished;
    const result = await root('eject', DISK);
    succeeded(result, 'eject');
    check(/may be pulled out/.test(result.out), result.out);
    await eventually('the disk is switched off', ENDS_MS, isGone(DISK));
    stage.note(`${result.out.trim()} (${result.tookMs} ms)`);
    await stage.line.order({ do: 'yank', stick: 'fat' });
    await plug(stage);
  },
};

export const SHORT: Scenario[] = [
  seen,
  refused,
  asItIs,
  throughUDisks,
  throughHelper,
  yanked,
  badSectors,
  imageResumed,
  ejected,
  removals,
];
