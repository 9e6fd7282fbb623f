/** Where keys lead in the list. */

import { describe, expect, it } from 'vitest';
import { findTyped, moveOf, target } from './grid-keys.ts';

describe('target', () => {
  it('moves within the list and stops at its ends', () => {
    expect(target('down', 3, 5, 10)).toBe(4);
    expect(target('down', 4, 5, 10)).toBe(4);
    expect(target('page-up', 4, 5, 10)).toBe(0);
    expect(target('page-down', 2, 100, 10)).toBe(12);
    expect(target('last', 0, 5, 10)).toBe(4);
  });

  it('begins at the end from which the key comes, and nowhere in an empty list', () => {
    expect(target('down', -1, 5, 10)).toBe(0);
    expect(target('up', -1, 5, 10)).toBe(4);
    expect(target('first', -1, 0, 10)).toBe(-1);
    expect(moveOf('x')).toBe(null);
  });
});

describe('findTyped', () => {
  const names = ['Apple', 'banana', 'Berry', 'Birne', 'cherry'];

  it('narrows down as letters follow each other', () => {
    expect(findTyped(names, 'b', 0)).toBe(1);
    expect(findTyped(names, 'be', 1)).toBe(2);
    expect(findTyped(names, 'ber', 2)).toBe(2);
  });

  it('walks through the names of one letter when it is typed again', () => {
    expect(findTyped(names, 'b', 1)).toBe(2);
    expect(findTyped(names, 'bb', 2)).toBe(3);
    expect(findTyped(names, 'bbb', 3)).toBe(1);
  });

  it('finds nothing where nothing begins so', () => {
    expect(findTyped(names, 'x', 0)).toBe(-1);
    expect(findTyped([], 'a', -1)).toBe(-1);
  });
});
