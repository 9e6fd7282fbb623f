/** Every shortcut of the window, declared once: what a press means to the handlers, and what the keyboard map shows for it. */

export interface Chord {
  /** As KeyboardEvent.key has it; letters in lower case. */
  key: string;
  /** Ctrl, on a Mac Command. */
  command?: true;
  shift?: true;
  alt?: true;
}

/** Each of the chords does it. The second list is for a Mac, where it differs. */
export interface Shortcut {
  chords: readonly Chord[];
  mac?: readonly Chord[];
}

/** Pairs: the first leads back. */
const ARROWS = [{ key: 'ArrowUp' }, { key: 'ArrowDown' }] as const;
const ENDS = [{ key: 'Home' }, { key: 'End' }] as const;
const PAGES = [{ key: 'PageUp' }, { key: 'PageDown' }] as const;

export const KEYBOARD = {
  window: {
    help: { chords: [{ key: '?' }, { key: 'F1' }] },
    openImage: { chords: [{ key: 'o', command: true }] },
    settings: { chords: [{ key: ',', command: true }] },
    find: { chords: [{ key: 'f', command: true }] },
    search: { chords: [{ key: 'f', command: true, shift: true }] },
    copyOut: { chords: [{ key: 's', command: true }] },
    eject: { chords: [{ key: 'e', command: true }] },
    details: { chords: [{ key: 'i', command: true }] },
    hidden: { chords: [{ key: 'h', command: true }], mac: [{ key: '.', command: true, shift: true }] },
  },
  list: {
    move: { chords: ARROWS },
    ends: { chords: ENDS },
    pages: { chords: PAGES },
    range: { chords: ARROWS.map((arrow) => ({ ...arrow, shift: true as const })) },
    toggle: { chords: [{ key: ' ', command: true }] },
    all: { chords: [{ key: 'a', command: true }] },
    copyFiles: { chords: [{ key: 'c', command: true }] },
    open: { chords: [{ key: 'Enter' }] },
    look: { chords: [{ key: ' ' }] },
    up: { chords: [{ key: 'Backspace' }, { key: 'ArrowUp', alt: true }] },
    clear: { chords: [{ key: 'Escape' }] },
    menu: { chords: [{ key: 'F10', shift: true }] },
  },
  look: {
    next: { chords: [{ key: 'ArrowLeft' }, { key: 'ArrowRight' }] },
    pages: { chords: PAGES },
    ends: { chords: ENDS },
    close: { chords: [{ key: 'Escape' }, { key: ' ' }] },
  },
  dialog: {
    walk: { chords: [{ key: 'Tab' }, { key: 'Tab', shift: true }] },
    close: { chords: [{ key: 'Escape' }] },
  },
} as const satisfies Record<string, Record<string, Shortcut>>;

export type KeyboardArea = keyof typeof KEYBOARD;

/** Signs whose place and shift differ from keyboard to keyboard: for these only the sign counts. */
function isSign(key: string): boolean {
  return key.length === 1 && !/[\p{L}\p{N} ]/u.test(key);
}

function isPressed(chord: Chord, event: KeyboardEvent): boolean {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const shiftFits = isSign(chord.key) && chord.shift !== true ? true : event.shiftKey === (chord.shift ?? false);
  return (
    (key === chord.key || (chord.key === '.' && event.code === 'Period')) &&
    (event.ctrlKey || event.metaKey) === (chord.command ?? false) &&
    event.altKey === (chord.alt ?? false) &&
    shiftFits
  );
}

/** The chords of a shortcut on this platform; left out: on one that has none of its own. */
export function chordsOf(shortcut: Shortcut, platform = ''): readonly Chord[] {
  return platform === 'darwin' ? (shortcut.mac ?? shortcut.chords) : shortcut.chords;
}

/** Whether this press is that shortcut. */
export function isShortcut(event: KeyboardEvent, shortcut: Shortcut, platform?: string): boolean {
  return chordsOf(shortcut, platform).some((chord) => isPressed(chord, event));
}

/** The key of the shortcut's chord that was pressed; null: none of them. */
export function keyOf<Key extends string>(
  event: KeyboardEvent,
  shortcut: { chords: ReadonlyArray<Chord & { key: Key }> },
): Key | null {
  return shortcut.chords.find((chord) => isPressed(chord, event))?.key ?? null;
}

const MAC_SIGNS: Record<string, string> = {
  Enter: '↩',
  Backspace: '⌫',
  Escape: '⎋',
  Tab: '⇥',
  Home: '↖',
  End: '↘',
  PageUp: '⇞',
  PageDown: '⇟',
};
const ARROW_SIGNS: Record<string, string> = { ArrowUp: '↑', ArrowDown: '↓', ArrowLeft: '←', ArrowRight: '→' };

/** Names of keys in a language; letters and signs are as they are on every keyboard. */
export type KeyNames = Record<
  | 'command'
  | 'shift'
  | 'alt'
  | 'enter'
  | 'backspace'
  | 'escape'
  | 'tab'
  | 'home'
  | 'end'
  | 'pageUp'
  | 'pageDown'
  | 'space',
  string
>;

const NAMED: Record<string, keyof KeyNames> = {
  Enter: 'enter',
  Backspace: 'backspace',
  Escape: 'escape',
  Tab: 'tab',
  Home: 'home',
  End: 'end',
  PageUp: 'pageUp',
  PageDown: 'pageDown',
  ' ': 'space',
};

/** What stands on the keys of a chord, one after the other: 'Ctrl', 'O' or '⌘', 'O'. */
export function keyCaps(chord: Chord, platform: string, names: KeyNames): string[] {
  const mac = platform === 'darwin';
  const caps: string[] = [];
  if (chord.alt) caps.push(mac ? '⌥' : names.alt);
  if (chord.shift) caps.push(mac ? '⇧' : names.shift);
  if (chord.command) caps.push(mac ? '⌘' : names.command);
  const sign = ARROW_SIGNS[chord.key] ?? (mac ? MAC_SIGNS[chord.key] : undefined);
  const named = NAMED[chord.key];
  caps.push(sign ?? (named === undefined ? chord.key.toUpperCase() : names[named]));
  return caps;
}
