/** Arabic: the desktop's own parts of the app: menu, tray, notifications, questions before it closes. */

import type { shell as english } from '../en/shell.ts';
import { plural } from './plural.ts';

export const shell = {
  desktop: {
    menu: {
      file: 'ملف',
      openImage: 'فتح صورة قرص…',
      settings: 'الإعدادات…',
      find: 'البحث في هذا المجلد',
      search: 'البحث في الوسيط…',
      view: 'عرض',
      help: 'مساعدة',
      shortcuts: 'اختصارات لوحة المفاتيح',
      quit: 'إنهاء',
      close: 'إغلاق النافذة',
      edit: 'تحرير',
      undo: 'تراجع',
      redo: 'إعادة',
      cut: 'قص',
      copy: 'نسخ',
      paste: 'لصق',
      selectAll: 'تحديد الكل',
      actualSize: 'الحجم الفعلي',
      zoomIn: 'تكبير',
      zoomOut: 'تصغير',
      fullScreen: 'ملء الشاشة',
      window: 'نافذة',
      minimize: 'تصغير إلى شريط المهام',
      about: 'حول Airlock',
      services: 'خدمات',
      hide: 'إخفاء Airlock',
      hideOthers: 'إخفاء الأخرى',
      showAll: 'إظهار الكل',
    },
    tray: {
      hint: 'Airlock: فتح وحدات USB التي لا تثق بها',
      noMedia: 'لا توجد وحدة USB موصولة',
      show: 'إظهار Airlock',
    },
    notice: {
      plugged: 'وُصلت وحدة USB',
      pluggedBody: (name) => `عاينها بأمان: ${name}`,
      copied: 'اكتمل النسخ',
      copiedBody: (files, count, name) =>
        `${files} ${plural(count, { few: 'ملفات', many: 'ملفًا', other: 'ملف' })} من ${name}، بعد التحقق منها على القرص.`,
      partly: 'تم النسخ، ولكن ليس كله',
      partlyBody: (files, count, name) =>
        `تعذّر نسخ ${files} ${plural(count, { few: 'ملفات', many: 'ملفًا', other: 'ملف' })} من ${name}. افتح Airlock لمعرفتها.`,
      failed: 'توقف النسخ',
      failedBody: (name) => `لم يُنسخ كل شيء من ${name}. افتح Airlock لمعرفة السبب.`,
      asks: 'نسخٌ ينتظر جوابك',
      asksBody: (name) => `ملف من ${name} موجود من قبل. اختر ما يُفعل به.`,
      interrupted: 'انقطع النسخ',
      interruptedBody: (name) => `نُزعت ${name}. وصّلها من جديد للمتابعة.`,
      imageSaved: 'حُفظت الصورة',
      imageSavedBody: (name) => `كل محتوى ${name} على قرصك.`,
      imagePartlyBody: (name) => `تعذّرت قراءة جزء من ${name}. افتح Airlock لمعرفة مقداره.`,
      imageFailed: 'توقف حفظ الصورة',
      imageFailedBody: (name) => `صورة ${name} غير كاملة. افتح Airlock لمعرفة السبب.`,
    },
    closing: {
      question: 'ما زال النسخ جاريًا.',
      detail: 'الملفات التي نُسخت تبقى، ويُحذف الملف الجاري نسخه.',
      goOn: 'متابعة النسخ',
      stop: 'الإيقاف والإنهاء',
    },
    dragReady: 'نُسخ وأصبح جاهزًا: اسحبه الآن.',
    pasteReady: 'نُسخ وأصبح جاهزًا للصق في مكان آخر ما دام Airlock يعمل.',
    cannotOpen: (path, why) => `${path}\n\n${why}`,
  },
} satisfies typeof english;
