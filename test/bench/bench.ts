/**
 * `npm run bench`: Airlock and its peers side by side on the same content, as whole processes. Prints a table; asserts nothing.
 * The inputs are built into AIRLOCK_BENCH_FOLDER (default: a folder below the system's temporary one) and kept there.
 */

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { familyImages } from './family-images.ts';
import { fatImage, makeInputs, searchedImages } from './inputs.ts';
import { measure, printTable, type Row } from './measure.ts';

const folder = process.env.AIRLOCK_BENCH_FOLDER ?? join(tmpdir(), 'airlock-bench');
const node = process.execPath;
const has = (program: string) => existsSync(`/usr/bin/${program}`);

if (!has('time')) {
  console.error("needs Debian's package 'time' (and mtools, dosfstools, p7zip-full)");
  process.exit(1);
}
console.error(`building inputs in ${folder} …`);
const inputs = makeInputs(folder);
const small = fatImage(inputs, inputs.smallTree, 'small', 400);
const wide = fatImage(inputs, inputs.wideTree, 'wide', 512);
const large = fatImage(inputs, inputs.largeTree, 'large', 1200);
const families = familyImages(inputs);
const searched = searchedImages(inputs);
const out = join(folder, 'out');
// Read by Node at every start and nothing that a tool here needs: it would cost 20 ms where it is set.
delete process.env.NODE_EXTRA_CA_CERTS;
/** What was copied before is put aside and not deleted: ext4 creates files ten times slower for some seconds after many were deleted. */
const aside = join(folder, 'aside');
let put = 0;
const emptyOut = () => {
  mkdirSync(aside, { recursive: true });
  if (existsSync(out)) renameSync(out, join(aside, String(put++)));
  mkdirSync(out);
  execFileSync('sync');
};
/** A single large file is deleted: kept ones would push the input out of the host's cache. */
const removeOut = () => {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out);
  execFileSync('sync');
};
rmSync(aside, { recursive: true, force: true });

const rows: Row[] = [];
/** Only these parts, by the start of what they measure: AIRLOCK_BENCH_ONLY=walk npm run bench. */
const only = process.env.AIRLOCK_BENCH_ONLY ?? '';

function row(what: string, who: string, command: string[], options: Parameters<typeof measure>[1] = {}): void {
  if (!what.startsWith(only)) return;
  console.error(`${what}: ${who} …`);
  rows.push({ what, who, measured: measure(command, options) });
}

row('start', 'node -e 1', [node, '-e', '1'], { runs: 5 });
row('first listing', 'Airlock (fsu_ls)', [node, 'dist/bin/fsu_ls.js', small], { runs: 5 });
row('first listing', 'mtools (mdir)', ['mdir', '-i', small, '::'], { runs: 5 });

row('walk of 20,000 files', 'Airlock (manifest: names and attributes)', [
  node,
  'dist/bin/airlock.js',
  'manifest',
  small,
]);
row('walk of 20,000 files', 'Airlock (fsu_find: names)', [node, 'dist/bin/fsu_find.js', small]);
row('walk of 20,000 files', 'mtools (mdir -b: names)', ['mdir', '-/', '-b', '-i', small, '::']);
row('walk of 20,000 files', '7-Zip (7z l)', ['7z', 'l', small]);
row('walk of 20,000 files', 'host kernel (find -ls on its own file system)', ['find', inputs.smallTree, '-ls']);

/** Mounts an image with a FUSE driver, runs a command on it and unmounts: what a user of that driver waits for. */
function throughFuse(fuse: string[], path: string, command: string): string[] {
  const mountpoint = join(folder, 'mnt');
  mkdirSync(mountpoint, { recursive: true });
  const options = fuse.slice(1).join(' ');
  const script = `${fuse[0]} ${options} "${path}" "${mountpoint}" && ${command.replaceAll('MNT', `"${mountpoint}"`)}; code=$?; umount "${mountpoint}"; exit $code`;
  return ['bash', '-c', script];
}
const nameOf = (fuse: string[]) => (fuse[0].split('/').pop() ?? '').replace('mount.', '');

