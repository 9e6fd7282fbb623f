/** Partition types of the BSD disklabel, by number: <sys/disklabel.h> of NetBSD, whose words disklabel(8) prints. */

/** [as disklabel(8) prints it, in words] */
const TYPES: ReadonlyArray<readonly [string, string]> = [
  ['unused', 'unused'],
  ['swap', 'swap space'],
  ['Version 6', 'Unix Version 6'],
  ['Version 7', 'Unix Version 7'],
  ['System V', 'Unix System V'],
  ['4.1BSD', '4.1BSD'],
  ['Eighth Edition', 'Unix Eighth Edition'],
  ['4.2BSD', 'BSD fast file system'],
  ['MSDOS', 'FAT'],
  ['4.4LFS', 'BSD log-structured file system'],
  ['unknown', ''],
  ['HPFS', 'OS/2 HPFS'],
  ['ISO9660', 'ISO 9660'],
  ['boot', 'boot code'],
  ['ADOS', 'AmigaDOS or vinum'],
  ['HFS', 'Apple HFS or RAID'],
  ['FILECORE', 'Acorn Filecore'],
  ['Linux Ext2', 'Linux ext2'],
  ['NTFS', 'NTFS'],
  ['RAID', 'RAID component'],
  ['ccd', 'concatenated disk component'],
  ['jfs', 'JFS2'],
  ['Apple UFS', 'Apple UFS'],
  ['vinum', 'vinum'],
  ['UDF', 'UDF'],
  ['SysVBFS', 'System V boot file system'],
  ['EFS', 'SGI EFS'],
  ['NiLFS', 'NILFS or ZFS'],
  ['cgd', 'encrypted disk'],
  ['MINIX FSv3', 'Minix 3'],
];

export function bsdTypeLabel(fstype: number): string {
  return fstype < TYPES.length ? TYPES[fstype][0] : String(fstype);
}

export function bsdTypeName(fstype: number): string {
  return fstype < TYPES.length ? TYPES[fstype][1] : '';
}
