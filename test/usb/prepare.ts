/**
 * Makes what a guest needs, once, in a cache folder: Debian's kernel and the packages that this computer lacks, unpacked into a layer (the computer itself
 * is not changed), and an initramfs that lays the layer over this computer's root.
 */

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { CACHE, INITRAMFS, inCache, KERNEL, LAYER, output, STAMP, shell } from './cache.ts';

/** Counted up when this file makes something else. */
const RECIPE = '5';
const HOST_COMMANDS = ['qemu-system-x86_64', 'busybox', 'depmod', 'xz', 'dpkg-deb', 'apt-get'];
const GUEST_PACKAGES = [
  'udev',
  'dbus',
  'polkitd',
  'pkexec',
  'udisks2',
  'kmod',
  'eject',
  'util-linux',
  'python3-minimal',
  'python3-gi',
  'psmisc',
];
/** Modules without which there is no root: both 9p shares, the overlay, and the line to the rig. */
const FIRST_MODULES = ['virtio_pci', '9pnet_virtio', '9p', 'overlay', 'virtio_console'];
const XZ_MAGIC = Buffer.from([0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]);
/** The guest's person: no rights of its own, one local session (session.ts). */
export const PERSON = { name: 'visitor', uid: 5100 };

/** Why no guest can be had here, or null. */
export function missing(): string | null {
  if (process.platform !== 'linux' || process.arch !== 'x64') return 'the rig boots x86-64 Linux guests on Linux';
  if (process.getuid?.() !== 0) return 'the rig shares the root folder with its guest, which only root may';
  const absent = HOST_COMMANDS.filter((command) => !onPath(command));
  return absent.length === 0 ? null : `not installed: ${absent.join(', ')}`;
}

function onPath(command: string): boolean {
  return ['/usr/sbin', '/sbin', ...(process.env.PATH ?? '').split(':')].some((folder) =>
    existsSync(join(folder, command)),
  );
}

/** Leaves what is there if it was made by this recipe. Throws where packages cannot be had. */
export function prepare(say: (line: string) => void): void {
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === RECIPE) return;
  rmSync(CACHE, { recursive: true, force: true });
  mkdirSync(inCache('packages'), { recursive: true });
  say('fetching a kernel and packages for the guest (once)');
  const kernel = fetchPackages();
  say(`unpacking ${kernel}`);
  unpack();
  const release = kernel.replace(/^linux-image-/, '');
  writeFileSync(KERNEL, bareKernel(readFileSync(inCache('kernel', 'boot', `vmlinuz-${release}`))));
  output('depmod', ['-b', LAYER, release]);
  writeAccounts();
  makeInitramfs(release);
  for (const folder of ['packages', 'kernel', 'initramfs.d']) rmSync(inCache(folder), { recursive: true, force: true });
  writeFileSync(STAMP, RECIPE);
}

/** A mirror is asked again once, and not waited for. */
const APT = ['-qq', '-o', 'APT::Sandbox::User=root', '-o', 'Acquire::Retries=1', '-o', 'Acquire::http::Timeout=30'];

/** Downloads; returns the name of the kernel's package. */
function fetchPackages(): string {
  let kernel = kernelPackage();
  if (kernel === null) {
    output('apt-get', [...APT, 'update']);
    kernel = kernelPackage();
  }
  if (kernel === null) throw new Error('apt knows no kernel package');
  const simulated = output('apt-get', ['--simulate', 'install', '--no-install-recommends', ...GUEST_PACKAGES]);
  const packages = [...simulated.matchAll(/^Inst (\S+)/gm)].map((match) => match[1]);
  output('apt-get', [...APT, 'download', kernel, ...packages], inCache('packages'));
  return kernel;
}

/** null where the lists of packages have never been fetched. */
function kernelPackage(): string | null {
  try {
    const depends = output('apt-cache', ['depends', 'linux-image-amd64']);
    return /Depends: (linux-image-[\w.+-]+)/.exec(depends)?.[1] ?? null;
  } catch {
    return null;
  }
}

/** Into one tree whose /bin, /sbin and /lib are links into /usr, as the root below has them. */
function unpack(): void {
  for (const folder of ['bin', 'sbin', 'lib', 'lib64']) {
    mkdirSync(join(LAYER, 'usr', folder), { recursive: true });
    symlinkSync(join('usr', folder), join(LAYER, folder));
  }
  mkdirSync(inCache('kernel'), { recursive: true });
  for (const file of readdirSync(inCache('packages'))) {
    const target = file.startsWith('linux-image-') ? inCache('kernel') : LAYER;
    shell(
      `dpkg-deb --fsys-tarfile '${inCache('packages', file)}' | tar -x --keep-directory-symlink -C '${target}' --exclude='./usr/share/doc' --exclude='./usr/share/man'`,
    );
  }
  shell(`mv '${inCache('kernel', 'lib', 'modules')}' '${join(LAYER, 'usr', 'lib')}'`);
}

