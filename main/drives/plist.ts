/**
 * Property lists in XML, as macOS' tools write them (plist(5), https://www.apple.com/DTDs/PropertyList-1.0.dtd): dictionaries, arrays, strings, numbers, booleans.
 * Data and dates come as their text.
 */

export type PlistValue = string | number | boolean | PlistValue[] | PlistDictionary;
export interface PlistDictionary {
  [key: string]: PlistValue;
}

/** The registry of a computer with many hubs is some twenty levels deep. */
const MAX_DEPTH = 200;
const TAG = /<(\/?)(dict|array|key|string|integer|real|true|false|data|date)\s*(\/?)>([^<]*)/g;
const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

interface Open {
  value: PlistValue[] | PlistDictionary;
  key: string | null;
}

/** null for what is no property list. */
export function parsePlist(text: string): PlistValue | null {
  const stack: Open[] = [];
  let root: PlistValue | null = null;
  const add = (value: PlistValue) => {
    const top = stack.at(-1);
    if (top === undefined) root ??= value;
    else if (Array.isArray(top.value)) top.value.push(value);
    else if (top.key !== null) {
      // A key is data: one that is called like a part of every object is only a key.
      Object.defineProperty(top.value, top.key, { value, enumerable: true, configurable: true, writable: true });
      top.key = null;
    }
  };
  for (const [, closes, tag, isEmpty, content] of text.matchAll(TAG)) {
    if (tag === 'dict' || tag === 'array') {
      if (closes) stack.pop();
      else {
        if (stack.length === MAX_DEPTH) return null;
        const value = tag === 'dict' ? {} : [];
        add(value);
        if (!isEmpty) stack.push({ value, key: null });
      }
    } else if (!closes) {
      const top = stack.at(-1);
      if (tag !== 'key') add(simple(tag, isEmpty ? '' : content));
      else if (top !== undefined) top.key = unescaped(content);
    }
  }
  return stack.length === 0 ? root : null;
}

function simple(tag: string, content: string): PlistValue {
  if (tag === 'true' || tag === 'false') return tag === 'true';
  if (tag === 'integer' || tag === 'real') return Number(content);
  return unescaped(content);
}

function unescaped(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(amp|lt|gt|quot|apos));/gi, (all, decimal, hex, name) => {
    if (name !== undefined) return ENTITIES[name.toLowerCase()] ?? all;
    const code = decimal !== undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : all;
  });
}

export function isDictionary(value: PlistValue | undefined | null): value is PlistDictionary {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
