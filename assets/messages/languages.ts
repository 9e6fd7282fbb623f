/** The languages of Airlock: their names in themselves, their direction, and which of them somebody wants (BCP 47 tags, POSIX locales). */

export const LANGUAGES = ['en', 'de', 'fr', 'es', 'pt', 'it', 'pl', 'ja', 'zh-CN', 'ar'] as const;
export type Language = (typeof LANGUAGES)[number];
/** What the settings say: a language, or that of the system. */
export type LanguageChoice = 'system' | Language;

/** Each language's name in itself: whoever reads no other must find it. */
export const LANGUAGE_NAMES: Record<Language, string> = {
  en: 'English',
  de: 'Deutsch',
  fr: 'Français',
  es: 'Español',
  pt: 'Português',
  it: 'Italiano',
  pl: 'Polski',
  ja: '日本語',
  'zh-CN': '简体中文',
  ar: 'العربية',
};

export function directionOf(language: Language): 'ltr' | 'rtl' {
  return language === 'ar' ? 'rtl' : 'ltr';
}

/** The language for one tag: 'de-AT' and 'de_AT.UTF-8' are German. Chinese in traditional script is another than ours. */
function languageOf(tag: string): Language | null {
  const [primary, ...rest] = tag.toLowerCase().split(/[-_.@]/);
  if (primary === 'zh') return rest.some((part) => ['tw', 'hk', 'mo', 'hant'].includes(part)) ? null : 'zh-CN';
  return LANGUAGES.find((language) => language === primary) ?? null;
}

/** The first of the wanted languages that Airlock has, with the tag that asked for it, which tells the country; else English. */
export function firstKnown(wanted: readonly string[]): { language: Language; tag: string } {
  for (const tag of wanted) {
    const language = languageOf(tag);
    if (language !== null) return { language, tag };
  }
  return { language: 'en', tag: 'en' };
}
