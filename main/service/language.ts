/** The language in which main speaks: that of the settings, or the system's. Each language is loaded when it is chosen. */

import { en } from '../../assets/messages/en/index.ts';
import { firstKnown, type Language, type LanguageChoice } from '../../assets/messages/languages.ts';
import type { Messages } from '../../assets/messages/messages.ts';
import { useTexts } from '../texts.ts';

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

/** The locales that the environment asks for, the most wanted first (POSIX and GNU gettext: LANGUAGE, LC_ALL, LC_MESSAGES, LANG). */
export function environmentLanguages(env: NodeJS.ProcessEnv): string[] {
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG || '';
  // gettext ignores the list where the locale is C.
  const list = /^(C|POSIX)?(\.|$)/.test(locale) ? [] : (env.LANGUAGE ?? '').split(':');
  return [...list, locale].filter((tag) => tag !== '');
}

/** Makes main speak the chosen language. `system`: what the system asks for, the most wanted first. */
export async function speakLanguage(choice: LanguageChoice, system: readonly string[]): Promise<Language> {
  const language = choice === 'system' ? firstKnown(system).language : choice;
  useTexts(language === 'en' ? en : await LOADERS[language](), language);
  return language;
}
