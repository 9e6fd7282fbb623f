/** The texts that main says to people, in the language of the settings. English until the service has read them, and for the command line. */

import { en } from '../assets/messages/en/index.ts';
import type { Language } from '../assets/messages/languages.ts';
import type { Messages } from '../assets/messages/messages.ts';

let current: Messages = en;
let currentLanguage: Language = 'en';

export function texts(): Messages {
  return current;
}

/** The language of `texts`, for numbers and dates beside them. */
export function language(): Language {
  return currentLanguage;
}

/** For Intl: the language, or in English the system's own locale, which knows the country. */
export function locale(): string | undefined {
  return currentLanguage === 'en' ? undefined : currentLanguage;
}

export function useTexts(chosen: Messages, chosenLanguage: Language = 'en'): void {
  current = chosen;
  currentLanguage = chosenLanguage;
}
