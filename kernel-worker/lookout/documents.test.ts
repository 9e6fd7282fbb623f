import { describe, expect, it } from 'vitest';
import { compoundFile, deflated, pdfFile, wordPackage } from '../../test/builders/suspicious-files.ts';
import { fileEntry, type ZipMember } from '../../test/builders/zip.ts';
import { tellings } from '../../test/support/lookout-tellings.ts';
import { compoundDocument, officePackage, pdf, richText } from './documents.ts';
import type { ExaminedFile } from './examined.ts';
import type { Tell } from './finding.ts';
import { zipDirectory } from './zip-directory.ts';

function office(file: ExaminedFile, tell: Tell): void {
  const directory = zipDirectory(file);
  if (directory !== null) officePackage(file, directory, tell);
}
const inPackage = (name: string, members: ZipMember[]) => tellings(office, name, wordPackage(members));
const RELATION = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const relation = (kind: string, target: string, mode = 'External') =>
  deflated(
    'word/_rels/settings.xml.rels',
    `<?xml version="1.0"?><Relationships><Relationship Id="a" Type="${RELATION}/${kind}" Target="${target}" TargetMode="${mode}"/></Relationships>`,
  );

describe('Office packages', () => {
  it('tells of macros, and of a name that promises none', () => {
    expect(inPackage('a.docm', [fileEntry('word/vbaProject.bin', 'x')])).toEqual(['macros']);
    expect(inPackage('a.docx', [fileEntry('word/vbaProject.bin', 'x')])).toEqual(['macros-disguised']);
    expect(inPackage('a.xlsx', [fileEntry('xl/macrosheets/sheet1.xml', 'x')])).toEqual(['macros-disguised']);
    expect(inPackage('a.docx', [])).toEqual([]);
  });

  it('tells from where a template or object is fetched, and lets links to click pass', () => {
    expect(inPackage('a.docx', [relation('attachedTemplate', 'https://evil.example/t.dotm')])).toEqual([
      'remote-template | https://evil.example/t.dotm',
    ]);
    expect(inPackage('a.docx', [relation('oleObject', 'mhtml:http://evil.example/x!x-usc:')])).toEqual([
      'remote-template | mhtml:http://evil.example/x!x-usc:',
    ]);
    expect(inPackage('a.docx', [relation('hyperlink', 'https://a.example/')])).toEqual([]);
    expect(inPackage('a.docx', [relation('attachedTemplate', 'Normal.dotm', 'Internal')])).toEqual([]);
  });

  it('takes a ZIP of other things for none', () => {
    expect(tellings(office, 'a.zip', wordPackage([]).subarray(10))).toEqual([]);
  });

  it('is bounded on members that lie', () => {
    const bomb = { ...deflated('word/_rels/a.rels', 'x'.repeat(5_000_000)), statedBytes: 10 };
    expect(inPackage('a.docx', [bomb])).toEqual([]);
    const broken = { name: 'word/_rels/a.rels', content: Buffer.alloc(50, 0xff), method: 8 };
    expect(inPackage('a.docx', [broken])).toEqual([]);
    const start = performance.now();
    inPackage('a.docx', [deflated('word/_rels/a.rels', '<Relationship '.repeat(18_000))]);
    expect(performance.now() - start).toBeLessThan(5000);
  });
});

describe('compound files', () => {
  const told = (name: string, names: string[]) => tellings(compoundDocument, name, compoundFile(names));

  it('tells of macros, passwords and objects by the names of their streams', () => {
    expect(told('a.doc', ['WordDocument', 'Macros', 'VBA'])).toEqual(['macros']);
    expect(told('a.xls', ['Workbook', '_VBA_PROJECT_CUR'])).toEqual(['macros']);
    expect(told('a.docx', ['WordDocument', 'Macros'])).toEqual(['macros-disguised']);
    expect(told('a.docx', ['EncryptionInfo', 'EncryptedPackage'])).toEqual(['encrypted-document']);
    expect(told('a.doc', ['WordDocument', '\u0001Ole10Native'])).toEqual(['embedded-object | note']);
    expect(told('a.doc', ['WordDocument', '1Table'])).toEqual([]);
  });

  it('finds them behind many others', () => {
    const many = Array.from({ length: 900 }, (_, i) => `Stream ${i}`);
    expect(told('a.doc', [...many.slice(0, 400), 'VBA'])).toEqual(['macros']);
  });

  it('comes to an end on a directory that is a ring, and on cut files', () => {
    const ring = compoundFile(['a', 'b', 'c', 'd']);
    ring.writeUInt32LE(1, 512 + 4);
    expect(tellings(compoundDocument, 'a.doc', ring)).toEqual([]);
    const whole = compoundFile(['VBA']);
    for (let length = 0; length < whole.length; length += 61)
      expect(() => tellings(compoundDocument, 'a.doc', whole.subarray(0, length))).not.toThrow();
  });
});

