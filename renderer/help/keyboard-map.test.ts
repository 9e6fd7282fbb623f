/** Shortcuts as they are pressed and as they are shown. */

import { describe, expect, it } from 'vitest';
import { en } from '../../assets/messages/en/index.ts';
import { chordsOf, isShortcut, KEYBOARD, keyCaps, keyOf } from './keyboard-map.ts';

const NONE = { ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, code: '' };
const press = (key: string, more: Partial<typeof NONE> = {}) => ({ ...NONE, key, ...more }) as KeyboardEvent;

describe('a press', () => {
  it('is the shortcut with its command key, whichever the system has', () => {
    const { openImage } = KEYBOARD.window;
    expect(isShortcut(press('o', { ctrlKey: true }), openImage, 'linux')).toBe(true);
    expect(isShortcut(press('O', { metaKey: true }), openImage, 'darwin')).toBe(true);
    expect(isShortcut(press('o'), openImage, 'linux')).toBe(false);
    expect(isShortcut(press('o', { ctrlKey: true, altKey: true }), openImage, 'linux')).toBe(false);
    expect(isShortcut(press('O', { ctrlKey: true, shiftKey: true }), openImage, 'linux')).toBe(false);
  });

  it('of a sign counts whatever else has to be held for it on this keyboard', () => {
    expect(isShortcut(press('?', { shiftKey: true }), KEYBOARD.window.help, 'linux')).toBe(true);
    expect(isShortcut(press('?'), KEYBOARD.window.help, 'linux')).toBe(true);
    expect(isShortcut(press('F1'), KEYBOARD.window.help, 'win32')).toBe(true);
  });

  it('is another one on a Mac where that has its own', () => {
    const { hidden } = KEYBOARD.window;
    const dot = press(':', { metaKey: true, shiftKey: true, code: 'Period' });
    expect([isShortcut(dot, hidden, 'darwin'), isShortcut(dot, hidden, 'linux')]).toEqual([true, false]);
    expect(isShortcut(press('h', { metaKey: true }), hidden, 'darwin')).toBe(false);
    expect(isShortcut(press('h', { ctrlKey: true }), hidden, 'linux')).toBe(true);
  });
});

it('the key of a pair says which way it leads', () => {
  const { next } = KEYBOARD.look;
  expect(keyOf(press('ArrowRight'), next)).toBe('ArrowRight');
  expect(keyOf(press('ArrowRight', { shiftKey: true }), next)).toBe(null);
  expect(keyOf(press('Home'), next)).toBe(null);
});

it('the caps are those of the system', () => {
  const caps = (platform: string) =>
    chordsOf(KEYBOARD.window.hidden, platform).map((chord) => keyCaps(chord, platform, en.help.keys));
  expect(caps('linux')).toEqual([['Ctrl', 'H']]);
  expect(caps('darwin')).toEqual([['⇧', '⌘', '.']]);
  expect(keyCaps({ key: ' ' }, 'linux', en.help.keys)).toEqual(['Space']);
  expect(keyCaps({ key: 'ArrowUp', alt: true }, 'darwin', en.help.keys)).toEqual(['⌥', '↑']);
});

it('no two shortcuts of the window share a press', () => {
  const chords = Object.values(KEYBOARD.window).flatMap((shortcut) => chordsOf(shortcut, 'linux'));
  expect(new Set(chords.map((chord) => JSON.stringify(chord))).size).toBe(chords.length);
});
