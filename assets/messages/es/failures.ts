/** Spanish: what main says when something does not work: refused requests, media, volumes, copies, and how a drive was let go of. */

import type { failures as english } from '../en/failures.ts';
import type { Translation } from '../messages.ts';

export const failures = {
  failures: {
    failed: 'No ha funcionado.',
    unknownRequest: 'Airlock no conoce esta petición.',
    badRequest: 'Esta petición no es como debe ser.',
    notInThisWindow: 'Esto no es posible en esta ventana.',
    beingCopied: 'Todavía se está copiando algo de este medio.',
    folderClosed: 'Esta carpeta ya no está abierta.',
    volumeClosed: 'Este volumen no está abierto.',
    mediumClosed: 'Este medio no está abierto.',
    mediumGone: 'Este medio ya no está.',
    mediumPulled: 'Este medio se ha desconectado.',
    pulledOut: 'El medio se ha desconectado.',
    systemDisk: 'El equipo funciona desde este disco. Airlock no lo abre.',
    systemDiskStays: 'El equipo funciona desde este disco. No se expulsa.',
    noFile: 'Este archivo no existe.',
    noImage: 'Esto no es un archivo de imagen.',
    targetNotWhole: 'La carpeta de destino debe indicarse con su ruta completa.',
    settingsNotSaved: 'No se han podido guardar los ajustes.',
    folderNotWhole: 'La carpeta debe indicarse con su ruta completa.',
    folderNotMade: 'No se ha podido crear la carpeta.',
    folderUnreadable: 'Esta carpeta no se puede leer.',
    targetOnMedium: 'Esta carpeta está en el propio medio. Hay que elegir una en otro disco.',
    noQuestion: 'Esta copia no tiene ninguna pregunta pendiente.',
    copyRuns: 'Esta copia no ha terminado.',
    copyGone: 'Esta copia ya no está.',
    unreadable: 'El medio no se puede leer en este punto. Puede estar desgastado.',
    damaged: (what) => `El sistema de archivos está dañado: ${what}.`,
    noFileSystem: 'Aquí no hay ningún sistema de archivos que Airlock sepa leer.',
    unsupported: (what) => `Esto usa una función que Airlock no lee: ${what}.`,
    entryGone: 'Esto ya no está.',
    impossible: (why) => `Esto no es posible: ${why}.`,
    notLockedDown: 'El proceso que lee el medio no se ha podido aislar, así que el medio no se ha abierto.',
    mayNotRead: 'No hay permiso para leer esto.',
    noMedium: 'No hay ningún medio en la unidad, o se ha retirado.',
    cannotOpen: (why) => `Esto no se puede abrir: ${why}.`,
    sampleName: 'Memoria de ejemplo',
  },
} satisfies Translation<typeof english>;
