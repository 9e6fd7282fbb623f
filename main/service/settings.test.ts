/** Settings in their file. */

import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { configFolder, defaultSettings, SettingsFile } from './settings.ts';

let folder = '';
let path = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'airlock-settings-'));
  path = join(folder, 'config', 'settings.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('are the defaults at first, and what was changed afterwards', () => {
  expect(new SettingsFile(path).current).toEqual(defaultSettings());
  new SettingsFile(path).change({ theme: 'dark', targetFolder: '/data' });
  expect(new SettingsFile(path).current).toEqual({ ...defaultSettings(), theme: 'dark', targetFolder: '/data' });
  expect(readdirSync(join(folder, 'config'))).toEqual(['settings.json']);
  expect(statSync(path).mode & 0o077).toBe(0);
});

test('survive a file that is no JSON, and fields that are wrong', () => {
  const settings = new SettingsFile(path);
  settings.change({ showHidden: true });
  writeFileSync(path, '{ "settings": ');
  expect(new SettingsFile(path).current).toEqual(defaultSettings());
  writeFileSync(path, JSON.stringify({ settings: { theme: 'pink', showHidden: true, other: 1 }, stickFolders: 7 }));
  expect(new SettingsFile(path).current).toEqual({ ...defaultSettings(), showHidden: true });
  writeFileSync(path, 'null');
  expect(new SettingsFile(path).current).toEqual(defaultSettings());
});

test('refuse a target folder whose place would depend on where Airlock was started', () => {
  expect(() => new SettingsFile(path).change({ targetFolder: 'here' })).toThrow(/whole path/);
});

test('say so where they cannot be saved', () => {
  writeFileSync(join(folder, 'config'), 'a file in the way');
  expect(() => new SettingsFile(path).change({ theme: 'dark' })).toThrow('The settings could not be saved.');
});

test('remember one folder for each stick, named after it', () => {
  const settings = new SettingsFile(path);
  const never = () => false;
  expect(settings.folderForStick('uuid-1', 'HOLIDAY', never)).toBe('HOLIDAY');
  expect(settings.folderForStick('uuid-2', 'holiday', never)).toBe('holiday (2)');
  expect(settings.folderForStick('uuid-3', '../..\\x:', never)).toBe('.._.._x_');
  expect(settings.folderForStick('uuid-4', '   ', never)).toBe('Stick');
  expect(settings.folderForStick('uuid-5', 'TAKEN', (name) => name === 'TAKEN')).toBe('TAKEN (2)');
  const later = new SettingsFile(path);
  expect(later.folderForStick('uuid-2', 'renamed since', never)).toBe('holiday (2)');
  expect(JSON.parse(readFileSync(path, 'utf8')).stickFolders).toMatchObject({ 'uuid-1': 'HOLIDAY' });
});

test('do not believe a remembered folder that leads elsewhere', () => {
  new SettingsFile(path).change({});
  writeFileSync(path, JSON.stringify({ settings: {}, stickFolders: { key: '../../elsewhere' } }));
  expect(new SettingsFile(path).folderForStick('key', 'STICK', () => false)).toBe('STICK');
});

test('give no stick the folder in which folders for dragging are made', () => {
  const settings = new SettingsFile(path);
  expect(settings.folderForStick('uuid-1', '.airlock-drag', () => false)).toBe('.airlock-drag (2)');
  expect(settings.folderForStick('uuid-2', '.AirLock-Drag', () => false)).toBe('.AirLock-Drag (3)');
  writeFileSync(path, JSON.stringify({ settings: {}, stickFolders: { key: '.Airlock-drag' } }));
  expect(new SettingsFile(path).folderForStick('key', 'STICK', () => false)).toBe('STICK');
});

test('stand where each host keeps them', () => {
  expect(configFolder('linux', { XDG_CONFIG_HOME: '/cfg' })).toBe('/cfg/airlock');
  expect(configFolder('linux', {})).toMatch(/\.config\/airlock$/);
  expect(configFolder('darwin', {})).toMatch(/Library\/Application Support\/Airlock$/);
  expect(configFolder('win32', { APPDATA: 'C:\\Roaming' })).toContain('Airlock');
});
