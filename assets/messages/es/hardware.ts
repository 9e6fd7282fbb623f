/** Spanish: taking a medium over from the host, keeping the host from mounting, saving an image, readers with several slots. */

import type { hardware as english } from '../en/hardware.ts';
import type { Translation } from '../messages.ts';

export const hardware = {
  takeOver: {
    by: (drivers) => `Leído por el controlador de este equipo: ${drivers}`,
    title: 'Este equipo ya lo ha montado',
    explain: (where) =>
      `Está montado en ${where}: el núcleo de este equipo ha leído su sistema de archivos. Airlock puede hacer que se desmonte y retenerlo, para que nada más lo monte mientras se mira.`,
    button: 'Tomar el control y abrir con seguridad',
    openAnyway: 'Abrir sin tomar el control',
    done: (name) => `Airlock retiene ${name}: nada más lo monta mientras esté abierto aquí.`,
    banner: (where) => `Este equipo también lo tiene montado en ${where}.`,
    bannerButton: 'Tomar el control',
  },
  guard: {
    partWith: (name, state, note) => `${name}: ${state} (${note})`,
    part: (name, state) => `${name}: ${state}`,
    label: 'Impedir que este equipo monte memorias por sí mismo',
    hint: 'Así no se lee nada de una memoria antes de abrirla aquí. Al desactivarlo se restablece lo que había antes.',
    reading: 'Consultando el equipo…',
    unknown: 'En este equipo no se ha encontrado nada ajustable que monte memorias por sí mismo.',
    details: 'Qué está ajustado',
    partOn: 'no monta memorias',
    partOff: 'puede montar memorias',
    partAbsent: 'no está en este equipo',
  },
  imaging: {
    save: 'Guardar una imagen de toda la memoria…',
    region: 'Imágenes que se están guardando',
    reading: (name) => `Guardando una imagen de ${name}`,
    finishing: 'Terminando: se comprueba lo escrito',
    done: (name) => `La imagen de ${name} está guardada`,
    doneWith: (name, unreadable) => `La imagen de ${name} está guardada; ilegible: ${unreadable}`,
    doneWithExplain: 'Lo que no se pudo leer está como ceros en la imagen; el mapa que la acompaña dice dónde.',
    interrupted: (name) => `${name} se ha desconectado`,
    cancelled: 'La imagen no está completa',
    cancelledExplain: 'Lo leído hasta ahora se conserva y se puede continuar.',
    failed: 'No se ha podido guardar la imagen',
    progress: (done, total) => `${done} de ${total}`,
    progressLabel: (name) => `Progreso de la imagen de ${name}`,
    unreadable: (size) => `${size} ilegibles hasta ahora`,
    resumed: (size) => `${size} ya estaban de antes`,
    checksum: (hash) => `SHA-256 ${hash}`,
    cancel: 'Detener',
    resume: 'Continuar',
    dismiss: 'Cerrar',
    reveal: 'Mostrar en la carpeta',
  },
  slot: {
    title: 'No hay nada en esta ranura',
    explain: 'Al insertar una tarjeta o un disco, aparece aquí.',
    drive: 'Unidad',
    badge: 'Vacía',
    badgeHint: 'No hay ningún medio en esta unidad.',
  },
  siblings: {
    title: 'Hay otros medios en el mismo lector',
    explain: (names) => `${names}. Si este lector solo se puede apagar entero, se van con él y se cierran aquí.`,
    eject: 'Expulsar de todos modos',
    keep: 'Dejarlo puesto',
  },
  speed: {
    label: 'Velocidad USB',
    low: 'Velocidad baja (1,5 Mbit/s)',
    full: 'Velocidad completa (12 Mbit/s)',
    high: 'USB 2, alta velocidad (480 Mbit/s)',
    super: 'USB 3 (5 Gbit/s)',
    superPlus: (gigabits) => `USB 3 (${gigabits} Gbit/s)`,
  },
} satisfies Translation<typeof english>;