/** The ELF file inside a compressed kernel: QEMU starts it directly (PVH), which spares unpacking under emulation. */
function bareKernel(image: Buffer): Buffer {
  const start = image.indexOf(XZ_MAGIC);
  if (start < 0) throw new Error('the kernel is not packed with xz');
  const packed = inCache('kernel.xz');
  writeFileSync(packed, image.subarray(start));
  shell(`xz -dc --single-stream kernel.xz > vmlinux || test -s vmlinux`, CACHE);
  rmSync(packed);
  return readFileSync(KERNEL);
}

/** This computer's accounts, and those that the guest's packages would have made when they were installed. */
function writeAccounts(): void {
  const etc = (name: string) => join(LAYER, 'etc', name);
  mkdirSync(etc('polkit-1/rules.d'), { recursive: true });
  const accounts = new Map([
    ['messagebus', 5001],
    ['polkitd', 5002],
    [PERSON.name, PERSON.uid],
  ]);
  const groups = ['plugdev', 'input', 'render', 'kvm', 'sgx'];
  let passwd = readFileSync('/etc/passwd', 'utf8');
  let group = readFileSync('/etc/group', 'utf8');
  const has = (table: string, name: string) => new RegExp(`^${name}:`, 'm').test(table);
  groups.forEach((name, index) => {
    if (!has(group, name)) group += `${name}:x:${5010 + index}:\n`;
  });
  for (const [name, id] of accounts) {
    if (!has(group, name)) group += `${name}:x:${id}:\n`;
    if (!has(passwd, name)) passwd += `${name}:x:${id}:${id}::/home/${name}:/bin/bash\n`;
  }
  writeFileSync(etc('passwd'), passwd);
  writeFileSync(etc('group'), group);
  writeFileSync(etc('fstab'), '');
  writeFileSync(etc('machine-id'), `${'0a'.repeat(16)}\n`);
  for (const folder of [`home/${PERSON.name}`, 'var/lib/udisks2', 'var/lib/polkit-1', 'media', 'airlock'])
    mkdirSync(join(LAYER, folder), { recursive: true });
}

function makeInitramfs(release: string): void {
  const root = inCache('initramfs.d');
  for (const folder of ['bin', 'modules', 'proc', 'sys', 'dev', 'lower', 'layer', 'upper', 'root'])
    mkdirSync(join(root, folder), { recursive: true });
  shell(`cp "$(command -v busybox)" '${join(root, 'bin')}'`);
  const modules = withDependencies(release);
  for (const module of modules)
    shell(`cp '${join(LAYER, 'usr/lib/modules', release, module)}' '${join(root, 'modules')}'`);
  writeFileSync(join(root, 'init'), initScript(modules.map((module) => basename(module))), { mode: 0o755 });
  shell(`cd '${root}' && find . | busybox cpio -o -H newc > '${INITRAMFS}' 2>/dev/null`);
}

/** The first modules, each behind what it needs. */
function withDependencies(release: string): string[] {
  const listed = readFileSync(join(LAYER, 'usr/lib/modules', release, 'modules.dep'), 'utf8');
  const needs = new Map<string, string[]>();
  for (const line of listed.split('\n')) {
    const [path, rest] = line.split(':');
    if (rest !== undefined) needs.set(path, rest.trim().split(' ').filter(Boolean));
  }
  const named = (path: string) =>
    basename(path)
      .replace(/\.ko.*$/, '')
      .replaceAll('-', '_');
  const order: string[] = [];
  const add = (path: string) => {
    for (const other of (needs.get(path) ?? []).toReversed()) add(other);
    if (!order.includes(path)) order.push(path);
  };
  for (const name of FIRST_MODULES) {
    const path = [...needs.keys()].find((each) => named(each) === name);
    if (path !== undefined) add(path);
  }
  return order;
}

/** The guest's root: this computer's, read-only, under the layer, under memory. Then guest-init.sh of this folder takes over as process 1. */
function initScript(modules: string[]): string {
  const share = 'trans=virtio,version=9p2000.L,msize=1048576,cache=loose,ro';
  return `#!/bin/busybox sh
busybox=/bin/busybox
$busybox mount -t proc proc /proc
$busybox mount -t sysfs sys /sys
$busybox mount -t devtmpfs dev /dev
for module in ${modules.join(' ')}; do $busybox insmod /modules/$module; done
$busybox mount -t 9p -o ${share} below /lower
$busybox mount -t 9p -o ${share} layer /layer
$busybox mount -t tmpfs -o size=75% memory /upper
$busybox mkdir /upper/changes /upper/work
$busybox mount -t overlay -o lowerdir=/layer:/lower,upperdir=/upper/changes,workdir=/upper/work root /root
for each in proc sys dev; do $busybox mount --move /$each /root/$each; done
read -r line < /root/proc/cmdline
project=\${line##*airlock.project=}
$busybox mount --bind "/root\${project%% *}" /root/airlock
exec $busybox switch_root /root /bin/bash /airlock/test/usb/guest-init.sh
`;
}

/** The folder of the project, as the guest sees this computer's root. */
export function projectFolder(): string {
  for (let folder = import.meta.dirname; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return folder;
    if (dirname(folder) === folder) throw new Error('the project is not found');
  }
}
