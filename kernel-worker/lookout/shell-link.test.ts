import { describe, expect, it } from 'vitest';
import { shellLinkFile } from '../../test/builders/suspicious-files.ts';
import { shellLink } from './shell-link.ts';

describe('shellLink', () => {
  it('gives target, arguments and icon', () => {
    const bytes = shellLinkFile({
      target: 'C:\\Windows\\System32\\cmd.exe',
      parameters: '/c start x.exe',
      icon: 'shell32.dll',
    });
    expect(shellLink(bytes)).toEqual({
      target: 'C:\\Windows\\System32\\cmd.exe',
      arguments: '/c start x.exe',
      workingFolder: '',
      icon: 'shell32.dll',
    });
  });

  it('gives the share of a network path', () => {
    expect(shellLink(shellLinkFile({ target: '\\\\server\\share' }))?.target).toBe('\\\\server\\share');
  });

  it('prefers the path with variables that Windows would expand', () => {
    const block = Buffer.alloc(788);
    block.writeUInt32LE(788, 0);
    block.writeUInt32LE(0xa0000001, 4);
    block.write('%COMSPEC%', 8, 'latin1');
    block.write('%COMSPEC%', 268, 'utf16le');
    const bytes = Buffer.concat([shellLinkFile({ target: 'C:\\a.txt' }).subarray(0, -4), block, Buffer.alloc(4)]);
    expect(shellLink(bytes)?.target).toBe('%COMSPEC%');
  });

  it('reads names out of an item list where there is nothing else', () => {
    const header = shellLinkFile({ target: '' }).subarray(0, 76);
    header.writeUInt32LE(0x81, 20);
    const drive = item(0x2f, Buffer.from('C:\\\0\0', 'latin1'));
    const folder = item(0x31, Buffer.concat([Buffer.alloc(11), Buffer.from('Tools\0', 'latin1')]));
    const list = Buffer.concat([drive, folder, Buffer.alloc(2)]);
    const length = Buffer.alloc(2);
    length.writeUInt16LE(list.length, 0);
    expect(shellLink(Buffer.concat([header, length, list]))?.target).toBe('C:\\Tools');
  });

  it('has no target where an item of the shell has no path', () => {
    const header = shellLinkFile({ target: '' }).subarray(0, 76);
    header.writeUInt32LE(0x81, 20);
    const list = Buffer.concat([item(0x1f, Buffer.alloc(17)), Buffer.alloc(2)]);
    const length = Buffer.alloc(2);
    length.writeUInt16LE(list.length, 0);
    expect(shellLink(Buffer.concat([header, length, list]))).toMatchObject({ target: '' });
  });

  it('takes other files for none', () => {
    expect(shellLink(Buffer.from('MZ'))).toBe(null);
    expect(shellLink(Buffer.alloc(200))).toBe(null);
    expect(shellLink(new Uint8Array(0))).toBe(null);
  });

  it('comes to an end on every cut and on every byte set to its largest', () => {
    const whole = shellLinkFile({ target: 'C:\\a.exe', parameters: 'x', icon: 'y' });
    for (let length = 0; length < whole.length; length++)
      expect(() => shellLink(whole.subarray(0, length))).not.toThrow();
    for (let at = 20; at < whole.length; at++) {
      const broken = Buffer.from(whole);
      broken.fill(0xff, at, Math.min(at + 4, broken.length));
      expect(() => shellLink(broken)).not.toThrow();
    }
  });
});

function item(type: number, content: Buffer): Buffer {
  const head = Buffer.alloc(3);
  head.writeUInt16LE(3 + content.length, 0);
  head[2] = type;
  return Buffer.concat([head, content]);
}
