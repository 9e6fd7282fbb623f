/** French: what main says of drives: whether this computer mounts them by itself, taking one over, ejecting. */

import type { drives as english } from '../en/drives.ts';

export const drives = {
  drives: {
    open: {
      mayNotWin32: 'Vous n’avez pas le droit de lire ce périphérique. Lancez Airlock en administrateur pour l’ouvrir.',
      mayNotUnless: (command) =>
        `Vous n’avez pas le droit de lire ce périphérique. Ceci l’autorise jusqu’à ce qu’il soit débranché : ${command}`,
      mayNot: 'Vous n’avez pas le droit de lire ce périphérique.',
      failed: (why) => `Le périphérique ne peut pas être ouvert : ${why}.`,
      noMedium: 'Il n’y a pas de support dans le lecteur, ou il a été retiré.',
      inUse: 'Un autre programme a ce périphérique pour lui seul. Fermez-le là-bas, puis rouvrez-le ici.',
    },
    worker: {
      memory:
        'Le processus qui lit ce support a pris trop de mémoire et a été arrêté. Le support est peut-être fait pour nuire.',
      hung: 'Le support ne répond pas, le processus qui le lit a donc été arrêté.',
      crashed: 'Le processus qui lit ce support s’est terminé de façon inattendue.',
      closed: 'Le support a été fermé.',
    },
    guard: {
      on: 'Votre bureau est réglé pour ne pas monter les clés de lui-même. D’autres programmes, et vous à la main, le peuvent toujours.',
      onByRule:
        'UDisks dit à tous les bureaux de ne pas monter les clés d’eux-mêmes. D’autres programmes, et vous à la main, le peuvent toujours.',
      partly: (what) => `Cet ordinateur peut encore monter les clés de lui-même : ${what} n’est pas réglé contre cela.`,
      off: 'Cet ordinateur peut monter les clés de lui-même dès qu’elles sont branchées.',
      nothing: 'Rien de réglable qui monte les clés de lui-même n’a été trouvé.',
      darwin:
        'macOS monte les clés de lui-même, et Airlock n’y change rien. Prenez la main sur une clé après l’avoir branchée : macOS la démonte alors d’abord.',
      win32:
        'Windows monte les clés de lui-même. Un administrateur peut y mettre fin avec la commande mountvol /N, et le permettre de nouveau avec mountvol /E. Airlock n’y change rien.',
      rule: 'règle udev',
      locked: 'Un administrateur a figé ce réglage.',
      notTaken: 'Le réglage n’a pas été pris en compte.',
      notRestored: 'Le réglage précédent n’a pas pu être rétabli.',
      notAuthorized: 'Il faut le mot de passe d’un administrateur, qui n’a pas été donné.',
      nextPlug: 'Pour les clés déjà branchées, rien ne change jusqu’à ce qu’elles soient rebranchées.',
      ruleNotFollowed: 'KDE ne suit pas la règle udev.',
      forced: 'Certains périphériques sont réglés pour être montés dans tous les cas.',
    },
    letGo: {
      notMounted: 'Le système ne l’a pas monté.',
      done: 'Le système l’a libéré.',
      noUdisks: (paths) => `Le système l’a monté, et UDisks n’est pas là pour le lui demander : sudo umount ${paths}`,
      refused: (who) => `Le système n’a pas pu le libérer : ${who}.`,
      notLocked: (who) => `Une partie chiffrée est déverrouillée et n’a pas pu être reverrouillée : ${who}.`,
      usedBy: (holders) => `utilisé par ${holders}`,
      usedBySomebody: 'un programme en a peut-être des fichiers ouverts',
      holder: (name, pid) => `${name} (processus ${pid})`,
      win32: 'Airlock ne peut pas le faire démonter par Windows. Il peut tout de même être ouvert en lecture.',
      systemRefused: 'Le système n’a pas pu le démonter.',
    },
    ejectOutcome: {
      safe: 'Il peut être retiré.',
      othersInUse: (others) =>
        `Il peut être retiré. D’autres supports du même lecteur sont encore utilisés : ${others}.`,
      othersOff: (others) =>
        `Il peut être retiré. D’autres supports du même lecteur ont été éteints avec lui : ${others}.`,
      notYet: (what, who) => `Ne le retirez pas encore. ${what} : ${who}.`,
      notYetPlain: (what) => `Ne le retirez pas encore. ${what}.`,
      mountedStill: 'Le système l’a monté et n’a pas pu le libérer',
      lockedNot: 'Une partie chiffrée est déverrouillée et n’a pas pu être reverrouillée',
      notOff: 'Le lecteur n’a pas pu être éteint',
      nothingWritten: (why) => `${why} Rien n’y a été écrit : il peut tout de même être retiré.`,
      noSwitch: 'Le lecteur n’a pas d’interrupteur.',
      noTools: 'Le lecteur n’a pas été éteint : ni udisksctl ni eject n’est installé.',
      failed: 'Le lecteur n’a pas pu être éteint.',
      notFound: 'Windows ne connaît plus ce lecteur',
      veto: {
        program: (name) => `Le programme ${name} l’utilise.`,
        service: (name) => `Le service ${name} l’utilise.`,
        driver: (name) => `Le pilote ${name} ne le libère pas.`,
        open: 'Un programme en a des fichiers ouverts.',
        noRights: 'Votre compte n’a pas le droit de l’éjecter.',
        device: (name) => `Windows ne le libère pas (${name}).`,
      },
    },
  },
} satisfies typeof english;
