/** What is shown with real USB mass storage in the guest. Each scenario leaves the stick plugged in, whole and fast, for the next. */

import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { DriveList } from '../../main/drives/drive.ts';
import { watchDrives } from '../../main/drives/media-list.ts';
import { asPerson, asRoot, type Finished, PERSON, type Running } from './person.ts';
import {
  check,
  equal,
  eventually,
  filesBelow,
  isGone,
  isThere,
  processesWith,
  type Scenario,
  type Stage,
  sleep,
} from './scenario.ts';

const NODE = process.execPath;
const AIRLOCK = '/airlock/dist/bin/airlock.js';
const DISK = '/dev/sda';
const PARTITION = '/dev/sda1';
const RULES = '/etc/polkit-1/rules.d';
const UDISKS_RULE = `${RULES}/60-airlock.rules`;
const HELPER_RULE = `${RULES}/50-test-helper.rules`;
/** Generous: under emulation everything takes several times as long. */
const NODE_APPEARS_MS = 60_000;
const ENDS_MS = 60_000;
/** polkitd notices changed rules by itself, a moment later. */
const RULES_TAKE_MS = 1500;

export const airlock = (...args: string[]) => [AIRLOCK, ...args];

const person = (...args: string[]) => asPerson(NODE, airlock(...args)).finished;
const root = (...args: string[]) => asRoot(NODE, airlock(...args)).finished;

export async function plug(stage: Stage, stick = 'fat', node = PARTITION): Promise<void> {
  await stage.line.order({ do: 'plug', stick });
  await eventually(`${node} appears`, NODE_APPEARS_MS, isThere(node));
  await asRoot('udevadm', ['settle', '--timeout=30']).finished;
}

export async function yank(stage: Stage, stick = 'fat'): Promise<void> {
  await stage.line.order({ do: 'yank', stick });
  await eventually(`${DISK} goes`, NODE_APPEARS_MS, isGone(DISK));
}

/** A new folder of the person's own. */
export function target(name: string): string {
  const folder = `/tmp/${name}`;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  chmodSync(folder, 0o777);
  return folder;
}

/** Every file is there, whole, and nothing else is. */
export function isCopyOf(stage: Stage, folder: string, without: string[] = []): void {
  const wanted = stage.expected.filter(({ path }) => !without.includes(path));
  const found = filesBelow(folder).filter((path) => !path.endsWith('.json'));
  const names = wanted.map(({ path }) => found.find((file) => file.endsWith(path)) ?? `${path} is missing`).sort();
  equal(found.join(' '), names.join(' '), 'the files copied');
  for (const { path, sha256 } of wanted) {
    const file = found.find((name) => name.endsWith(path)) ?? '';
    equal(
      createHash('sha256')
        .update(readFileSync(`${folder}/${file}`))
        .digest('hex'),
      sha256,
      `SHA-256 of ${path}`,
    );
  }
}

function succeeded(result: Finished, what: string): void {
  check(result.code === 0, `${what}: exit code ${result.code ?? result.signal}: ${result.err || result.out}`);
}

async function withRule(file: string, text: string, run: () => Promise<void>): Promise<void> {
  writeFileSync(file, text, { mode: 0o644 });
  await sleep(RULES_TAKE_MS);
  try {
    await run();
  } finally {
    rmSync(file);
    await sleep(RULES_TAKE_MS);
  }
}

const PACKAGED_RULE = () => readFileSync('/airlock/assets/60-airlock.rules', 'utf8');
/** Stands for an administrator who types the password that pkexec asks for. */
const TEST_HELPER_RULE = `polkit.addRule(function (action, subject) {
  if (action.id === 'org.freedesktop.policykit.exec' && subject.user === '${PERSON.name}') return polkit.Result.YES;
});
`;

const seen: Scenario = {
  name: 'a plugged stick is in the list of drives, with its vendor and model, soon after its node',
  async run(stage) {
    const list: DriveList = await watchDrives();
    try {
      let changedMs = 0;
      list.onChange(() => {
        changedMs ||= Date.now();
      });
      const pluggedMs = Date.now();
      await stage.line.order({ do: 'plug', stick: 'fat' });
      await eventually(`${DISK} appears`, NODE_APPEARS_MS, isThere(DISK));
      const nodeMs = Date.now();
      await eventually('the list changes', ENDS_MS, () => changedMs || null);
      stage.note(`node ${nodeMs - pluggedMs} ms after the plug, listed ${changedMs - nodeMs} ms after the node`);
      const drive = list.current().find(({ devicePath }) => devicePath === DISK);
      equal(drive?.name, 'Airlock Test stick', 'name');
      equal(drive?.bus, 'USB', 'bus');
      equal(drive?.removable, true, 'removable');
      equal(drive?.system, false, 'system');
      await eventually(`${PARTITION} appears`, NODE_APPEARS_MS, isThere(PARTITION));
    } finally {
      list.close();
    }
  },
};

