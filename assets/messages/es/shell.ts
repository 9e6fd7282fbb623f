/** Spanish: the desktop's own parts of the app: menu, tray, notifications, questions before it closes. */

import type { shell as english } from '../en/shell.ts';
import { plural } from './plural.ts';

export const shell = {
  desktop: {
    menu: {
      file: 'Archivo',
      openImage: 'Abrir una imagen…',
      settings: 'Ajustes…',
      find: 'Buscar en esta carpeta',
      search: 'Buscar en el medio…',
      view: 'Ver',
      help: 'Ayuda',
      shortcuts: 'Atajos de teclado',
      quit: 'Salir',
      close: 'Cerrar ventana',
      edit: 'Edición',
      undo: 'Deshacer',
      redo: 'Rehacer',
      cut: 'Cortar',
      copy: 'Copiar',
      paste: 'Pegar',
      selectAll: 'Seleccionar todo',
      actualSize: 'Tamaño real',
      zoomIn: 'Ampliar',
      zoomOut: 'Reducir',
      fullScreen: 'Pantalla completa',
      window: 'Ventana',
      minimize: 'Minimizar',
      about: 'Acerca de Airlock',
      services: 'Servicios',
      hide: 'Ocultar Airlock',
      hideOthers: 'Ocultar otros',
      showAll: 'Mostrar todo',
    },
    tray: {
      hint: 'Airlock: abrir memorias que no son de fiar',
      noMedia: 'No hay ninguna memoria conectada',
      show: 'Mostrar Airlock',
    },
    notice: {
      plugged: 'Se ha conectado una memoria',
      pluggedBody: (name) => `Mirarla con seguridad: ${name}`,
      copied: 'Copia terminada',
      copiedBody: (files, count, name) =>
        `${files} ${plural(count, { one: 'archivo', other: 'archivos' })} de ${name}, con comprobación en el disco.`,
      partly: 'Copiado, pero no todo',
      partlyBody: (files, count, name) =>
        `${files} ${plural(count, { one: 'archivo de', other: 'archivos de' })} ${name} sin copiar. Airlock muestra cuáles.`,
      failed: 'Copia detenida',
      failedBody: (name) => `No se ha copiado todo de ${name}. Airlock muestra por qué.`,
      asks: 'Una copia espera respuesta',
      asksBody: (name) => `Un archivo de ${name} ya existe. Hay que elegir qué hacer con él.`,
      interrupted: 'Se interrumpió una copia',
      interruptedBody: (name) => `Se retiró ${name}. Vuelva a conectarlo para continuar.`,
      imageSaved: 'La imagen está guardada',
      imageSavedBody: (name) => `Todo ${name} está en su disco.`,
      imagePartlyBody: (name) => `No se pudo leer una parte de ${name}. Abra Airlock para ver cuánto.`,
      imageFailed: 'Se detuvo el guardado de la imagen',
      imageFailedBody: (name) => `La imagen de ${name} no está completa. Abra Airlock para ver por qué.`,
    },
    closing: {
      question: 'Hay una copia en curso.',
      detail: 'Los archivos ya copiados se conservan; el que está en proceso se elimina.',
      goOn: 'Seguir copiando',
      stop: 'Detener y salir',
    },
    dragReady: 'Copiado y listo: arrástrelo ahora.',
    pasteReady: 'Copiado y listo para pegar en otro lugar mientras Airlock esté abierto.',
    cannotOpen: (path, why) => `${path}\n\n${why}`,
  },
} satisfies typeof english;
