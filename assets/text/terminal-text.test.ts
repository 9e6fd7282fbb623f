import { describe, expect, it } from 'vitest';
import { printable, printableJson } from './terminal-text.ts';

const STEERING = 'a\u001b[2Jb\u009b31mc\u202edoc.\u007f\u2028\ud800\u{e0041}é\u{1f600}';

describe('what is printed for people', () => {
  it('holds nothing that steers a terminal', () => {
    expect(printable(STEERING)).toBe('a\\u{1b}[2Jb\\u{9b}31mc\\u{202e}doc.\\u{7f}\\u{2028}\ufffd\\u{e0041}é\u{1f600}');
  });
});

describe('JSON', () => {
  it('holds nothing that steers a terminal, and says the same', () => {
    const value = { [STEERING]: [STEERING, 1, null] };
    for (const json of [JSON.stringify(value), JSON.stringify(value, null, 2)]) {
      const shown = printableJson(json);
      expect(/[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]/u.test(shown.replaceAll('\n', ''))).toBe(false);
      expect(JSON.parse(shown)).toEqual(value);
      expect(shown.split('\n')).toHaveLength(json.split('\n').length);
    }
    expect(printableJson(JSON.stringify('\u009b\u{e0041}é'))).toBe('"\\u009b\\udb40\\udc41é"');
  });

  it('of plain text is left as it is', () => {
    const json = '{"path":"/a b/ü\\n","size":1}';
    expect(printableJson(json)).toBe(json);
  });
});
