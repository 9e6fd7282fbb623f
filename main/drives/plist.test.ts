/** Property lists: values, empty ones, entities, and what is none. */

import { expect, test } from 'vitest';
import { parsePlist } from './plist.ts';

test('reads every kind of value, empty containers and entities', () => {
  const text = `<?xml version="1.0"?><plist version="1.0"><dict>
    <key>a &lt;b&gt; &#233;&#x20AC;</key><string>x &amp; y</string>
    <key>n</key><integer>-5</integer><key>r</key><real>1.5</real><key>t</key><true/><key>f</key><false/>
    <key>empty</key><array/><key>none</key><dict/><key>s</key><string/>
    <key>list</key><array><string>one</string><dict><key>k</key><data>AAEC</data></dict></array>
  </dict></plist>`;
  expect(parsePlist(text)).toEqual({
    'a <b> é€': 'x & y',
    n: -5,
    r: 1.5,
    t: true,
    f: false,
    empty: [],
    none: {},
    s: '',
    list: ['one', { k: 'AAEC' }],
  });
});

test('a key that is called like a part of every object is only a key', () => {
  const value = parsePlist('<dict><key>__proto__</key><dict><key>x</key><true/></dict></dict>');
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  expect(JSON.stringify(value)).toBe('{"__proto__":{"x":true}}');
});

test('what is cut off, or no property list, or deeper than any registry, is null', () => {
  expect(parsePlist('')).toBeNull();
  expect(parsePlist('Could not find disk: disk9')).toBeNull();
  expect(parsePlist('<dict><key>a</key><array>')).toBeNull();
  expect(parsePlist('<array>'.repeat(300) + '</array>'.repeat(300))).toBeNull();
});
