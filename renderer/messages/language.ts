/** Loads a language and makes it the window's: messages, locale of numbers and dates, `lang` and `dir` of the page. Each language is a file of its own. */

import { en } from '../../assets/messages/en/index.ts';
import { directionOf, firstKnown, type Language, type LanguageChoice } from '../../assets/messages/languages.ts';
import type { Messages } from '../../assets/messages/messages.ts';
import { useLocale } from '../text/locale.ts';
import { useMessages } from './messages.ts';

const LOADERS: Record<Exclude<Language, 'en'>, () => Promise<Messages>> = {
  de: async () => (await import('../../assets/messages/de/index.ts')).de,
  fr: async () => (await import('../../assets/messages/fr/index.ts')).fr,
  es: async () => (await import('../../assets/messages/es/index.ts')).es,
  pt: async () => (await import('../../assets/messages/pt/index.ts')).pt,
  it: async () => (await import('../../assets/messages/it/index.ts')).it,
  pl: async () => (await import('../../assets/messages/pl/index.ts')).pl,
  ja: async () => (await import('../../assets/messages/ja/index.ts')).ja,
  'zh-CN': async () => (await import('../../assets/messages/zh-CN/index.ts')).zhCN,
  ar: async () => (await import('../../assets/messages/ar/index.ts')).ar,
};

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
  useMessages(language === 'en' ? en : await LOADERS[language]());
  const direction = directionOf(language);
  useLocale(locale, direction);
  document.documentElement.lang = language;
  document.documentElement.dir = direction;
  return language;
}
