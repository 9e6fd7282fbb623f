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

describe('target among icons in lines of four', () => {
  // 0 1 2 3 / 4 5 6 7 / 8 9
  const go = (move: Parameters<typeof target>[0], from: number) => target(move, from, 10, 2, 4);

  it('moves along the line and on to the next one', () => {
    expect(go('forward', 3)).toBe(4);
    expect(go('back', 4)).toBe(3);
    expect(go('forward', 9)).toBe(9);
    expect(go('back', 0)).toBe(0);
  });

  it('moves to the lines above and below, to the end of a shorter last one, and nowhere from the first and last', () => {
    expect(go('down', 1)).toBe(5);
    expect(go('up', 9)).toBe(5);
    expect(go('down', 7)).toBe(9);
    expect(go('down', 8)).toBe(8);
    expect(go('up', 2)).toBe(2);
  });

  it('moves by what is in sight, and stays in its column', () => {
    expect(go('page-down', 1)).toBe(9);
    expect(go('page-down', 3)).toBe(9);
    expect(go('page-up', 9)).toBe(1);
    expect(go('page-up', 6)).toBe(2);
  });

  it('takes the arrows along the line only where there is a line, and turns them around from right to left', () => {
    expect(moveOf('ArrowRight')).toBe(null);
    expect(moveOf('ArrowRight', 4)).toBe('forward');
    expect(moveOf('ArrowRight', 4, true)).toBe('back');
    expect(moveOf('ArrowLeft', 4, true)).toBe('forward');
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

  it('does not mind case and accents, however they are composed', () => {
    const french = ['zut', 'E\u0301tude', 'Été', 'œuf'];
    expect(findTyped(french, 'et', 0)).toBe(1);
    expect(findTyped(french, 'ÉTÉ', 0)).toBe(2);
    expect(findTyped(french, 'oe', 0)).toBe(3);
  });

  it('finds nothing where nothing begins so', () => {
    expect(findTyped(names, 'x', 0)).toBe(-1);
    expect(findTyped([], 'a', -1)).toBe(-1);
  });
});
