/** The locale in which numbers, sizes, dates and lists are written, and the direction of the text. The language's loader sets both. */

let current = 'en';
let rightToLeft = false;

export function locale(): string {
  return current;
}

export function isRightToLeft(): boolean {
  return rightToLeft;
}

export function useLocale(tag: string, direction: 'ltr' | 'rtl'): void {
  current = tag;
  rightToLeft = direction === 'rtl';
}

/** A formatter of the current locale, made anew only when that changes: making one takes longer than using it a hundred times. */
export function perLocale<Formatter>(make: (tag: string) => Formatter): () => Formatter {
  let tag = '';
  let formatter: Formatter;
  return () => {
    if (tag !== current) {
      formatter = make(current);
      tag = current;
    }
    return formatter;
  };
}
