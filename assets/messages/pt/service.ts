/** Portuguese: sentences that main says to people, in the window and in reports. */

import type { service as english } from '../en/service.ts';

export const service = {
  service: {
    worker: {
      nonsense:
        'O processo que lê esta mídia respondeu coisas sem sentido e foi encerrado. A mídia pode ter sido feita para causar dano.',
    },
    notADevice: 'Isto não é um dispositivo.',
    notCopied: 'Só arquivos que o Airlock copiou podem ser entregues a outros programas.',
    emptySlot: 'Não há mídia nesta unidade.',
    busyCopying: 'Algo ainda está sendo copiado desta mídia. Espere, ou cancele antes.',
    image: {
      noAnswer: 'A mídia não responde. Conecte-a de novo para continuar de onde parou.',
      notADevice: 'Só um pen drive, cartão ou unidade conectada pode ser salvo como imagem.',
      running: 'Uma imagem desta mídia já está sendo salva.',
      cannotRead: 'Os bytes brutos desta mídia não podem ser lidos.',
      removed: 'A mídia foi desconectada. Conecte-a de novo para continuar de onde parou.',
      noSpace: 'Não há espaço suficiente nesta pasta. Libere espaço ou escolha uma pasta em outro disco.',
      tooLarge: 'A imagem é maior do que um arquivo pode ser nesta pasta. Escolha uma pasta em outro disco.',
      otherBytes:
        'O disco devolveu bytes diferentes dos que foram gravados. Ao continuar, o que está errado é lido de novo. Se acontecer outra vez, escolha uma pasta em outro disco.',
      failed: 'Não foi possível salvar a imagem.',
      noName: 'Há imagens demais com este nome nesta pasta. Escolha outra pasta.',
      noFolder: 'Esta pasta não pode ser usada. Escolha outra.',
      plugAgain: (name) => `${name} não está aqui. Conecte-o de novo para continuar.`,
      notResumable: 'Esta imagem não pode ser continuada.',
      notFinished: 'Esta imagem ainda está sendo salva.',
      notThere: 'Esta imagem não está mais na lista.',
    },
  },
} satisfies typeof english;
