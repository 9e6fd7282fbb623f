/** The icon beside the clock. */

import { EventEmitter } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Menu, MenuItemConstructorOptions } from 'electron';
import { expect, test } from 'vitest';
import { standIn } from '../../test/support/stand-in.ts';
import type { Medium } from '../contract.ts';
import { hasTray, TrayIcon, type TrayParts, trayImage, trayTemplate } from './tray.ts';

const medium = (id: string, name: string, parts: Partial<Medium> = {}) =>
  ({ id, name, state: 'present', system: false, ...parts }) as Medium;

test('has an image for each system that is there', () => {
  expect(trayImage('darwin', true)).toBe('trayTemplate.png');
  expect([trayImage('win32', true), trayImage('win32', false)]).toEqual(['trayDark.png', 'trayLight.png']);
  expect(trayImage('linux', true)).toBe('24x24.png');
  for (const name of [
    'trayTemplate',
    'trayTemplate@2x',
    'trayDark',
    'trayDark@2x',
    'trayLight',
    'trayLight@2x',
    '24x24',
  ])
    expect([name, existsSync(join('assets', 'icons', `${name}.png`))]).toEqual([name, true]);
});

test('lists the media that are there by plain names, each one click away', () => {
  const shown: Array<string | null> = [];
  let quits = 0;
  const actions = {
    show: (id: string | null) => void shown.push(id),
    quit: () => {
      quits += 1;
    },
  };
  const media = [
    medium('a', 'A & B\u202e <img>'),
    medium('gone', 'Gone', { state: 'gone' }),
    medium('system', 'System', { system: true }),
    medium('b', '\u0000'),
  ];
  const template = trayTemplate(media, actions);
  expect(template.map(({ label, type }) => label ?? type)).toEqual([
    'A B img',
    '—',
    'separator',
    'Show Airlock',
    'Quit',
  ]);
  for (const { click } of template) (click as (() => void) | undefined)?.();
  expect(shown).toEqual(['a', 'b', null]);
  expect(quits).toBe(1);
  expect(trayTemplate([], actions)[0]).toEqual({ label: 'No stick is plugged in', enabled: false });
});

test('is exchanged only when something changed that can be seen or chosen', () => {
  const menus: unknown[] = [];
  class FakeTray extends EventEmitter {
    setToolTip() {}
    setContextMenu(menu: unknown) {
      menus.push(menu);
    }
  }
  const parts = standIn<TrayParts>({
    Tray: FakeTray,
    Menu: { buildFromTemplate: (template: MenuItemConstructorOptions[]) => standIn<Menu>({ template }) },
  });
  const icon = new TrayIcon(parts, '/i.png', { show: () => {}, quit: () => {} });
  icon.update([medium('a', 'Stick')]);
  icon.update([medium('a', 'Stick')]);
  expect(menus).toHaveLength(1);
  icon.update([medium('b', 'Stick')]);
  icon.update([]);
  expect(menus).toHaveLength(3);
});

test('is there where something shows it', async () => {
  const never = () => Promise.reject(new Error('not to be asked'));
  expect(await hasTray('darwin', never)).toBe(true);
  expect(await hasTray('win32', never)).toBe(true);
  expect(await hasTray('freebsd', never)).toBe(false);
  expect(await hasTray('linux', async () => '(true,)\n')).toBe(true);
  expect(await hasTray('linux', async () => '(false,)\n')).toBe(false);
  expect(await hasTray('linux', never)).toBe(false);
});
