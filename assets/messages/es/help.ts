/** Spanish: the keyboard map: areas, actions, names of keys. */

import type { help as english } from '../en/help.ts';

export const help = {
  help: {
    title: 'Teclado',
    intro: 'Todo se puede hacer sin ratón.',
    close: 'Cerrar',
    or: 'o',
    areas: {
      window: 'En todas partes',
      list: 'En la lista de archivos',
      look: 'Al mirar un archivo',
      dialog: 'En los cuadros de diálogo',
    },
    window: {
      search: 'Buscar en todo el medio',
      find: 'Buscar un nombre en la carpeta',
      help: 'Mostrar este resumen',
      openImage: 'Abrir una imagen',
      settings: 'Ajustes',
      copyOut: 'Copiar la selección, o todo',
      eject: 'Expulsar o cerrar el medio',
      details: 'Mostrar u ocultar los detalles',
      hidden: 'Mostrar u ocultar los archivos ocultos',
    },
    list: {
      move: 'Ir al archivo de arriba o de abajo',
      ends: 'Ir al primer o al último archivo',
      pages: 'Subir o bajar una página',
      range: 'Seleccionar varios seguidos',
      toggle: 'Añadir a la selección o quitar de ella',
      all: 'Seleccionar todo',
      copyFiles: 'Copiar para pegar en otro lugar',
      open: 'Abrir la carpeta, mostrar el archivo',
      look: 'Mirar el archivo',
      up: 'Ir a la carpeta superior',
      clear: 'No seleccionar nada',
      menu: 'Mostrar qué se puede hacer',
      type: 'Ir al nombre que empieza así',
      typeKeys: 'Letras',
    },
    look: {
      next: 'Mirar el archivo anterior o siguiente',
      pages: 'Subir o bajar una página',
      ends: 'Ir al principio o al final',
      close: 'Dejar de mirar',
    },
    dialog: {
      walk: 'Ir al control siguiente o anterior',
      close: 'Cerrar',
    },
    keys: {
      command: 'Ctrl',
      shift: 'Mayús',
      alt: 'Alt',
      enter: 'Intro',
      backspace: 'Retroceso',
      escape: 'Esc',
      tab: 'Tab',
      home: 'Inicio',
      end: 'Fin',
      pageUp: 'Re Pág',
      pageDown: 'Av Pág',
      space: 'Espacio',
    },
  },
} satisfies typeof english;
