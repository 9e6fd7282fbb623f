/** Arabic: what main says of drives: whether this computer mounts them by itself, taking one over, ejecting. */

import type { drives as english } from '../en/drives.ts';
import type { Translation } from '../messages.ts';

export const drives = {
  drives: {
    open: {
      mayNotWin32: 'لا تملك إذن قراءة هذا الجهاز. شغّل Airlock بصفة مسؤول لفتحه.',
      mayNotUnless: (command) => `لا تملك إذن قراءة هذا الجهاز. هذا الأمر يسمح به إلى أن يُنزع: \u2066${command}\u2069`,
      mayNot: 'لا تملك إذن قراءة هذا الجهاز.',
      failed: (why) => `تعذّر فتح الجهاز: ${why}.`,
      noMedium: 'لا يوجد وسيط في المحرك، أو أنه نُزع.',
      inUse: 'برنامج آخر يستأثر بهذا الجهاز. أغلقه هناك ثم افتحه هنا من جديد.',
    },
    worker: {
      memory: 'استهلكت العملية التي تقرأ هذا الوسيط ذاكرة أكثر من اللازم فأُنهيت. ربما صُنع الوسيط للإضرار.',
      hung: 'لا يستجيب الوسيط، فأُنهيت العملية التي تقرؤه.',
      crashed: 'انتهت العملية التي تقرأ هذا الوسيط على نحو غير متوقع.',
      closed: 'أُغلق الوسيط.',
    },
    guard: {
      on: 'سطح مكتبك مضبوط على ألا يحمّل وحدات USB تلقائيًا. ما زالت برامج أخرى، وأنت يدويًا، قادرة على ذلك.',
      onByRule: 'يخبر UDisks كل أسطح المكتب ألا تحمّل وحدات USB تلقائيًا. ما زالت برامج أخرى، وأنت يدويًا، قادرة على ذلك.',
      partly: (what) => `ما زال هذا الحاسوب قادرًا على تحميل وحدات USB تلقائيًا: ${what} غير مضبوط لمنعه.`,
      off: 'قد يحمّل هذا الحاسوب وحدات USB تلقائيًا بمجرد وصلها.',
      nothing: 'لم يُعثر على شيء قابل للضبط يحمّل وحدات USB تلقائيًا.',
      darwin: 'يحمّل macOS وحدات USB تلقائيًا، ولا يغيّر Airlock ذلك. استلم الوحدة بعد وصلها: يلغي macOS تحميلها أولًا.',
      win32:
        'يحمّل Windows وحدات USB تلقائيًا. يستطيع المسؤول منع ذلك بالأمر mountvol /N والسماح به من جديد بالأمر mountvol /E. لا يغيّر Airlock ذلك.',
      rule: 'قاعدة udev',
      locked: 'ثبّت مسؤول النظام هذا الإعداد.',
      notTaken: 'لم يسرِ الإعداد.',
      notRestored: 'تعذّرت استعادة الإعداد السابق.',
      notAuthorized: 'يتطلب هذا كلمة مرور المسؤول، ولم تُعطَ.',
      nextPlug: 'الوحدات الموصولة من قبل تبقى على ما كانت عليه حتى توصل من جديد.',
      ruleNotFollowed: 'لا يتبع KDE قاعدة udev.',
      forced: 'بعض الأجهزة مضبوطة على أن تُحمّل في كل حال.',
    },
    letGo: {
      notMounted: 'لم يحمّله النظام.',
      done: 'تركه النظام.',
      noUdisks: (paths) => `النظام يحمّله، وليس UDisks موجودًا ليُسأل: sudo umount ${paths}`,
      refused: (who) => `تعذّر على النظام تركه: ${who}.`,
      notLocked: (who) => `جزء مشفّر منه مفتوح القفل وتعذّر قفله من جديد: ${who}.`,
      usedBy: (holders) => `يستخدمه ${holders}`,
      usedBySomebody: 'قد تكون ملفات منه مفتوحة في برنامج ما',
      holder: (name, pid) => `${name} (العملية ${pid})`,
      win32: 'لا يستطيع Airlock أن يجعل Windows يلغي تحميله. يمكن فتحه للقراءة على أي حال.',
      systemRefused: 'تعذّر على النظام إلغاء تحميله.',
    },
    ejectOutcome: {
      safe: 'يمكن نزعه.',
      othersInUse: (others) => `يمكن نزعه. ما زالت وسائط أخرى في القارئ نفسه مستخدمة: ${others}.`,
      othersOff: (others) => `يمكن نزعه. توقفت معه وسائط أخرى في القارئ نفسه: ${others}.`,
      notYet: (what, who) => `لا تنزعه بعد. ${what}: ${who}.`,
      notYetPlain: (what) => `لا تنزعه بعد. ${what}.`,
      mountedStill: 'النظام يحمّله ولم يستطع تركه',
      lockedNot: 'جزء مشفّر منه مفتوح القفل وتعذّر قفله من جديد',
      notOff: 'تعذّر إيقاف المحرك',
      nothingWritten: (why) => `${why} لم يُكتب عليه شيء: يمكن نزعه على أي حال.`,
      noSwitch: 'لا يمكن إيقاف هذا المحرك.',
      noTools: 'لم يُوقف المحرك: لا udisksctl ولا eject مثبّت.',
      failed: 'تعذّر إيقاف المحرك.',
      notFound: 'لم يعد Windows يعرف هذا المحرك',
      veto: {
        program: (name) => `يستخدمه البرنامج ${name}.`,
        service: (name) => `تستخدمه الخدمة ${name}.`,
        driver: (name) => `لا يتركه برنامج التشغيل ${name}.`,
        open: 'لبرنامج ما ملفات مفتوحة منه.',
        noRights: 'لا يملك حسابك إذن إخراجه.',
        device: (name) => `لا يتركه Windows ‏(${name}).`,
      },
    },
  },
} satisfies Translation<typeof english>;
