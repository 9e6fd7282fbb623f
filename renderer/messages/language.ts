/** Loads a language and makes it the window's: messages, locale of numbers and dates, `lang` and `dir` of the page. */

import { directionOf, firstKnown, type Language, type LanguageChoice } from '../../assets/messages/languages.ts';
import { loadMessages } from '../../assets/messages/load.ts';
import { useLocale } from '../text/locale.ts';
import { useMessages } from './messages.ts';

/** The language that a choice comes to here, and the locale: the system's own of that language, which knows the country, else the language's. */
function resolved(choice: LanguageChoice): { language: Language; locale: string } {
  const wanted = navigator.languages;
  if (choice === 'system') {
    const { language, tag } = firstKnown(wanted);
    return { language, locale: tag };
  }
  const own = wanted.map((tag) => firstKnown([tag])).find((known) => known.language === choice && known.tag !== 'en');
  return { language: choice, locale: own?.tag ?? choice };
}

/** Puts the window into a language; what is drawn has to be drawn anew afterwards. Gives the language. */
export async function showLanguage(choice: LanguageChoice): Promise<Language> {
  const { language, locale } = resolved(choice);
  useMessages(await loadMessages(language));
  const direction = directionOf(language);
  useLocale(locale, direction);
  document.documentElement.lang = language;
  document.documentElement.dir = direction;
  return language;
}
