import { describe, expect, it } from 'vitest';
import { withoutTrailing } from './names.ts';

describe('what stands at the end of a name', () => {
  it('is taken away, all of it and nothing else', () => {
    expect(withoutTrailing('/a//b//', '/')).toBe('/a//b');
    expect(withoutTrailing('a. . ', '. ')).toBe('a');
    expect(withoutTrailing('\0\0', '\0')).toBe('');
    expect(withoutTrailing('', '/')).toBe('');
  });

  it('is found at once though the name is long', () => {
    expect(withoutTrailing(`${'/'.repeat(500_000)}a`, '/')).toHaveLength(500_001);
  });
});
