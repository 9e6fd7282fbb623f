/** Portuguese: ejecting. */

import type { eject as english } from '../en/eject.ts';

export const eject = {
  eject: {
    eject: 'Ejetar',
    closeImage: 'Fechar',
    imageClosed: (name) => `${name} está fechado. Nada nele foi alterado.`,
    ejected: (name) => `${name} já pode ser retirado.`,
    runningTitle: 'Uma cópia ainda está em andamento',
    running: (name) =>
      `Se você ejetar ${name} agora, a cópia para. Os arquivos copiados por inteiro permanecem; nenhum arquivo pela metade fica para trás.`,
    force: 'Parar a cópia e ejetar',
    keep: 'Continuar copiando',
  },
} satisfies typeof english;
