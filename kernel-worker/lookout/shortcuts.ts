/** Files that lead elsewhere, shown with where they lead: shortcuts, launchers, links to the web, and files that make a file manager ask a server. */

import type { ExaminedFile } from './examined.ts';
import type { Tell } from './finding.ts';
import { settingsOf, textOf } from './settings-text.ts';
import { MAX_LINK_BYTES, type ShellLink, shellLink } from './shell-link.ts';

/** Programs of every Windows that carry out what their arguments say: a shortcut to one of them is a program itself. */
const INTERPRETERS = new Set(
  (
    'cmd command powershell pwsh powershell_ise wscript cscript mshta rundll32 regsvr32 msiexec certutil bitsadmin forfiles conhost wmic ' +
    'schtasks cmstp installutil msbuild pcalua hh odbcconf curl bash wsl python pythonw regasm regsvcs scriptrunner ftp finger ssh mmc at start'
  ).split(' '),
);
const MAX_TEXT_BYTES = 64 * 1024;

const BY_EXTENSION: Record<string, (file: ExaminedFile, tell: Tell) => void> = {
  lnk: windowsShortcut,
  desktop: desktopEntry,
  url: internetShortcut,
  website: internetShortcut,
  webloc: webLocation,
  scf: shellCommandFile,
  'library-ms': searchOrLibrary,
  'search-ms': searchOrLibrary,
  'searchconnector-ms': searchOrLibrary,
};

export function shortcuts(file: ExaminedFile, tell: Tell): void {
  if (file.sizeBytes === 0) return;
  if (file.name.toLowerCase() === 'desktop.ini') folderSettings(file, tell);
  else if (Object.hasOwn(BY_EXTENSION, file.extension)) BY_EXTENSION[file.extension](file, tell);
}

function windowsShortcut(file: ExaminedFile, tell: Tell): void {
  const link = shellLink(file.read(0, MAX_LINK_BYTES));
  if (link === null) return;
  const quote = commandOf(link);
  if (isNetwork(link.target) || isNetwork(link.icon) || isNetwork(link.workingFolder))
    tell('shortcut-network', {
      quote: isNetwork(link.target) ? quote : `${quote}\n${link.icon || link.workingFolder}`,
    });
  else if (isCommand(link)) tell('shortcut-command', { quote });
  else tell('shortcut', { quote });
}

function commandOf(link: ShellLink): string {
  return link.arguments === '' ? link.target : `${link.target} ${link.arguments}`;
}

/** Whether opening it carries out what it says. */
export function isCommand(link: ShellLink): boolean {
  const target = link.target.trimEnd().toLowerCase();
  const base = target.slice(Math.max(target.lastIndexOf('\\'), target.lastIndexOf('/')) + 1);
  if (INTERPRETERS.has(base.replace(/\.(?:exe|com|bat|cmd)$/, ''))) return true;
  // A file manager is given something to open, or a document's program something to run.
  if (base === 'explorer.exe' && link.arguments.trim() !== '') return true;
  return /\.(?:bat|cmd|vbs|vbe|js|jse|wsf|hta|ps1|scr|pif|cpl)$/.test(base);
}

/** A path on a server: \\server\share, not \\?\C:\ and not \\.\. */
function isNetwork(path: string): boolean {
  return /^\s*"?(?:\\\\|\/\/)(?![?.][\\/])[^\\/]/.test(path) || /^\\\\\?\\UNC\\/i.test(path);
}

function desktopEntry(file: ExaminedFile, tell: Tell): void {
  const settings = settingsOf(file).filter(({ section }) => section === 'desktop entry');
  const value = (key: string) => settings.find((setting) => setting.key === key)?.value ?? '';
  const url = value('url') || value('url[$e]');
  if (value('type').toLowerCase() === 'link' && url !== '') tellLink(url, tell);
  else if (value('exec') !== '') tell('launcher', { quote: value('exec') });
}

function internetShortcut(file: ExaminedFile, tell: Tell): void {
  const settings = settingsOf(file);
  const value = (key: string) => settings.find((setting) => setting.key === key)?.value ?? '';
  const icon = value('iconfile');
  if (isNetwork(icon) || isNetwork(value('workingdirectory')))
    tell('network-lure', { quote: `${value('url')}\n${icon || value('workingdirectory')}` });
  else if (value('url') !== '') tellLink(value('url'), tell);
}

/** macOS' web locations: a property list, as XML or binary, with the address in it. */
function webLocation(file: ExaminedFile, tell: Tell): void {
  const bytes = file.read(0, MAX_TEXT_BYTES);
  const text = new TextDecoder('latin1').decode(bytes);
  const inXml = /<string>([^<]*)<\/string>/.exec(text)?.[1];
  const found = inXml ?? /[a-z][a-z0-9+.-]{1,30}:[\x21-\x7e]+/i.exec(text)?.[0];
  if (found !== undefined) tellLink(found.replaceAll('&amp;', '&'), tell);
}

function tellLink(url: string, tell: Tell): void {
  const scheme = /^\s*([a-z][a-z0-9+.-]*):/i.exec(url)?.[1].toLowerCase() ?? '';
  if (isNetwork(url) || (scheme === 'file' && /^\s*file:[\\/]{2}(?!localhost)[^\\/]/i.test(url)) || scheme === 'smb')
    tell('network-lure', { quote: url });
  else if (['http', 'https', 'mailto', 'ftp', 'ftps', ''].includes(scheme)) tell('link', { quote: url });
  else tell('link-scheme', { quote: url });
}

/** Explorer looks for the icon as soon as the folder is shown. */
function shellCommandFile(file: ExaminedFile, tell: Tell): void {
  const icon = settingsOf(file).find(({ key }) => key === 'iconfile')?.value ?? '';
  if (isNetwork(icon)) tell('network-lure', { quote: icon });
  else tell('shortcut', { quote: icon });
}

/** XML that names folders and servers in which Explorer searches. */
function searchOrLibrary(file: ExaminedFile, tell: Tell): void {
  const found = [
    ...textOf(file, MAX_TEXT_BYTES).matchAll(/<(?:url|simpleLocation|path|domain)[^<>]{0,200}>([^<]{1,500})/gi),
  ]
    .map((match) => match[1].trim())
    .filter((text) => text !== '')
    .slice(0, 4);
  const isRemote = found.some((text) => isNetwork(text) || /^(?:https?|file|smb):/i.test(text));
  tell(isRemote ? 'network-lure' : 'search-file', { quote: found.join('\n') });
}

/** desktop.ini: nearly always only an icon and a name. */
function folderSettings(file: ExaminedFile, tell: Tell): void {
  const remote = settingsOf(file).find(({ value }) => isNetwork(value));
  if (remote !== undefined) tell('network-lure', { quote: remote.value });
}
