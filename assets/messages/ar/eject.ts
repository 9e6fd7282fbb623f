/** Arabic: ejecting. */

import type { eject as english } from '../en/eject.ts';

export const eject = {
  eject: {
    eject: 'إخراج',
    closeImage: 'إغلاق',
    imageClosed: (name) => `أُغلق ${name}. لم يتغيّر فيه شيء.`,
    ejected: (name) => `يمكن نزع ${name}.`,
    runningTitle: 'ما زال النسخ جاريًا',
    running: (name) => `إذا أخرجت ${name} الآن يتوقف النسخ. الملفات التي نُسخت كاملة تبقى، ولا يبقى ملف ناقص.`,
    force: 'إيقاف النسخ والإخراج',
    keep: 'متابعة النسخ',
  },
} satisfies typeof english;
