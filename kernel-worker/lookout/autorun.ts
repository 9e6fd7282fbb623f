/**
 * What starts by itself when a medium is plugged in: Windows' autorun.inf ("Autorun.inf Entries", Microsoft Learn) and the names that desktops of Linux
 * look for (freedesktop.org, Autostart Of Applications During Startup, "Autostart Of Applications After Mount").
 */

import type { ExaminedFile } from './examined.ts';
import type { Tell } from './finding.ts';
import { settingsOf } from './settings-text.ts';

const AUTORUN_INF = 'autorun.inf';
/** Run by a desktop after asking. */
const AUTOSTART = new Set(['.autorun', 'autorun', 'autorun.sh']);
/** Names a file that a desktop opens after asking. */
const AUTOOPEN = new Set(['.autoopen', 'autoopen']);
const MAX_PROGRAMS = 8;

export function autorun(file: ExaminedFile, tell: Tell): void {
  const name = file.name.toLowerCase();
  if (name === AUTORUN_INF) {
    const programs = startedBy(file);
    if (programs.length > 0) tell('autorun', { quote: programs.join('\n'), severity: file.inRoot ? 'danger' : 'note' });
    else if (file.inRoot) tell('autorun-settings');
    return;
  }
  if (!file.inRoot) return;
  if (AUTOSTART.has(file.name)) tell('autostart');
  else if (AUTOOPEN.has(file.name)) tell('autostart', { severity: 'note', quote: firstLine(file) });
}

/** The commands, each once: `open`, `shellexecute`, and the commands of its own context menu. */
function startedBy(file: ExaminedFile): string[] {
  const commands = settingsOf(file)
    .filter(
      ({ section, key }) => section.startsWith('autorun') && /^(?:open|shellexecute|shell\\.*\\command)$/.test(key),
    )
    .map(({ value }) => value)
    .filter((value) => value !== '');
  return [...new Set(commands)].slice(0, MAX_PROGRAMS);
}

function firstLine(file: ExaminedFile): string {
  return new TextDecoder().decode(file.read(0, 1024)).split(/[\r\n]/)[0];
}
