import { expect, it } from 'vitest';
import { windowsProgram } from '../../test/builders/suspicious-files.ts';
import { streams } from './streams.ts';

function told(content: Record<string, Uint8Array | string>): string[] {
  const bytes = new Map(Object.entries(content).map(([name, value]) => [`user.${name}`, Buffer.from(value)]));
  const lines: string[] = [];
  streams(
    [...bytes].map(([name, { length: size }]) => ({ name, size })),
    (name, lengthBytes) => bytes.get(name)?.subarray(0, lengthBytes) ?? Buffer.alloc(0),
    (kind, telling) =>
      lines.push(
        [kind, telling?.sort, telling?.bytes, telling?.quote].filter((part) => part !== undefined).join(' | '),
      ),
  );
  return lines;
}

it('tells of programs by content or by name, and of other content', () => {
  expect(told({ hidden: windowsProgram() })).toEqual(['stream-program | windows | 1024 | hidden']);
  expect(told({ 'a.vbs': 'x' })).toEqual(['stream-program | script | 1 | a.vbs']);
  expect(told({ notes: 'some text' })).toEqual(['stream | 9 | notes']);
});

it('knows the mark of a download, and says from where', () => {
  expect(told({ 'Zone.Identifier': '[ZoneTransfer]\r\nZoneId=3\r\nHostUrl=https://a.example/x\r\n' })).toEqual([
    'origin-mark | https://a.example/x',
  ]);
  expect(told({ 'Zone.Identifier': '[ZoneTransfer]\r\nZoneId=3\r\n' })).toEqual(['origin-mark | ']);
});

it('lets nobody hide behind that name', () => {
  expect(told({ 'Zone.Identifier': Buffer.concat([windowsProgram(), Buffer.alloc(5000)]) })).toEqual([
    'stream-program | windows | 6024 | Zone.Identifier',
  ]);
});

it('knows what well-known programs write, and takes empty streams and other attributes for nothing', () => {
  expect(told({ AFP_AfpInfo: 'AFP' })).toEqual(['known-stream | 3 | AFP_AfpInfo']);
  expect(told({ empty: '' })).toEqual([]);
  const lines: string[] = [];
  streams(
    [{ name: 'security.selinux', size: 5 }],
    () => Buffer.alloc(5),
    (kind) => lines.push(kind),
  );
  expect(lines).toEqual([]);
});
