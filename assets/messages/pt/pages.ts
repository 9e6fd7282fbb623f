/** Portuguese: pages that stand where files would: welcome, not opened, opening, ejected, gone, failed. */

import type { pages as english } from '../en/pages.ts';

export const pages = {
  welcome: {
    title: 'Olhe antes de confiar',
    first:
      'O Airlock abre pen drives e imagens de disco em que você não confia: drivers próprios os leem em um processo isolado, e nada deles chega ao kernel nem aos arquivos deste computador.',
    second: 'Dê uma olhada, copie o que quiser com um clique e ejete.',
    openImage: 'Abrir uma imagem…',
    trySample: 'Experimentar o pen drive de exemplo',
    hintDrop: 'Você também pode soltar uma imagem de disco em qualquer lugar desta janela.',
    happens:
      'Um pen drive aberto aqui é lido pelos drivers do próprio Airlock, em um processo que não pode fazer mais nada: o kernel, os programas e a rede deste computador ficam de fora.',
    notChanged: 'Nada no pen drive é alterado, e nada dele chega a este computador a não ser que você copie.',
    notChecked:
      'O que você copia é igual ao que está no pen drive, e o Airlock não julga se é nocivo: abra com o mesmo cuidado que teria com qualquer coisa de estranhos.',
    begin: 'Começar',
    hintKeyboard: 'Pressione ? a qualquer momento para ver os atalhos de teclado.',
    hintPlug: 'Conecte um pen drive e ele aparece na lista de mídias.',
  },
  present: {
    open: 'Abrir com segurança',
    explain: 'Nada foi lido ainda. Será aberto só para leitura, por um processo que não pode fazer mais nada.',
    system:
      'Este computador funciona a partir deste disco. O Airlock o mostra porque você pediu os discos do sistema, e nunca o abre.',
    size: 'Tamanho',
    location: 'Dispositivo',
    file: 'Arquivo',
    bus: 'Conexão',
  },
  opening: {
    title: (name) => `Abrindo ${name}`,
    explain: 'Iniciando um processo isolado e lendo o conteúdo.',
  },
  ejecting: { title: (name) => `Ejetando ${name}` },
  ejected: {
    title: (name) => `${name} já pode ser retirado`,
    explain: 'Foi fechado e nada nele foi alterado.',
    again: 'Abrir de novo',
  },
  gone: {
    title: (name) => `${name} foi desconectado`,
    explain:
      'O processo dele terminou. O que foi copiado por inteiro está a salvo; o relatório de uma cópia em andamento diz o que falta.',
  },
  problem: {
    stoppedTitle: (name) => `${name} não está mais sendo lido`,
    volumeTitle: (name) => `${name} não pode ser aberto`,
    startAgain: 'Reiniciar',
    close: 'Fechar',
    contained:
      'Só o processo desta mídia foi afetado. O aplicativo, seus arquivos e as outras mídias estão como antes, e a mídia não foi alterada.',
    unchanged: 'Nada nela foi alterado.',
    details: 'Detalhes técnicos',
    log: 'Registro do kernel',
    noVolumes:
      'Nada nesta mídia pode ser aberto. Ela pode estar vazia, criptografada ou ser de um tipo que o Airlock não conhece.',
    at: (offset) => `no byte ${offset}`,
    expectedFound: (expected, found) => `esperado ${expected}, encontrado ${found}`,
  },
} satisfies typeof english;
