/** Arabic: pages that stand where files would: welcome, not opened, opening, ejected, gone, failed. */

import type { pages as english } from '../en/pages.ts';

export const pages = {
  welcome: {
    title: 'انظر قبل أن تثق',
    first:
      'يفتح Airlock وحدات USB وصور الأقراص التي لا تثق بها: تقرؤها برامج تشغيل خاصة به في عملية معزولة، فلا يصل شيء منها إلى نواة هذا الحاسوب ولا إلى ملفاتك.',
    second: 'تصفّح، وانسخ ما تريد بنقرة واحدة، ثم أخرج الوحدة.',
    openImage: 'فتح صورة قرص…',
    trySample: 'تجربة وحدة USB النموذجية',
    hintDrop: 'يمكنك أيضًا إفلات صورة قرص في أي مكان من هذه النافذة.',
    happens:
      'وحدة USB التي تفتحها هنا تقرؤها برامج تشغيل Airlock نفسه، في عملية لا تستطيع فعل شيء آخر: فتبقى نواة هذا الحاسوب وبرامجه وشبكته بعيدة عنها.',
    notChanged: 'لا يتغيّر شيء على الوحدة أبدًا، ولا يصل منها شيء إلى هذا الحاسوب ما لم تنسخه.',
    notChecked:
      'ما تنسخه مطابق لما على الوحدة، ولا يحكم Airlock هل هو ضار: فافتحه بالحذر الذي تفتح به كل ما يأتي من الغرباء.',
    begin: 'لنبدأ',
    hintKeyboard: 'اضغط ? في أي وقت لعرض اختصارات لوحة المفاتيح.',
    hintPlug: 'صِل وحدة USB فتظهر في قائمة الوسائط.',
  },
  present: {
    open: 'فتح آمن',
    explain: 'لم يُقرأ منه شيء بعد. سيُفتح للقراءة فقط، بعملية لا تستطيع فعل شيء آخر.',
    system: 'هذا الحاسوب يعمل من هذا القرص. يعرضه Airlock لأنك طلبت أقراص النظام، ولا يفتحه أبدًا.',
    size: 'الحجم',
    location: 'الجهاز',
    file: 'الملف',
    bus: 'طريقة التوصيل',
  },
  opening: {
    title: (name) => `جارٍ فتح ${name}`,
    explain: 'يجري تشغيل عملية معزولة وقراءة ما فيه.',
  },
  ejecting: { title: (name) => `جارٍ إخراج ${name}` },
  ejected: {
    title: (name) => `يمكن نزع ${name}`,
    explain: 'أُغلق ولم يتغيّر فيه شيء.',
    again: 'فتحه من جديد',
  },
  gone: {
    title: (name) => `نُزع ${name}`,
    explain: 'انتهت عمليته. ما نُسخ كاملًا فهو سليم، وتقرير النسخ الذي كان جاريًا يذكر ما ينقص.',
  },
  problem: {
    stoppedTitle: (name) => `توقفت قراءة ${name}`,
    volumeTitle: (name) => `تعذّر فتح ${name}`,
    startAgain: 'البدء من جديد',
    close: 'إغلاق',
    contained: 'لم تتأثر إلا العملية الخاصة بهذا الوسيط. التطبيق وملفاتك والوسائط الأخرى كما كانت، ولم يتغيّر الوسيط.',
    unchanged: 'لم يتغيّر فيه شيء.',
    details: 'التفاصيل التقنية',
    log: 'سجل النواة',
    noVolumes: 'لا يمكن فتح أي شيء على هذا الوسيط. قد يكون فارغًا أو مشفّرًا أو من نوع لا يعرفه Airlock.',
    at: (offset) => `عند البايت ${offset}`,
    expectedFound: (expected, found) => `المتوقع ${expected}، والموجود ${found}`,
  },
} satisfies typeof english;
