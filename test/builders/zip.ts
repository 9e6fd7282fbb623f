/** ZIP files with stored members (APPNOTE.TXT 4.3), for tests of what reads their directory. Sums are left zero: nothing here checks them. */

export interface ZipMember {
  name: string;
  content: Uint8Array;
  /** Lies for tests: a flag word (1: encrypted), a stated size of the unpacked content, a sum. */
  flags?: number;
  statedBytes?: number;
  crc?: number;
  /** The method of deflated content, which is given as it stands in the file. */
  method?: number;
}

export function fileEntry(name: string, content: string): ZipMember {
  return { name, content: Buffer.from(content) };
}

export function zipFile(members: readonly ZipMember[]): Buffer {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const { name, content, flags = 0, statedBytes = content.length, crc = 0, method = 0 } of members) {
    const nameBytes = Buffer.from(name);
    const header = Buffer.alloc(30);
    header.writeUInt32LE(0x04034b50, 0);
    header.writeUInt16LE(20, 4);
    header.writeUInt16LE(flags, 6);
    header.writeUInt16LE(method, 8);
    header.writeUInt32LE(content.length, 18);
    header.writeUInt32LE(statedBytes, 22);
    header.writeUInt16LE(nameBytes.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(flags, 8);
    entry.writeUInt16LE(method, 10);
    entry.writeUInt32LE(crc, 16);
    entry.writeUInt32LE(content.length, 20);
    entry.writeUInt32LE(statedBytes, 24);
    entry.writeUInt16LE(nameBytes.length, 28);
    entry.writeUInt32LE(offset, 42);
    local.push(header, nameBytes, Buffer.from(content));
    central.push(entry, nameBytes);
    offset += header.length + nameBytes.length + content.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(members.length, 8);
  end.writeUInt16LE(members.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...local, directory, end]);
}
