/** Portuguese: the desktop's own parts of the app: menu, tray, notifications, questions before it closes. */

import type { shell as english } from '../en/shell.ts';
import { plural } from './plural.ts';

export const shell = {
  desktop: {
    menu: {
      file: 'Arquivo',
      openImage: 'Abrir uma imagem…',
      settings: 'Configurações…',
      find: 'Buscar nesta pasta',
      search: 'Buscar na mídia…',
      view: 'Exibir',
      help: 'Ajuda',
      shortcuts: 'Atalhos de teclado',
      quit: 'Sair',
      close: 'Fechar janela',
      edit: 'Editar',
      undo: 'Anular',
      redo: 'Refazer',
      cut: 'Cortar',
      copy: 'Copiar',
      paste: 'Colar',
      selectAll: 'Selecionar tudo',
      actualSize: 'Tamanho real',
      zoomIn: 'Ampliar',
      zoomOut: 'Reduzir',
      fullScreen: 'Ecrã inteiro',
      window: 'Janela',
      minimize: 'Minimizar',
      about: 'Acerca do Airlock',
      services: 'Serviços',
      hide: 'Ocultar Airlock',
      hideOthers: 'Ocultar outros',
      showAll: 'Mostrar tudo',
    },
    tray: {
      hint: 'Airlock: abrir pen drives em que não se confia',
      noMedia: 'Nenhum pen drive conectado',
      show: 'Mostrar o Airlock',
    },
    notice: {
      plugged: 'Um pen drive foi conectado',
      pluggedBody: (name) => `Veja com segurança: ${name}`,
      copied: 'Cópia concluída',
      copiedBody: (files, count, name) =>
        `${files} ${plural(count, { one: 'arquivo', other: 'arquivos' })} de ${name}, com verificação no disco.`,
      partly: 'Copiado, mas não tudo',
      partlyBody: (files, count, name) =>
        `${files} ${plural(count, { one: 'arquivo de', other: 'arquivos de' })} ${name} sem copiar. Abra o Airlock para ver quais.`,
      failed: 'A cópia parou',
      failedBody: (name) => `Nem tudo de ${name} foi copiado. Abra o Airlock para saber por quê.`,
      asks: 'Uma cópia espera por você',
      asksBody: (name) => `Um arquivo de ${name} já existe. Escolha o que fazer com ele.`,
      interrupted: 'Uma cópia foi interrompida',
      interruptedBody: (name) => `${name} foi retirado. Volte a ligá-lo para continuar.`,
      imageSaved: 'A imagem está guardada',
      imageSavedBody: (name) => `Todo o conteúdo de ${name} está no seu disco.`,
      imagePartlyBody: (name) => `Não foi possível ler uma parte de ${name}. Abra o Airlock para ver quanto.`,
      imageFailed: 'A gravação da imagem parou',
      imageFailedBody: (name) => `A imagem de ${name} não está completa. Abra o Airlock para ver porquê.`,
    },
    closing: {
      question: 'Uma cópia ainda está em andamento.',
      detail: 'Os arquivos já copiados permanecem; o que está em andamento é removido.',
      goOn: 'Continuar copiando',
      stop: 'Parar e sair',
    },
    dragReady: 'Copiado e pronto: arraste agora.',
    pasteReady: 'Copiado e pronto para colar em outro lugar enquanto o Airlock estiver aberto.',
    cannotOpen: (path, why) => `${path}\n\n${why}`,
  },
} satisfies typeof english;
