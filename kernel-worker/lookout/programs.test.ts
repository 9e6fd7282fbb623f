import { describe, expect, it } from 'vitest';
import { linuxProgram, windowsProgram } from '../../test/builders/suspicious-files.ts';
import { fileEntry, zipFile } from '../../test/builders/zip.ts';
import { type Given, tellings } from '../../test/support/lookout-tellings.ts';
import { programs } from './programs.ts';

const told = (name: string, content: Uint8Array | string, given?: Given) => tellings(programs, name, content, given);
const HIDDEN = { attr: { dosAttributes: 0x02 } };
const macProgram = Buffer.from('cffaedfe0000000000000000', 'hex');
const javaClass = Buffer.from('cafebabe0000003400000000', 'hex');
const jar = zipFile([fileEntry('META-INF/MANIFEST.MF', 'x')]);

describe('programs that pose as something else', () => {
  it.each([
    ['holiday.jpg', windowsProgram(), 'windows'],
    ['letter.doc', linuxProgram(), 'linux'],
    ['report.pdf', macProgram, 'mac'],
    ['song.mp3', javaClass, 'java'],
    ['notes.txt', windowsProgram(), 'windows'],
    ['picture.png', jar, 'java'],
    ['film.avi', '#!/bin/sh\nrm x\n', 'script'],
    ['report.docx', '@echo off\r\n', 'script'],
  ])('%s', (name, content, sort) => {
    expect(told(name, content)).toEqual([`disguised-program | ${sort}`]);
  });

  it('takes a script in a text for a text', () => {
    expect(told('howto.txt', '#!/bin/sh\necho\n')).toEqual([]);
    expect(told('log.md', '@echo off\n')).toEqual([]);
  });
});

describe('programs and scripts as what they are', () => {
  it.each([
    ['setup.exe', windowsProgram(), 'program | windows'],
    ['noname', linuxProgram(), 'program | linux'],
    ['data.dat', windowsProgram(), 'program | windows'],
    ['tool.jar', jar, 'program | java'],
    ['a.vbs', 'x', 'script | script'],
    ['a.ps1', 'x', 'script | script'],
    ['a.msi', Buffer.alloc(100, 1), 'program | installer'],
  ])('%s', (name, content, line) => expect(told(name, content)).toEqual([line]));

  it.each([
    ['www.example.com', 'a list of pages\n'],
    ['library.dll', windowsProgram()],
    ['libc.so.6', linuxProgram()],
    ['font.fon', windowsProgram()],
    ['bundle.js', 'export const a = 1;\n'],
    ['readme', '#!/bin/sh\n'],
    ['empty.exe', ''],
    ['._setup.exe', Buffer.from('0005160700020000', 'hex')],
  ])('is silent on %s', (name, content) => expect(told(name, content)).toEqual([]));

  it('tells of JavaScript that only Windows runs, and of any in the root', () => {
    expect(told('a.js', 'var s = new ActiveXObject("WScript.Shell");')).toEqual(['script | script']);
    expect(told('a.js', 'x', { inRoot: true })).toEqual(['script | script']);
  });

  it('tells of hidden ones as a danger, by their mark or, if binary, by a dot', () => {
    expect(told('a.exe', windowsProgram(), HIDDEN)).toEqual(['hidden-program | windows']);
    expect(told('a.bat', 'x', HIDDEN)).toEqual(['hidden-program | script']);
    expect(told('.update', linuxProgram())).toEqual(['hidden-program | linux']);
    expect(told('.a.sh', 'x')).toEqual(['script | script']);
  });
});

describe('what else a name does not say', () => {
  it('tells of archives and pages with the name of a picture', () => {
    expect(told('a.jpg', zipFile([fileEntry('a', 'b')]))).toEqual(['content-mismatch | application/zip']);
    expect(told('a.pdf', '<html><body>')).toEqual(['content-mismatch | text/html']);
    expect(told('a.png', Buffer.from('ffd8ffe0', 'hex'))).toEqual([]);
  });

  it('tells of drawings with scripts', () => {
    expect(told('a.svg', '<svg><script>x</script></svg>')).toEqual(['picture-script']);
    expect(told('a.svg', '<svg onload="x()"/>')).toEqual(['picture-script']);
    expect(told('a.svg', '<svg><path d="M0 0"/></svg>')).toEqual([]);
  });

  it('tells of disk images', () => {
    expect(told('a.vhd', Buffer.concat([Buffer.from('conectix'), Buffer.alloc(600)]))).toEqual(['disk-image']);
    expect(told('a.iso', Buffer.alloc(5000))).toEqual(['disk-image']);
  });
});
