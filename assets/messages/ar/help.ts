/** Arabic: the keyboard map: areas, actions, names of keys. */

import type { help as english } from '../en/help.ts';

export const help = {
  help: {
    title: 'لوحة المفاتيح',
    intro: 'يمكن فعل كل شيء من دون فأرة.',
    close: 'إغلاق',
    or: 'أو',
    areas: {
      window: 'في كل مكان',
      list: 'في قائمة الملفات',
      look: 'عند معاينة ملف',
      dialog: 'في مربعات الحوار',
    },
    window: {
      search: 'البحث في الوسيط كله',
      find: 'البحث عن اسم في المجلد',
      help: 'عرض هذه القائمة',
      openImage: 'فتح صورة قرص',
      settings: 'الإعدادات',
      copyOut: 'نسخ المحدد، أو كل شيء',
      eject: 'إخراج الوسيط أو إغلاقه',
      details: 'إظهار التفاصيل أو إخفاؤها',
      hidden: 'إظهار الملفات المخفية أو إخفاؤها',
    },
    list: {
      move: 'الانتقال إلى الملف الأعلى أو الأسفل',
      ends: 'الانتقال إلى أول ملف أو آخر ملف',
      pages: 'صفحة إلى أعلى أو إلى أسفل',
      range: 'تحديد عدة ملفات متتالية',
      toggle: 'الإضافة إلى المحدد أو الإزالة منه',
      all: 'تحديد الكل',
      copyFiles: 'نسخ للصق في مكان آخر',
      open: 'فتح المجلد، عرض الملف',
      look: 'معاينة الملف',
      up: 'الانتقال إلى المجلد الأعلى',
      clear: 'إلغاء التحديد',
      menu: 'عرض ما يمكن فعله',
      type: 'الانتقال إلى الاسم الذي يبدأ هكذا',
      typeKeys: 'الحروف',
    },
    look: {
      next: 'معاينة الملف السابق أو التالي',
      pages: 'صفحة إلى أعلى أو إلى أسفل',
      ends: 'الانتقال إلى البداية أو النهاية',
      close: 'إنهاء المعاينة',
    },
    dialog: {
      walk: 'الانتقال إلى العنصر التالي أو السابق',
      close: 'إغلاق',
    },
    keys: {
      command: 'Ctrl',
      shift: 'Shift',
      alt: 'Alt',
      enter: 'Enter',
      backspace: 'Backspace',
      escape: 'Esc',
      tab: 'Tab',
      home: 'Home',
      end: 'End',
      pageUp: 'Page Up',
      pageDown: 'Page Down',
      space: 'المسافة',
    },
  },
} satisfies typeof english;