describe('macros that start by themselves', () => {
  const project = (source: string) => Buffer.concat([compoundFile(['VBA', 'dir']), Buffer.from(source, 'latin1')]);

  it('are a danger, also where a byte of flags stands within the name', () => {
    expect(inPackage('a.docm', [{ name: 'word/vbaProject.bin', content: project('Sub Document_Open()') }])).toEqual([
      'macros | danger | Document_Open',
    ]);
    expect(tellings(compoundDocument, 'a.doc', project('\x01\x30Sub Auto\x00Open()'))).toEqual([
      'macros | danger | AutoOpen',
    ]);
    expect(tellings(compoundDocument, 'a.xls', project('Sub Work\x10book_Ope\x00n()'))).toEqual([
      'macros | danger | Workbook_Open',
    ]);
  });

  it('are told from those that wait for a click', () => {
    expect(tellings(compoundDocument, 'a.xls', project('Sub Button1_Click(): automatic opening'))).toEqual(['macros']);
  });

  it('are looked for in no time', () => {
    const start = performance.now();
    tellings(compoundDocument, 'a.doc', project('Auto'.repeat(250_000)));
    expect(performance.now() - start).toBeLessThan(8000);
  });
});

describe('RTF', () => {
  const told = (content: string) => tellings(richText, 'a.rtf', content);

  it('tells of objects and of templates from elsewhere', () => {
    expect(told('{\\rtf1{\\object{\\*\\objdata 01}}}')).toEqual(['embedded-object']);
    expect(told('{\\rtf1{\\*\\template https://evil.example/t}}')).toEqual([
      'remote-template | https://evil.example/t',
    ]);
    expect(told('{\\rtf1 Hello}')).toEqual([]);
    expect(told('no RTF \\objdata')).toEqual([]);
  });

  it('is bounded on hostile content', () => {
    const start = performance.now();
    told(`{\\rtf1{\\*\\template ${' '.repeat(900_000)}`);
    told(`{\\rtf1${'{\\*\\template x'.repeat(60_000)}`);
    expect(performance.now() - start).toBeLessThan(8000);
  });
});

describe('PDF', () => {
  const told = (objects: string) => tellings(pdf, 'a.pdf', pdfFile(objects));

  it.each([
    ['/OpenAction << /S /Launch /F (a.exe) >>', ['pdf-launch']],
    ['/OpenAction << /S /JavaScript /JS (app.alert) >>', ['pdf-script']],
    ['/AA << /O << /JS 12 0 R >> >>', ['pdf-script']],
    ['/S /J#61vaScr#69pt /J#53 (x)', ['pdf-script']],
    ['/Names << /EmbeddedFiles 4 0 R >> /Type /EmbeddedFile ', ['pdf-attachment']],
    ['/Encrypt 5 0 R', ['encrypted-document']],
    ['/Title (About /JS and /Launchpad)', []],
    ['/Title (/JSON)', []],
  ])('%s', (objects, kinds) => expect(told(objects)).toEqual(kinds));

  it('looks at the end of a large file too', () => {
    const large = Buffer.concat([pdfFile(''), Buffer.alloc(3_000_000, 0x20), Buffer.from('/S /Launch /F')]);
    expect(tellings(pdf, 'a.pdf', large)).toEqual(['pdf-launch']);
  });

  it('takes chance for chance in compressed data', () => {
    let seed = 1;
    const noise = Buffer.from(
      Array.from({ length: 1_000_000 }, () => {
        seed = (seed * 48271) % 2147483647;
        return seed & 0xff;
      }),
    );
    expect(tellings(pdf, 'a.pdf', Buffer.concat([Buffer.from('%PDF-1.7\n'), noise]))).toEqual([]);
  });
});
