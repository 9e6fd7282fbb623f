/** What Quick Look makes of a file's content, its name, and of messages from the frame. */

import { describe, expect, test } from 'vitest';
import type { ContentType } from '../../main/contract.ts';
import { factWords } from './fact-words.ts';
import { frameMessage } from './frame-message.ts';
import { frameTexts } from './frame-texts.ts';
import { isMismatch } from './name-mismatch.ts';
import { contentName, viewFor } from './view-kind.ts';

const content = (mime: string, cls: ContentType['class'] = 'other', charset?: ContentType['charset']): ContentType => ({
  mime,
  class: cls,
  ...(charset === undefined ? {} : { charset }),
});

test.each([
  [content('image/png', 'picture'), 'image'],
  [content('image/svg+xml', 'picture', 'utf-8'), 'image'],
  [content('image/tiff', 'picture'), 'strings'],
  [content('text/html', 'text', 'utf-8'), 'text'],
  [content('application/hta', 'program', 'utf-8'), 'text'],
  [content('application/rtf', 'document'), 'text'],
  [content('audio/flac', 'sound'), 'audio'],
  [content('video/mp4', 'video'), 'video'],
  [content('application/pdf', 'document'), 'pdf'],
  [content('application/zip', 'archive'), 'zip'],
  [content('application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'document'), 'zip'],
  [content('application/vnd.ms-word.document.macroEnabled.12', 'document'), 'zip'],
  [content('application/x-tar', 'archive'), 'tar'],
  [content('application/gzip', 'archive'), 'gzip'],
  [content('application/x-7z-compressed', 'archive'), 'seven-zip'],
  [content('font/ttf'), 'font'],
  [content('application/x-elf', 'program'), 'strings'],
  [content('constructor'), 'strings'],
  [null, 'strings'],
] as const)('%o is shown as %s', (type, view) => {
  expect(viewFor(type)).toBe(view);
});

test('contents have a name, or that of their class', () => {
  expect(contentName(content('image/png', 'picture'))).toBe('PNG picture');
  expect(contentName(content('image/x-exr', 'picture'))).toBe('Picture');
  expect(contentName(content('constructor', 'program'))).toBe('Program');
  expect(contentName(null)).toBe('Unknown content');
});

test.each([
  ['jpg', content('application/x-dosexec', 'program'), true],
  ['pdf', content('application/x-elf', 'program'), true],
  ['pdf', content('application/msword', 'document'), true],
  ['txt', content('text/x-shellscript', 'program', 'utf-8'), true],
  ['docx', content('application/zip', 'archive'), true],
  ['jpg', content('image/png', 'picture'), false],
  ['mp4', content('audio/mp4', 'sound'), false],
  ['svg', content('image/svg+xml', 'picture', 'utf-8'), false],
  ['jpg', content('application/octet-stream'), false],
  ['jpg', content('application/x-empty'), false],
  ['dat', content('application/x-elf', 'program'), false],
  ['', content('application/x-elf', 'program'), false],
  ['jpg', null, false],
] as const)('a name in .%s with %o lies: %s', (extension, type, lies) => {
  expect(isMismatch(extension, type)).toBe(lies);
});

describe('a message from the frame', () => {
  test('is taken where it is one of the few', () => {
    expect(frameMessage({ type: 'ready', more: 1 })).toEqual({ type: 'ready' });
    expect(frameMessage({ type: 'pong' })).toEqual({ type: 'pong' });
    expect(frameMessage({ type: 'failed', code: 'slow' })).toEqual({ type: 'failed', code: 'slow' });
    expect(frameMessage({ type: 'key', key: 'next' })).toEqual({ type: 'key', key: 'next' });
  });

  test('has numbers and known words in it, and loses the rest', () => {
    const facts = {
      width: 3,
      height: Number.NaN,
      pages: -1,
      lines: '7',
      seconds: Number.POSITIVE_INFINITY,
      unpackedBytes: 2 ** 60,
      charset: '<img src=x>',
      notes: ['bomb', '<b>', 7, 'bomb'],
      sentence: 'Click here',
    };
    expect(frameMessage({ type: 'facts', facts })).toEqual({ type: 'facts', facts: { width: 3, notes: ['bomb'] } });
    expect(frameMessage({ type: 'facts', facts: null })).toEqual({ type: 'facts', facts: {} });
    expect(frameMessage({ type: 'facts', facts: { charset: 'shift_jis' } })).toEqual({
      type: 'facts',
      facts: { charset: 'shift_jis' },
    });
  });

  test.each([
    null,
    'ready',
    7,
    [],
    {},
    { type: 'show' },
    { type: 'failed' },
    { type: 'failed', code: 'other' },
    { type: 'key', key: 'Enter' },
    { type: 'facts' },
    { type: '__proto__' },
  ])('%j is none', (message) => {
    expect(frameMessage(message)).toBeNull();
  });
});

test('facts are told in words', () => {
  expect(factWords({ width: 1600, height: 1000, seconds: 187.4, pages: 1 })).toEqual([
    '1,600 × 1,000',
    '3:07',
    '1 page',
  ]);
  expect(factWords({ seconds: 3753, entries: 2, unpackedBytes: 1500, charset: 'utf-8', lines: 12 })).toEqual([
    '1:02:33',
    '2 entries',
    'unpacks to 1.5 kB',
    'UTF-8',
    '12 lines',
  ]);
  expect(factWords({})).toEqual([]);
});

test('the frame gets plain texts, with places for its numbers', () => {
  const texts = frameTexts();
  expect(texts.part).toBe('Part {0} of {1}');
  expect(texts.sizes.slice(0, 3)).toEqual(['B', 'kB', 'MB']);
  expect(texts.sizeInUnit).toBe('{0} {1}');
  // As they cross the border between the two pages.
  expect(structuredClone(texts)).toEqual(texts);
});
