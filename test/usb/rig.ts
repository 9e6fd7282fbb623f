/** `npm run test:usb`: real USB mass storage in an emulated guest. `rig.ts short` is what `npm test` runs. Ends with 'N passed, N failed, N skipped'. */

import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inRun } from './cache.ts';
import { type Counts, runGuest } from './machine.ts';
import { missing, prepare, projectFolder } from './prepare.ts';
import { makeTestStick } from './test-stick.ts';

const suite = process.argv[2] ?? 'full';
const TIMEOUT_MS = suite === 'short' ? 12 * 60_000 : 60 * 60_000;
const YANKS = Number(process.env.AIRLOCK_YANKS) || 50;
/** What the built program loads from node_modules. */
const NATIVES = ['koffi', '@koromix', 'drivelist', 'bindings', 'file-uri-to-path', 'usb', '@node-usb'];

const say = (text: string) => process.stdout.write(`${text}\n`);

/** What is tested must not change while it is tested, and the guest's person must be able to read it. */
function snapshot(): string {
  const from = projectFolder();
  const to = inRun('project');
  rmSync(to, { recursive: true, force: true });
  mkdirSync(to, { recursive: true });
  for (const name of ['dist', 'assets', 'package.json', 'test/usb/guest-init.sh', 'test/usb/agent.py'])
    cpSync(join(from, name), join(to, name), { recursive: true });
  for (const name of NATIVES) {
    const path = join('node_modules', name);
    if (existsSync(join(from, path))) cpSync(join(from, path), join(to, path), { recursive: true });
  }
  return to;
}

async function run(): Promise<Counts> {
  const why = missing();
  if (why !== null) return skipped(why);
  try {
    prepare(say);
  } catch (error) {
    return skipped(`the guest cannot be made: ${error instanceof Error ? error.message : error}`);
  }
  const project = snapshot();
  const stick = makeTestStick(inRun('fat.img'));
  writeFileSync(join(project, 'stick.json'), JSON.stringify({ ...stick, yanks: YANKS }));
  // Two of the four have the same serial number.
  const others = ['one', 'two', 'three', 'four'].map((name) => {
    const image = inRun(`${name}.img`);
    cpSync(stick.image, image);
    return { name, image, product: `Stick ${name}`, serial: name === 'four' ? 'AIRLOCK-three' : `AIRLOCK-${name}` };
  });
  const sticks = [{ name: 'fat', image: stick.image }, ...(suite === 'short' ? [] : others)];
  return runGuest({ sticks, project, scenarios: suite, timeoutMs: TIMEOUT_MS, say });
}

function skipped(why: string): Counts {
  say(`SKIPPED: the USB rig: ${why}`);
  return { passed: 0, failed: 0, skipped: 1 };
}

let counts: Counts;
try {
  counts = await run();
} catch (error) {
  say(`FAIL ${error instanceof Error ? error.message : error}`);
  counts = { passed: 0, failed: 1, skipped: 0 };
}
rmSync(inRun(), { recursive: true, force: true });
say(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exitCode = counts.failed > 0 ? 1 : 0;
