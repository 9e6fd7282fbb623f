/**
 * Names that compare without regard to case (casefold): equal when their canonical decompositions are, case-folded and without ignorable characters.
 * Source: Linux Documentation/filesystems/ext4, "Case-insensitive file name lookups"; the Unicode Standard, 3.13, "Default Case Folding" (D145).
 */

const IGNORABLE = /\p{Default_Ignorable_Code_Point}/gu;
/** Dotless i: its upper case is I, but only Turkish folds the two together. */
const BETWEEN_DOTLESS_I = /[^\u0131]+/gu;

/** The form under which names of a directory with the flag are equal. A name that is not UTF-8 equals itself only. */
export function foldedName(name: string): string {
  if (!name.isWellFormed()) return name;
  const decomposed = name.normalize('NFD').replace(IGNORABLE, '');
  // Lower, upper, lower is full case folding: 'ß', 'ẞ' and 'SS' all become 'ss'.
  const folded = decomposed.replace(BETWEEN_DOTLESS_I, (run) => run.toLowerCase().toUpperCase().toLowerCase());
  return folded.normalize('NFD');
}
