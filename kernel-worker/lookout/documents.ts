/**
 * Documents that can act: macros in Office files (ISO/IEC 29500 packages; compound files after [MS-CFB] and [MS-OVBA]), templates fetched from elsewhere,
 * objects in RTF (Rich Text Format 1.9.1, "Objects"), scripts, launches and attachments in PDF (ISO 32000-2, 12.6), and passwords on all of them.
 */

import { compoundDirectory } from '../content/compound-file.ts';
import { latin1 } from '../rump/vfs/bytes.ts';
import type { ExaminedFile } from './examined.ts';
import type { Tell } from './finding.ts';
import { memberContent, type ZipMember } from './zip-directory.ts';

/** Sectors of a compound file's directory that are read: 2048 streams, more than embedded pictures and charts make. */
const DIRECTORY_SECTORS = 512;
/** Storages and streams in which Word, Excel and PowerPoint keep macros. */
const MACRO_STORAGES = ['VBA', '_VBA_PROJECT', '_VBA_PROJECT_CUR', 'Macros'];
const MAX_PROJECT_BYTES = 1024 * 1024;
/**
 * Names by which Word, Excel and PowerPoint start a macro themselves. Their source is compressed, with a byte of flags before each eight pieces ([MS-OVBA]
 * 2.4.1), which can stand within a name that is met for the first time.
 */
const STARTERS = [
  'AutoOpen',
  'AutoExec',
  'AutoClose',
  'Auto_Open',
  'Auto_Close',
  'Document_Open',
  'Document_Close',
  'Workbook_Open',
  'Workbook_Activate',
  'Workbook_BeforeClose',
].map((name): [string, RegExp] => [name, new RegExp(Array.from(name).join('[^]?'), 'i')]);
/** Relationship parts are small, and the one that matters is the first or second. */
const MAX_RELATIONS = 24;
const MAX_RELATION_BYTES = 256 * 1024;
const REMOTE_KINDS = /\/(?:attachedTemplate|oleObject|frame|subDocument|externalLinkPath\/xlPathMissing)"/;
const RTF_BYTES = 1024 * 1024;
const PDF_HEAD_BYTES = 1024 * 1024;
const PDF_TAIL_BYTES = 256 * 1024;

const PDF_LAUNCH = /\/Launch[\s/<>[\]()]/;
/** As a name with its value behind it: the three characters alone come up by chance in compressed data. */
const PDF_SCRIPT = /\/JavaScript[\s/<>[\]()]|\/JS\s*(?:\(|<[0-9A-Fa-f<]|\d{1,10}\s+\d{1,5}\s+R)/;
const PDF_ATTACHMENT = /\/EmbeddedFile[s]?[\s/<>[\]()]|\/FileAttachment[\s/<>[\]()]/;
const PDF_ENCRYPTED = /\/Encrypt\s+(?:\d{1,10}\s+\d{1,5}\s+R|<<)/;
/** Names may be written with characters as '#xx'. */
const ESCAPED = /#([0-9A-Fa-f]{2})/g;

export function officePackage(file: ExaminedFile, members: readonly ZipMember[], tell: Tell): void {
  if (!members.some(({ name }) => name === '[Content_Types].xml')) return;
  const macros = members.find(({ name }) => /(?:^|\/)(?:vbaProject\.bin|macrosheets\/)/i.test(name));
  if (macros !== undefined) {
    const project = memberContent(file, macros, MAX_PROJECT_BYTES);
    tellMacros(file, project ?? new Uint8Array(0), tell);
  }
  const relations = members.filter(({ name }) => name.endsWith('.rels')).slice(0, MAX_RELATIONS);
  for (const relation of relations) {
    const content = memberContent(file, relation, MAX_RELATION_BYTES);
    const target = content === null ? null : remoteTarget(new TextDecoder().decode(content));
    if (target === null) continue;
    tell('remote-template', { quote: target });
    return;
  }
}

/** Where a template or object comes from that is fetched when the document is opened. A hyperlink is not fetched. */
function remoteTarget(xml: string): string | null {
  for (const [relation] of xml.matchAll(/<Relationship\b[^<>]{1,4000}>/g)) {
    if (!/TargetMode="External"/i.test(relation) || !REMOTE_KINDS.test(relation)) continue;
    const target = /Target="([^"]*)"/.exec(relation)?.[1] ?? '';
    if (/^(?:https?:|ftp:|file:|\\\\|\/\/|smb:|mhtml:)/i.test(target)) return target.replaceAll('&amp;', '&');
  }
  return null;
}

/** `project`: the macros as they are stored. One that runs on opening makes them a danger; its name is told. */
function tellMacros(file: ExaminedFile, project: Uint8Array, tell: Tell): void {
  const stored = latin1(project);
  const starter = STARTERS.find(([, pattern]) => pattern.test(stored))?.[0];
  // A compound file under a package's name is opened by Office all the same.
  const isDisguised = /^(?:doc|xls|ppt|dot|xlt|pot|pps)x$/.test(file.extension);
  tell(
    isDisguised ? 'macros-disguised' : 'macros',
    starter === undefined ? {} : { severity: 'danger', quote: starter },
  );
}

export function compoundDocument(file: ExaminedFile, tell: Tell): void {
  const names = compoundDirectory(file, file.read(0, 512), DIRECTORY_SECTORS)?.names;
  if (names === undefined) return;
  if (names.has('EncryptedPackage')) tell('encrypted-document');
  if (MACRO_STORAGES.some((name) => names.has(name))) tellMacros(file, file.read(0, MAX_PROJECT_BYTES), tell);
  if (names.has('\u0001Ole10Native') || names.has('\u0001oLE10nATIVE')) tell('embedded-object', { severity: 'note' });
}

export function richText(file: ExaminedFile, tell: Tell): void {
  const text = latin1(file.read(0, RTF_BYTES));
  if (!/^\s*\{\\rt/.test(text)) return;
  if (/\\objdata\b|\\objupdate\b|\\objautlink\b/.test(text)) tell('embedded-object');
  const template = /\{\\\*\\template\s([^}]{1,500})\}/.exec(text)?.[1] ?? '';
  if (/^(?:https?:|\\\\|file:)/i.test(template.trim())) tell('remote-template', { quote: template.trim() });
}

export function pdf(file: ExaminedFile, tell: Tell): void {
  const head = latin1(file.read(0, PDF_HEAD_BYTES));
  const tailAt = Math.max(head.length, file.sizeBytes - PDF_TAIL_BYTES);
  const raw = head + latin1(file.read(tailAt, file.sizeBytes - tailAt));
  const text = raw.includes('#') ? raw.replace(ESCAPED, unescaped) : raw;
  if (PDF_LAUNCH.test(text)) tell('pdf-launch');
  if (PDF_SCRIPT.test(text)) tell('pdf-script');
  if (PDF_ATTACHMENT.test(text)) tell('pdf-attachment');
  if (PDF_ENCRYPTED.test(text)) tell('encrypted-document');
}

/** Letters only: those are what names are hidden by. */
function unescaped(whole: string, hex: string): string {
  const character = String.fromCharCode(Number.parseInt(hex, 16));
  return /[A-Za-z]/.test(character) ? character : whole;
}
