/** The language in which main speaks: that of the settings, or the system's. */

import { firstKnown, type Language, type LanguageChoice } from '../../assets/messages/languages.ts';
import { loadMessages } from '../../assets/messages/load.ts';
import { useTexts } from '../texts.ts';

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
  useTexts(await loadMessages(language), language);
  return language;
}
