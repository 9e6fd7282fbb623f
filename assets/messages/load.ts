/** The messages of a language, each loaded when it is chosen: a file of its own in what is built. English is always there, for what is said before. */

import { en } from './en/index.ts';
import type { Language } from './languages.ts';
import type { Messages } from './messages.ts';

const LOADERS: Record<Exclude<Language, 'en'>, () => Promise<Messages>> = {
  de: async () => (await import('./de/index.ts')).de,
  fr: async () => (await import('./fr/index.ts')).fr,
  es: async () => (await import('./es/index.ts')).es,
  pt: async () => (await import('./pt/index.ts')).pt,
  it: async () => (await import('./it/index.ts')).it,
  pl: async () => (await import('./pl/index.ts')).pl,
  ja: async () => (await import('./ja/index.ts')).ja,
  'zh-CN': async () => (await import('./zh-CN/index.ts')).zhCN,
  ar: async () => (await import('./ar/index.ts')).ar,
};

export async function loadMessages(language: Language): Promise<Messages> {
  return language === 'en' ? en : LOADERS[language]();
}
