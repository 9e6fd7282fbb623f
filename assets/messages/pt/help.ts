/** Portuguese: the keyboard map: areas, actions, names of keys. */

import type { help as english } from '../en/help.ts';

export const help = {
  help: {
    title: 'Teclado',
    intro: 'Tudo pode ser feito sem mouse.',
    close: 'Fechar',
    or: 'ou',
    areas: {
      window: 'Em toda parte',
      list: 'Na lista de arquivos',
      look: 'Ao ver um arquivo',
      dialog: 'Em caixas de diálogo',
    },
    window: {
      search: 'Buscar na mídia inteira',
      find: 'Buscar um nome na pasta',
      help: 'Mostrar este mapa',
      openImage: 'Abrir uma imagem',
      settings: 'Configurações',
      copyOut: 'Copiar a seleção, ou tudo',
      eject: 'Ejetar ou fechar a mídia',
      details: 'Mostrar ou ocultar os detalhes',
      hidden: 'Mostrar ou ocultar arquivos ocultos',
    },
    list: {
      move: 'Ir para o arquivo acima ou abaixo',
      ends: 'Ir para o primeiro ou o último arquivo',
      pages: 'Subir ou descer uma página',
      range: 'Selecionar vários em sequência',
      toggle: 'Adicionar à seleção ou tirar dela',
      all: 'Selecionar tudo',
      copyFiles: 'Copiar para colar em outro lugar',
      open: 'Abrir a pasta, mostrar o arquivo',
      look: 'Ver o arquivo',
      up: 'Ir para a pasta acima',
      clear: 'Não selecionar nada',
      menu: 'Mostrar o que pode ser feito',
      type: 'Ir para o nome que começa assim',
      typeKeys: 'Letras',
    },
    look: {
      next: 'Ver o arquivo anterior ou o seguinte',
      pages: 'Subir ou descer uma página',
      ends: 'Ir ao início ou ao fim',
      close: 'Parar de ver',
    },
    dialog: {
      walk: 'Ir para o controle seguinte ou anterior',
      close: 'Fechar',
    },
    keys: {
      command: 'Ctrl',
      shift: 'Shift',
      alt: 'Alt',
      enter: 'Enter',
      backspace: 'Backspace',
      escape: 'Esc',
      tab: 'Tab',
      home: 'Home',
      end: 'End',
      pageUp: 'Page Up',
      pageDown: 'Page Down',
      space: 'Espaço',
    },
  },
} satisfies typeof english;
