/** German: what main says of drives: whether this computer mounts them by itself, taking one over, ejecting. */

import type { drives as english } from '../en/drives.ts';

export const drives = {
  drives: {
    open: {
      mayNotWin32: 'Zum Lesen dieses Geräts fehlt die Berechtigung. Zum Öffnen Airlock als Administrator starten.',
      mayNotUnless: (command) =>
        `Zum Lesen dieses Geräts fehlt die Berechtigung. Dies erlaubt es bis zum Abziehen: ${command}`,
      mayNot: 'Zum Lesen dieses Geräts fehlt die Berechtigung.',
      failed: (why) => `Das Gerät lässt sich nicht öffnen: ${why}.`,
      noMedium: 'Im Laufwerk ist kein Medium, oder es wurde abgezogen.',
      inUse: 'Ein anderes Programm hat dieses Gerät für sich. Dort schließen, dann hier erneut öffnen.',
    },
    worker: {
      memory:
        'Der Prozess, der dieses Medium liest, brauchte zu viel Speicher und wurde beendet. Das Medium kann in böser Absicht gemacht sein.',
      hung: 'Das Medium antwortet nicht, deshalb wurde der lesende Prozess beendet.',
      crashed: 'Der Prozess, der dieses Medium liest, hat sich unerwartet beendet.',
      closed: 'Das Medium wurde geschlossen.',
    },
    guard: {
      on: 'Der Desktop ist so eingestellt, dass er Sticks nicht von selbst einhängt. Andere Programme und die eigene Hand können es noch.',
      onByRule:
        'UDisks sagt jedem Desktop, dass Sticks nicht von selbst einzuhängen sind. Andere Programme und die eigene Hand können es noch.',
      partly: (what) => `Dieser Computer kann Sticks noch von selbst einhängen: ${what} ist nicht dagegen eingestellt.`,
      off: 'Dieser Computer kann Sticks sofort nach dem Anschließen von selbst einhängen.',
      nothing: 'Es fand sich nichts Einstellbares, das Sticks von selbst einhängt.',
      darwin:
        'macOS hängt Sticks von selbst ein, und Airlock ändert das nicht. Einen Stick nach dem Anschließen übernehmen: macOS hängt ihn dann zuerst aus.',
      win32:
        'Windows hängt Sticks von selbst ein. Mit Administratorrechten lässt sich das mit mountvol /N abstellen und mit mountvol /E wieder erlauben. Airlock ändert es nicht.',
      rule: 'udev-Regel',
      locked: 'Diese Einstellung ist von der Systemverwaltung festgelegt.',
      notTaken: 'Die Einstellung wurde nicht übernommen.',
      notRestored: 'Die frühere Einstellung ließ sich nicht wiederherstellen.',
      notAuthorized: 'Dafür ist ein Administratorpasswort nötig, das nicht eingegeben wurde.',
      nextPlug: 'Für schon angeschlossene Sticks gilt das Bisherige, bis sie neu angeschlossen werden.',
      ruleNotFollowed: 'KDE hält sich nicht an die udev-Regel.',
      forced: 'Einige Geräte sollen in jedem Fall eingehängt werden.',
    },
    letGo: {
      notMounted: 'Das System hat es nicht eingehängt.',
      done: 'Das System hat es losgelassen.',
      noUdisks: (paths) => `Das System hat es eingehängt, und UDisks ist nicht da: sudo umount ${paths}`,
      refused: (who) => `Das System konnte es nicht loslassen: ${who}.`,
      notLocked: (who) => `Ein verschlüsselter Teil ist entsperrt und ließ sich nicht wieder sperren: ${who}.`,
      usedBy: (holders) => `${holders} benutzt es`,
      usedBySomebody: 'ein Programm kann Dateien davon geöffnet haben',
      holder: (name, pid) => `${name} (Prozess ${pid})`,
      win32: 'Airlock kann es nicht von Windows aushängen lassen. Zum Lesen lässt es sich trotzdem öffnen.',
      systemRefused: 'Das System konnte es nicht aushängen.',
    },
    ejectOutcome: {
      safe: 'Es kann abgezogen werden.',
      othersInUse: (others) =>
        `Es kann abgezogen werden. Andere Medien im selben Lesegerät sind noch in Gebrauch: ${others}.`,
      othersOff: (others) =>
        `Es kann abgezogen werden. Andere Medien im selben Lesegerät wurden mit abgeschaltet: ${others}.`,
      notYet: (what, who) => `Noch nicht abziehen. ${what}: ${who}.`,
      notYetPlain: (what) => `Noch nicht abziehen. ${what}.`,
      mountedStill: 'Das System hat es eingehängt und konnte es nicht loslassen',
      lockedNot: 'Ein verschlüsselter Teil ist entsperrt und ließ sich nicht wieder sperren',
      notOff: 'Das Laufwerk ließ sich nicht abschalten',
      nothingWritten: (why) => `${why} Darauf wurde nichts geschrieben: Es kann trotzdem abgezogen werden.`,
      noSwitch: 'Das Laufwerk hat keinen Schalter.',
      noTools: 'Das Laufwerk wurde nicht abgeschaltet: Weder udisksctl noch eject ist installiert.',
      failed: 'Das Laufwerk ließ sich nicht abschalten.',
      notFound: 'Windows kennt dieses Laufwerk nicht mehr',
      veto: {
        program: (name) => `Das Programm ${name} benutzt es.`,
        service: (name) => `Der Dienst ${name} benutzt es.`,
        driver: (name) => `Der Treiber ${name} lässt es nicht los.`,
        open: 'Ein Programm hat Dateien davon geöffnet.',
        noRights: 'Diesem Konto fehlt das Recht, es auszuwerfen.',
        device: (name) => `Windows lässt es nicht los (${name}).`,
      },
    },
  },
} satisfies typeof english;
