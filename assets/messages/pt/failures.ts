/** Portuguese: what main says when something does not work: refused requests, media, volumes, copies, and how a drive was let go of. */

import type { failures as english } from '../en/failures.ts';
import type { Translation } from '../messages.ts';

export const failures = {
  failures: {
    failed: 'Isso não deu certo.',
    unknownRequest: 'O Airlock não conhece este pedido.',
    badRequest: 'Este pedido não está como deveria.',
    notInThisWindow: 'Isso não é possível nesta janela.',
    beingCopied: 'Algo ainda está sendo copiado desta mídia.',
    folderClosed: 'Esta pasta não está mais aberta.',
    volumeClosed: 'Este volume não está aberto.',
    mediumClosed: 'Esta mídia não está aberta.',
    mediumGone: 'Esta mídia não está mais aqui.',
    mediumPulled: 'Esta mídia foi desconectada.',
    pulledOut: 'A mídia foi desconectada.',
    systemDisk: 'O computador funciona a partir deste disco. O Airlock não o abre.',
    systemDiskStays: 'O computador funciona a partir deste disco. Ele não é ejetado.',
    noFile: 'Este arquivo não existe.',
    noImage: 'Isto não é um arquivo de imagem.',
    targetNotWhole: 'A pasta de destino precisa ser indicada com o caminho completo.',
    settingsNotSaved: 'Não foi possível salvar as configurações.',
    folderNotWhole: 'A pasta precisa ser indicada com o caminho completo.',
    folderNotMade: 'Não foi possível criar a pasta.',
    folderUnreadable: 'Esta pasta não pode ser lida.',
    targetOnMedium: 'Esta pasta fica na própria mídia. Escolha uma em outro disco.',
    noQuestion: 'Esta cópia não tem nenhuma pergunta em aberto.',
    copyRuns: 'Esta cópia não terminou.',
    copyGone: 'Esta cópia não está mais aqui.',
    unreadable: 'A mídia não pode ser lida neste ponto. Pode estar gasta.',
    damaged: (what) => `O sistema de arquivos está danificado: ${what}.`,
    noFileSystem: 'Não há aqui nenhum sistema de arquivos que o Airlock saiba ler.',
    unsupported: (what) => `Isto usa um recurso que o Airlock não lê: ${what}.`,
    entryGone: 'Isto não está mais aqui.',
    impossible: (why) => `Isso não é possível: ${why}.`,
    notLockedDown: 'Não foi possível isolar o processo que lê a mídia, por isso ela não foi aberta.',
    mayNotRead: 'Você não tem permissão para ler isto.',
    noMedium: 'Não há mídia na unidade, ou ela foi retirada.',
    cannotOpen: (why) => `Isto não pode ser aberto: ${why}.`,
    sampleName: 'Pen drive de exemplo',
  },
} satisfies Translation<typeof english>;
