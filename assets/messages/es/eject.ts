/** Spanish: ejecting. */

import type { eject as english } from '../en/eject.ts';

export const eject = {
  eject: {
    eject: 'Expulsar',
    closeImage: 'Cerrar',
    imageClosed: (name) => `${name} está cerrado. No se ha cambiado nada en él.`,
    ejected: (name) => `${name} se puede retirar.`,
    runningTitle: 'Hay una copia en curso',
    running: (name) =>
      `Si se expulsa ${name} ahora, la copia se detiene. Los archivos copiados por completo se conservan; no queda ningún archivo a medias.`,
    force: 'Detener la copia y expulsar',
    keep: 'Seguir copiando',
  },
} satisfies typeof english;
