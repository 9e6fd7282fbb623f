/** Spanish: sentences that main says to people, in the window and in reports. */

import type { service as english } from '../en/service.ts';

export const service = {
  service: {
    worker: {
      nonsense:
        'El proceso que lee este medio ha respondido cosas sin sentido y se ha terminado. El medio puede estar hecho para dañar.',
    },
    notADevice: 'Esto no es un dispositivo.',
    notCopied: 'Solo se pueden entregar a otros programas los archivos que Airlock ha copiado.',
    emptySlot: 'No hay ningún medio en esta unidad.',
    busyCopying: 'Todavía se está copiando algo de este medio. Hay que esperar o cancelarlo antes.',
    image: {
      noAnswer: 'El medio no responde. Al conectarlo de nuevo se puede seguir donde se quedó.',
      notADevice: 'Solo se puede guardar como imagen una memoria, tarjeta o unidad conectada.',
      running: 'Ya se está guardando una imagen de este medio.',
      cannotRead: 'Los bytes en bruto de este medio no se pueden leer.',
      removed: 'El medio se ha desconectado. Al conectarlo de nuevo se puede seguir donde se quedó.',
      noSpace: 'No hay espacio suficiente en esta carpeta. Hay que liberar espacio o elegir una carpeta en otro disco.',
      tooLarge:
        'La imagen es mayor que lo permitido para un archivo en esta carpeta. Hay que elegir una carpeta en otro disco.',
      otherBytes:
        'El disco devolvió bytes distintos de los que se escribieron. Al continuar, lo que está mal se lee de nuevo. Si vuelve a ocurrir, elija una carpeta en otro disco.',
      failed: 'No se ha podido guardar la imagen.',
      noName: 'En esta carpeta hay demasiadas imágenes con este nombre. Hay que elegir otra carpeta.',
      noFolder: 'Esta carpeta no se puede usar. Hay que elegir otra.',
      plugAgain: (name) => `${name} no está. Hay que conectarlo de nuevo para seguir.`,
      notResumable: 'Esta imagen no se puede continuar.',
      notFinished: 'Esta imagen todavía se está guardando.',
      notThere: 'Esta imagen ya no está en la lista.',
    },
  },
} satisfies typeof english;
