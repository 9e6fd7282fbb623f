/** Arabic: taking a medium over from the host, keeping the host from mounting, saving an image, readers with several slots. */

import type { hardware as english } from '../en/hardware.ts';
import type { Translation } from '../messages.ts';

export const hardware = {
  takeOver: {
    by: (drivers) => `قرأه برنامج تشغيل هذا الحاسوب: ${drivers}`,
    title: 'هذا الحاسوب حمّله من قبل',
    explain: (where) =>
      `هو محمّل في ${where}: فقد قرأت نواة هذا الحاسوب نظام ملفاته. يستطيع Airlock أن يطلب إلغاء تحميله وأن يمسك به، فلا يحمّله شيء آخر أثناء معاينتك.`,
    button: 'الاستلام والفتح الآمن',
    openAnyway: 'الفتح من دون استلام',
    done: (name) => `تم استلام ${name}: لا يحمّله شيء آخر ما دام مفتوحًا هنا.`,
    banner: (where) => `هذا الحاسوب حمّله أيضًا في ${where}.`,
    bannerButton: 'استلام',
  },
  guard: {
    partWith: (name, state, note) => `${name}: ${state} (${note})`,
    part: (name, state) => `${name}: ${state}`,
    label: 'منع هذا الحاسوب من تحميل وحدات USB تلقائيًا',
    hint: 'عندئذ لا يُقرأ شيء من وحدة قبل أن تفتحها هنا. إيقاف هذا يعيد ما كان مضبوطًا من قبل.',
    reading: 'جارٍ سؤال الحاسوب…',
    unknown: 'لم يُعثر على هذا الحاسوب على شيء قابل للضبط يحمّل وحدات USB تلقائيًا.',
    details: 'ما هو مضبوط',
    partOn: 'لا يحمّل وحدات USB',
    partOff: 'قد يحمّل وحدات USB',
    partAbsent: 'غير موجود على هذا الحاسوب',
  },
  imaging: {
    save: 'حفظ صورة للوحدة كلها…',
    region: 'صور الأقراص الجاري حفظها',
    reading: (name) => `جارٍ حفظ صورة ${name}`,
    finishing: 'اللمسات الأخيرة: التحقق مما كُتب',
    done: (name) => `حُفظت صورة ${name}`,
    doneWith: (name, unreadable) => `حُفظت صورة ${name}؛ تعذّرت قراءة ${unreadable}`,
    doneWithExplain: 'ما تعذّرت قراءته يظهر أصفارًا في الصورة، والخريطة المرفقة تبيّن موضعه.',
    interrupted: (name) => `نُزع ${name}`,
    cancelled: 'صورة القرص غير كاملة',
    cancelledExplain: 'ما قُرئ حتى الآن محفوظ ويمكن متابعته.',
    failed: 'تعذّر حفظ صورة القرص',
    progress: (done, total) => `${done} من ${total}`,
    progressLabel: (name) => `تقدّم صورة ${name}`,
    unreadable: (size) => `تعذّرت قراءة ${size} حتى الآن`,
    resumed: (size) => `${size} موجودة من مرة سابقة`,
    checksum: (hash) => `SHA-256 ${hash}`,
    cancel: 'إيقاف',
    resume: 'متابعة',
    dismiss: 'إغلاق',
    reveal: 'الإظهار في المجلد',
  },
  slot: {
    title: 'لا شيء في هذه الفتحة',
    explain: 'أدخل بطاقة أو قرصًا فيظهر هنا.',
    drive: 'المحرك',
    badge: 'فارغ',
    badgeHint: 'لا يوجد وسيط في هذا المحرك.',
  },
  siblings: {
    title: 'في القارئ نفسه وسائط أخرى',
    explain: (names) => `${names}. إذا كان لا يمكن إيقاف هذا القارئ إلا كله، فإنها تتوقف معه وتُغلق هنا.`,
    eject: 'الإخراج على أي حال',
    keep: 'إبقاؤه',
  },
  speed: {
    label: 'سرعة USB',
    low: 'سرعة منخفضة (1.5 Mbit/s)',
    full: 'سرعة كاملة (12 Mbit/s)',
    high: 'USB 2، سرعة عالية (480 Mbit/s)',
    super: 'USB 3 ‏(5 Gbit/s)',
    superPlus: (gigabits) => `USB 3 ‏(${gigabits} Gbit/s)`,
  },
} satisfies Translation<typeof english>;
