/** What refusals of UDisks are told as. */

import { expect, test } from 'vitest';
import { refusal } from './udisks.ts';

test.each([
  ['org.freedesktop.UDisks2.Error.NotAuthorized', 'EACCES', 'UDisks refused: not authorized'],
  [
    'org.freedesktop.UDisks2.Error.NotAuthorizedCanObtain',
    'EACCES',
    'UDisks wants a password, and no polkit agent runs that could ask for it',
  ],
  ['org.freedesktop.UDisks2.Error.NotAuthorizedDismissed', 'EPERM', 'the question for the password was dismissed'],
  ['org.freedesktop.UDisks2.Error.DeviceBusy', 'EBUSY', 'the device is in use (text)'],
  ['org.freedesktop.DBus.Error.ServiceUnknown', 'ENOSYS', 'UDisks does not run on this computer'],
  ['org.freedesktop.DBus.Error.UnknownObject', 'ENOENT', 'UDisks does not know this device'],
  ['org.freedesktop.DBus.Error.UnknownMethod', 'ENOSYS', 'this UDisks is older than 2.7.3 and opens no devices'],
  ['org.freedesktop.UDisks2.Error.Failed', 'EIO', 'UDisks could not open it: text'],
])('%s is %s', (name, code, message) => {
  expect(refusal(name, 'text', 13)).toMatchObject({ code, message });
});

test('a failure that says busy is busy, and a nameless one has its number', () => {
  expect(refusal('org.freedesktop.UDisks2.Error.Failed', 'Device or resource busy', 16).code).toBe('EBUSY');
  expect(refusal('', '', 110).message).toBe('UDisks could not open it: error 110');
});