for (const { title, path, partition, readBy7z, fuse } of families) {
  const choice = partition === undefined ? [] : ['-p', String(partition)];
  const what = `walk of 20,000 files in ${title}`;
  row(what, 'Airlock (manifest: names and attributes)', [node, 'dist/bin/airlock.js', 'manifest', ...choice, path]);
  row(what, 'Airlock (fsu_find: names)', [node, 'dist/bin/fsu_find.js', ...choice, path]);
  if (readBy7z) row(what, '7-Zip (7z l)', ['7z', 'l', path]);
  if (fuse) row(what, `${nameOf(fuse)} (mount, find -ls, umount)`, throughFuse(fuse, path, 'find MNT -ls'));
}

for (const { title, path } of searched.images) {
  const what = `search of 100,000 files in ${title}`;
  row(what, 'Airlock (as the app searches, worker and lockdown included)', [
    node,
    'dist/test/search.js',
    path,
    '*.txt',
  ]);
  row(what, 'Airlock (fsu_find -iname)', [node, 'dist/bin/fsu_find.js', path, '/', '-iname', '*.txt']);
  row(what, 'host kernel (find -iname on its own file system)', ['find', searched.tree, '-iname', '*.txt']);
}

row('directory of 60,000', 'Airlock (fsu_ls -l)', [node, 'dist/bin/fsu_ls.js', wide, '-l', '/wide']);
row('directory of 60,000', 'mtools (mdir)', ['mdir', '-i', wide, '::/wide']);
row('directory of 60,000', '7-Zip (7z l)', ['7z', 'l', wide]);

const airlockCopy = (image: string) => [node, 'dist/bin/airlock.js', 'cp', '--conflict', 'overwrite', image, '/', out];
row('copy 1 GiB, on disk', 'Airlock (cp: copied, fsynced, verified)', airlockCopy(large), { before: removeOut });
row('copy 1 GiB, on disk', 'cp and sync', ['bash', '-c', `cp -r "${inputs.largeTree}" "${out}" && sync`], {
  before: removeOut,
});
row(
  'copy 1 GiB, on disk',
  'cp, sync and sha256sum of both',
  ['bash', '-c', `cp -r "${inputs.largeTree}" "${out}" && sync && sha256sum "${inputs.largeTree}"/* "${out}"/*/*`],
  { before: removeOut },
);
row('copy 1 GiB, on disk', 'mtools (mcopy) and sync', ['bash', '-c', `mcopy -s -i "${large}" :: "${out}" && sync`], {
  before: removeOut,
});
row('copy 1 GiB, on disk', '7-Zip (7z x) and sync', ['bash', '-c', `7z x -o"${out}" "${large}" && sync`], {
  before: removeOut,
});

row('copy 20,000 files, on disk', 'Airlock (cp: copied, fsynced, verified)', airlockCopy(small), { before: emptyOut });
row('copy 20,000 files, on disk', 'cp and sync', ['bash', '-c', `cp -r "${inputs.smallTree}" "${out}" && sync`], {
  before: emptyOut,
});
row('copy 20,000 files, on disk', '7-Zip (7z x) and sync', ['bash', '-c', `7z x -o"${out}" "${small}" && sync`], {
  before: emptyOut,
});

for (const { title, path, partition, readBy7z, fuse } of families) {
  const choice = partition === undefined ? [] : ['--partition', String(partition)];
  const what = `copy 20,000 files out of ${title}, on disk`;
  row(what, 'Airlock (cp: copied, fsynced, verified)', [...airlockCopy(path), ...choice], { before: emptyOut });
  if (readBy7z)
    row(what, '7-Zip (7z x) and sync', ['bash', '-c', `7z x -o"${out}" "${path}" && sync`], { before: emptyOut });
  if (fuse)
    row(what, `${nameOf(fuse)} (mount, cp -r, sync, umount)`, throughFuse(fuse, path, `cp -r MNT "${out}" && sync`), {
      before: emptyOut,
    });
}

rmSync(out, { recursive: true, force: true });
rmSync(aside, { recursive: true, force: true });
printTable(rows);
