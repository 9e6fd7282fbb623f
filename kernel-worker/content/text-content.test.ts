import { describe, expect, it } from 'vitest';
import { textType } from './text-content.ts';

const mimeOf = (text: string) => textType(Buffer.from(text), true)?.mime;
const COMMENTS = '<!---->'.repeat(146);

describe('the kind of a text', () => {
  it('is known by its root behind comments, declarations and the document type', () => {
    expect(mimeOf('<svg xmlns="http://www.w3.org/2000/svg"/>')).toBe('image/svg+xml');
    expect(mimeOf('\n<?xml version="1.0"?>\n<!-- a\n> -->\n<!DOCTYPE x>\n<!-- b --> <SVG/>')).toBe('image/svg+xml');
    expect(mimeOf('<!-- a --> <!doctype HTML><title>x</title>')).toBe('text/html');
    expect(mimeOf('<?xml version="1.0"?><html/>')).toBe('text/html');
    expect(mimeOf('<?xml version="1.0"?><svgs/>')).toBe('text/xml');
    expect(mimeOf('<!-- never ended <svg/>')).toBe('text/plain');
    expect(mimeOf('<!DOCTYPE x <svg')).toBe('text/plain');
  });

  it('is a picture where the document type says so and has entities of its own, as drawing programs write it', () => {
    const text = '<?xml version="1.0"?>\n<!DOCTYPE svg PUBLIC "a" "b" [\n<!ENTITY ns "http://x">\n]>\n<svg/>';
    expect(mimeOf(text)).toBe('image/svg+xml');
  });

  it('is found at once in a text of nothing but comments', () => {
    expect(mimeOf(COMMENTS)).toBe('text/plain');
    expect(mimeOf(`${COMMENTS}x`)).toBe('text/plain');
    expect(mimeOf(`${'<!---->'.repeat(140)}<svg`)).toBe('image/svg+xml');
  });
});
