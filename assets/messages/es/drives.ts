/** Spanish: what main says of drives: whether this computer mounts them by itself, taking one over, ejecting. */

import type { drives as english } from '../en/drives.ts';

export const drives = {
  drives: {
    open: {
      mayNotWin32:
        'No hay permiso para leer este dispositivo. Hay que iniciar Airlock como administrador para abrirlo.',
      mayNotUnless: (command) =>
        `No hay permiso para leer este dispositivo. Esto lo permite hasta que se desconecte: ${command}`,
      mayNot: 'No hay permiso para leer este dispositivo.',
      failed: (why) => `El dispositivo no se puede abrir: ${why}.`,
      noMedium: 'No hay ningún medio en la unidad, o se ha retirado.',
      inUse: 'Otro programa tiene este dispositivo para sí. Hay que cerrarlo allí y abrirlo aquí de nuevo.',
    },
    worker: {
      memory:
        'El proceso que lee este medio ocupaba demasiada memoria y se ha terminado. El medio puede estar hecho para dañar.',
      hung: 'El medio no responde, así que se ha terminado el proceso que lo lee.',
      crashed: 'El proceso que lee este medio ha terminado de forma inesperada.',
      closed: 'El medio se ha cerrado.',
    },
    guard: {
      on: 'El escritorio está ajustado para no montar memorias por sí mismo. Otros programas, y una orden manual, aún pueden.',
      onByRule:
        'UDisks indica a todos los escritorios que no monten memorias por sí mismos. Otros programas, y una orden manual, aún pueden.',
      partly: (what) => `Este equipo aún puede montar memorias por sí mismo: ${what} no está ajustado en contra.`,
      off: 'Este equipo puede montar memorias por sí mismo en cuanto se conectan.',
      nothing: 'No se ha encontrado nada ajustable que monte memorias por sí mismo.',
      darwin:
        'macOS monta las memorias por sí mismo, y Airlock no lo cambia. Tomando el control de una memoria tras conectarla, macOS la desmonta primero.',
      win32:
        'Windows monta las memorias por sí mismo. Un administrador puede impedirlo con la orden mountvol /N y volver a permitirlo con mountvol /E. Airlock no lo cambia.',
      rule: 'regla de udev',
      locked: 'Un administrador ha fijado este ajuste.',
      notTaken: 'El ajuste no ha surtido efecto.',
      notRestored: 'No se ha podido restablecer el ajuste anterior.',
      notAuthorized: 'Hace falta la contraseña de un administrador, que no se ha dado.',
      nextPlug: 'Para las memorias ya conectadas sigue lo anterior hasta que se conecten de nuevo.',
      ruleNotFollowed: 'KDE no sigue la regla de udev.',
      forced: 'Algunos dispositivos están ajustados para montarse en cualquier caso.',
    },
    letGo: {
      notMounted: 'El sistema no lo tiene montado.',
      done: 'El sistema lo ha soltado.',
      noUdisks: (paths) => `El sistema lo tiene montado, y UDisks no está para pedírselo: sudo umount ${paths}`,
      refused: (who) => `El sistema no ha podido soltarlo: ${who}.`,
      notLocked: (who) => `Una parte cifrada está desbloqueada y no se ha podido bloquear de nuevo: ${who}.`,
      usedBy: (holders) => `lo usa ${holders}`,
      usedBySomebody: 'puede que un programa tenga abiertos archivos suyos',
      holder: (name, pid) => `${name} (proceso ${pid})`,
      win32: 'Airlock no puede hacer que Windows lo desmonte. Aun así se puede abrir para leerlo.',
      systemRefused: 'El sistema no ha podido desmontarlo.',
    },
    ejectOutcome: {
      safe: 'Se puede retirar.',
      othersInUse: (others) => `Se puede retirar. Otros medios del mismo lector siguen en uso: ${others}.`,
      othersOff: (others) => `Se puede retirar. Otros medios del mismo lector se han apagado con él: ${others}.`,
      notYet: (what, who) => `Aún no debe retirarse. ${what}: ${who}.`,
      notYetPlain: (what) => `Aún no debe retirarse. ${what}.`,
      mountedStill: 'El sistema lo tiene montado y no ha podido soltarlo',
      lockedNot: 'Una parte cifrada está desbloqueada y no se ha podido bloquear de nuevo',
      notOff: 'No se ha podido apagar la unidad',
      nothingWritten: (why) => `${why} No se ha escrito nada en él: se puede retirar de todos modos.`,
      noSwitch: 'La unidad no se puede apagar.',
      noTools: 'La unidad no se ha apagado: no están instalados ni udisksctl ni eject.',
      failed: 'No se ha podido apagar la unidad.',
      notFound: 'Windows ya no conoce esta unidad',
      veto: {
        program: (name) => `Lo usa el programa ${name}.`,
        service: (name) => `Lo usa el servicio ${name}.`,
        driver: (name) => `El controlador ${name} no lo suelta.`,
        open: 'Un programa tiene abiertos archivos suyos.',
        noRights: 'Esta cuenta no tiene permiso para expulsarlo.',
        device: (name) => `Windows no lo suelta (${name}).`,
      },
    },
  },
} satisfies typeof english;
