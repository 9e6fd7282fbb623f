/** Arabic: what main says when something does not work: refused requests, media, volumes, copies, and how a drive was let go of. */

import type { failures as english } from '../en/failures.ts';
import type { Translation } from '../messages.ts';

export const failures = {
  failures: {
    failed: 'لم ينجح ذلك.',
    unknownRequest: 'لا يعرف Airlock هذا الطلب.',
    badRequest: 'هذا الطلب ليس كما ينبغي.',
    notInThisWindow: 'هذا غير ممكن في هذه النافذة.',
    beingCopied: 'ما زال النسخ جاريًا من هذا الوسيط.',
    folderClosed: 'لم يعد هذا المجلد مفتوحًا.',
    volumeClosed: 'وحدة التخزين هذه غير مفتوحة.',
    mediumClosed: 'هذا الوسيط غير مفتوح.',
    mediumGone: 'لم يعد هذا الوسيط موجودًا.',
    mediumPulled: 'نُزع هذا الوسيط.',
    pulledOut: 'نُزع الوسيط.',
    systemDisk: 'الحاسوب يعمل من هذا القرص. لا يفتحه Airlock.',
    systemDiskStays: 'الحاسوب يعمل من هذا القرص. لا يُخرج.',
    noFile: 'هذا الملف غير موجود.',
    noImage: 'هذا ليس ملف صورة قرص.',
    targetNotWhole: 'يجب ذكر المجلد الهدف بمساره الكامل.',
    settingsNotSaved: 'تعذّر حفظ الإعدادات.',
    folderNotWhole: 'يجب ذكر المجلد بمساره الكامل.',
    folderNotMade: 'تعذّر إنشاء المجلد.',
    folderUnreadable: 'تعذّرت قراءة هذا المجلد.',
    targetOnMedium: 'هذا المجلد على الوسيط نفسه. اختر مجلدًا على قرص آخر.',
    noQuestion: 'ليس لهذا النسخ سؤال ينتظر جوابًا.',
    copyRuns: 'لم ينته هذا النسخ بعد.',
    copyGone: 'لم يعد هذا النسخ موجودًا.',
    unreadable: 'تعذّرت قراءة الوسيط في هذا الموضع. قد يكون باليًا.',
    damaged: (what) => `نظام الملفات تالف: ${what}.`,
    noFileSystem: 'لا يوجد هنا نظام ملفات يستطيع Airlock قراءته.',
    unsupported: (what) => `تُستخدم هنا ميزة لا يقرؤها Airlock: ${what}.`,
    entryGone: 'لم يعد هذا موجودًا.',
    impossible: (why) => `هذا غير ممكن: ${why}.`,
    notLockedDown: 'تعذّر عزل العملية التي تقرأ الوسيط، فلم يُفتح الوسيط.',
    mayNotRead: 'لا تملك إذن قراءة هذا.',
    noMedium: 'لا يوجد وسيط في المحرك، أو أنه نُزع.',
    cannotOpen: (why) => `تعذّر فتح هذا: ${why}.`,
    sampleName: 'وحدة USB للتجربة',
  },
} satisfies Translation<typeof english>;
