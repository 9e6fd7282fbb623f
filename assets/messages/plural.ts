/** Words that change with a count, by each language's own rules (Unicode CLDR, as Intl.PluralRules has them). */

/** The form for each class of counts that the language tells apart; 'other' serves where none is given. */
export type Forms = { other: string } & Partial<Record<Intl.LDMLPluralRule, string>>;

export function pluralOf(language: string): (count: number, forms: Forms) => string {
  const rules = new Intl.PluralRules(language);
  return (count, forms) => forms[rules.select(count)] ?? forms.other;
}