const refused: Scenario = {
  name: 'without rights, each way that was tried and the command that helps are told',
  async run(stage) {
    await asRoot('udevadm', ['settle', '--timeout=30']).finished;
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
    chmodSync(DISK, 0o664);
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

/** Waits until a copy has written something, which is then known to be under way. */
export function underWay(folder: string, copy: Running): Promise<boolean> {
  return eventually('the copy begins', ENDS_MS, () => {
    check(copy.child.exitCode === null, 'the copy ended before the stick was pulled');
    return filesBelow(folder).some((file) => file.includes('.airlock-partial-')) || null;
  });
}

/** After a yank: one error, an exit code, no half file under a final name, no process left. */
export async function endedCleanly(stage: Stage, folder: string, copy: Running, yankedMs: number): Promise<Finished> {
  const result = await Promise.race([copy.finished, sleep(ENDS_MS).then(() => null)]);
  check(result !== null, 'the copy does not end');
  stage.note(`ended ${Date.now() - yankedMs} ms after the yank: ${result.err.trim().split('\n')[0]}`);
  equal(result.code, 1, 'exit code');
  equal(result.err.trim().split('\n').length, 1, `lines of error in ${JSON.stringify(result.err)}`);
  check(/pulled out/.test(result.err), `not told as removal: ${result.err}`);
  for (const { path, sha256 } of stage.expected) {
    const file = filesBelow(folder).find((name) => name.endsWith(path));
    if (file === undefined) continue;
    const found = createHash('sha256')
      .update(readFileSync(`${folder}/${file}`))
      .digest('hex');
    equal(found, sha256, `${path} has its name but not its content`);
  }
  const left = filesBelow(folder).filter((file) => file.includes('.airlock-partial-'));
  equal(left.join(' '), '', 'partial files');
  await eventually('every process ends', ENDS_MS, () => processesWith('/airlock/dist/').length === 0 || null);
  return result;
}

const yanked: Scenario = {
  name: 'a stick pulled in the middle of a copy: one clear error, no half file, no process left; again all is copied',
  async run(stage) {
    chmodSync(DISK, 0o664);
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
    chmodSync(DISK, 0o664);
    const sectors = JSON.parse(readFileSync('/airlock/sectors.json', 'utf8')) as number[];
    await stage.line.order({ do: 'break', stick: 'fat', sectors });
    const folder = target('broken');
    const copy = await person('cp', DISK, '/', folder);
    await stage.line.order({ do: 'break', stick: 'fat', sectors: [] });
    equal(copy.code, 3, `exit code (${copy.err}${copy.out})`);
    check(/broken\.bin: .*\d/.test(copy.err), `the file and the range are not told: ${copy.err}`);
    isCopyOf(stage, folder, ['broken.bin']);
    stage.note(copy.err.trim().split('\n')[0]);
    await yank(stage);
    await plug(stage);
  },
};

const ejected: Scenario = {
  name: 'airlock eject says that the stick may be pulled out when the system has switched it off',
  async run(stage) {
    const mounted = '/media/stick';
    mkdirSync(mounted, { recursive: true });
    succeeded(await asRoot('mount', ['-o', 'ro', PARTITION, mounted]).finished, 'mount');
    const refusedFor = await root('eject', DISK);
    stage.note(`mounted by root: ${refusedFor.code} ${(refusedFor.out + refusedFor.err).trim()}`);
    if (existsSync(DISK)) {
      const result = await root('eject', DISK);
      succeeded(result, 'eject');
    }
    await eventually('the disk is switched off', ENDS_MS, isGone(DISK));
    check(/may be pulled out/.test(refusedFor.out), refusedFor.out + refusedFor.err);
    await stage.line.order({ do: 'yank', stick: 'fat' });
    await plug(stage);
  },
};

export const SHORT: Scenario[] = [seen, refused, asItIs, throughUDisks, throughHelper, yanked, badSectors, ejected];
