/** Partition types of the Apple partition map: Apple Technical Note TN1189 and what other systems registered by use. */

interface ApmType {
  name: string;
  /** Not to be mounted: the map itself, drivers, patches, free space. */
  container: boolean;
}

const VOLUME_TYPES: Readonly<Record<string, string>> = {
  Apple_HFS: 'Apple HFS or HFS+',
  Apple_HFSX: 'Apple HFSX',
  Apple_MFS: 'Apple MFS',
  Apple_PRODOS: 'ProDOS',
  Apple_UFS: 'Apple UFS',
  Apple_UNIX_SVR2: 'A/UX or Unix',
  Apple_Rhapsody_UFS: 'Rhapsody UFS',
  Apple_Boot: 'Apple boot helper',
  Apple_Bootstrap: 'NewWorld boot loader',
  Apple_RAID: 'Apple RAID',
  Apple_APFS: 'Apple APFS',
  Apple_FAT32: 'FAT32',
  DOS_FAT_12: 'FAT12',
  DOS_FAT_16: 'FAT16',
  DOS_FAT_16_S: 'FAT16 (small)',
  DOS_FAT_32: 'FAT32',
  Windows_FAT_16: 'FAT16',
  Windows_FAT_32: 'FAT32',
  Windows_NTFS: 'NTFS',
  Linux: 'Linux',
  Linux_Ext2: 'Linux ext2',
  Linux_Swap: 'Linux swap',
  Be_BFS: 'BeOS',
  CD_ROM_Mode_1: 'ISO 9660 data',
  ISO9660_data: 'ISO 9660 data',
  MacOS: 'Mac OS',
};

const CONTAINER_TYPES: Readonly<Record<string, string>> = {
  Apple_partition_map: 'Partition map',
  Apple_Free: 'Free space',
  Apple_Scratch: 'Free space',
  Apple_Void: 'Empty entry',
  Apple_Extra: 'Empty entry',
  Apple_Driver: 'Disk driver',
  Apple_Driver43: 'SCSI disk driver',
  Apple_Driver43_CD: 'CD-ROM driver',
  Apple_Driver_ATA: 'ATA disk driver',
  Apple_Driver_ATAPI: 'ATAPI disk driver',
  Apple_Driver_IOKit: 'Disk driver',
  Apple_Driver_OpenFirmware: 'Open Firmware driver',
  Apple_FWDriver: 'FireWire disk driver',
  Apple_FWB_Disk_Driver: 'Disk driver',
  Apple_Patches: 'Driver patches',
};

export function apmTypeName(type: string): ApmType {
  if (Object.hasOwn(VOLUME_TYPES, type)) return { name: VOLUME_TYPES[type], container: false };
  if (Object.hasOwn(CONTAINER_TYPES, type)) return { name: CONTAINER_TYPES[type], container: true };
  return { name: '', container: false };
}
