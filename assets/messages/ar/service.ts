/** Arabic: sentences that main says to people, in the window and in reports. */

import type { service as english } from '../en/service.ts';
import type { Translation } from '../messages.ts';

export const service = {
  service: {
    worker: { nonsense: 'أجابت العملية التي تقرأ هذا الوسيط بما لا معنى له فأُنهيت. ربما صُنع الوسيط للإضرار.' },
    failed: 'لم ينجح ذلك.',
    notADevice: 'هذا ليس جهازًا.',
    notCopied: 'لا يمكن أن تُسحب خارج النافذة إلا الملفات التي نسخها Airlock.',
    emptySlot: 'لا يوجد وسيط في هذا المحرك.',
    busyCopying: 'ما زال النسخ جاريًا من هذا الوسيط. انتظر، أو ألغِ النسخ أولًا.',
    image: {
      noAnswer: 'لا يستجيب الوسيط. صِله من جديد للمتابعة من حيث توقف.',
      notADevice: 'لا يمكن أن تُحفظ صورة قرص إلا لوحدة USB أو بطاقة أو قرص موصول.',
      running: 'يجري حفظ صورة لهذا الوسيط من قبل.',
      cannotRead: 'تعذّرت قراءة البايتات الخام لهذا الوسيط.',
      removed: 'نُزع الوسيط. صِله من جديد للمتابعة من حيث توقف.',
      noSpace: 'لا توجد مساحة كافية في هذا المجلد. أخلِ مساحة، أو اختر مجلدًا على قرص آخر.',
      tooLarge: 'صورة القرص أكبر مما يُسمح به لملف في هذا المجلد. اختر مجلدًا على قرص آخر.',
      failed: 'تعذّر حفظ صورة القرص.',
      noName: 'في هذا المجلد صور كثيرة جدًا بهذا الاسم. اختر مجلدًا آخر.',
      noFolder: 'لا يمكن استخدام هذا المجلد. اختر مجلدًا آخر.',
      plugAgain: (name) => `${name} غير موجود. صِله من جديد للمتابعة.`,
      notResumable: 'لا يمكن متابعة صورة القرص هذه.',
      notFinished: 'ما زال حفظ صورة القرص هذه جاريًا.',
      notThere: 'لم تعد صورة القرص هذه في القائمة.',
    },
  },
} satisfies Translation<typeof english>;
