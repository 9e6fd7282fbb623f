/** Portuguese: what main says of drives: whether this computer mounts them by itself, taking one over, ejecting. */

import type { drives as english } from '../en/drives.ts';

export const drives = {
  drives: {
    open: {
      mayNotWin32:
        'Você não tem permissão para ler este dispositivo. Inicie o Airlock como administrador para abri-lo.',
      mayNotUnless: (command) =>
        `Você não tem permissão para ler este dispositivo. Isto permite até ele ser desconectado: ${command}`,
      mayNot: 'Você não tem permissão para ler este dispositivo.',
      failed: (why) => `O dispositivo não pode ser aberto: ${why}.`,
      noMedium: 'Não há mídia na unidade, ou ela foi retirada.',
      inUse: 'Outro programa tem este dispositivo só para si. Feche-o lá e abra de novo aqui.',
    },
    worker: {
      memory:
        'O processo que lê esta mídia usou memória demais e foi encerrado. A mídia pode ter sido feita para causar dano.',
      hung: 'A mídia não responde, então o processo que a lê foi encerrado.',
      crashed: 'O processo que lê esta mídia terminou de forma inesperada.',
      closed: 'A mídia foi fechada.',
    },
    guard: {
      on: 'Seu ambiente está definido para não montar pen drives sozinho. Outros programas, e você manualmente, ainda podem.',
      onByRule:
        'O UDisks diz a todos os ambientes para não montar pen drives sozinhos. Outros programas, e você manualmente, ainda podem.',
      partly: (what) => `Este computador ainda pode montar pen drives sozinho: ${what} não está definido contra isso.`,
      off: 'Este computador pode montar pen drives sozinho assim que são conectados.',
      nothing: 'Não foi encontrado nada ajustável que monte pen drives sozinho.',
      darwin:
        'O macOS monta pen drives sozinho, e o Airlock não muda isso. Assuma o pen drive depois de conectá-lo: o macOS então o desmonta primeiro.',
      win32:
        'O Windows monta pen drives sozinho. Um administrador pode impedir isso com o comando mountvol /N e permitir de novo com mountvol /E. O Airlock não muda isso.',
      rule: 'regra do udev',
      locked: 'Um administrador fixou esta configuração.',
      notTaken: 'A configuração não teve efeito.',
      notRestored: 'Não foi possível restaurar a configuração anterior.',
      notAuthorized: 'Isto exige a senha de um administrador, que não foi dada.',
      nextPlug: 'Para pen drives já conectados vale o de antes até serem conectados de novo.',
      ruleNotFollowed: 'O KDE não segue a regra do udev.',
      forced: 'Alguns dispositivos estão definidos para serem montados de qualquer jeito.',
    },
    letGo: {
      notMounted: 'O sistema não o montou.',
      done: 'O sistema o liberou.',
      noUdisks: (paths) => `O sistema o montou, e não há UDisks a quem pedir: sudo umount ${paths}`,
      refused: (who) => `O sistema não conseguiu liberá-lo: ${who}.`,
      notLocked: (who) => `Uma parte criptografada está desbloqueada e não pôde ser bloqueada de novo: ${who}.`,
      usedBy: (holders) => `em uso por ${holders}`,
      usedBySomebody: 'um programa pode ter arquivos dele abertos',
      holder: (name, pid) => `${name} (processo ${pid})`,
      win32: 'O Airlock não consegue fazer o Windows desmontá-lo. Mesmo assim pode ser aberto para leitura.',
      systemRefused: 'O sistema não conseguiu desmontá-lo.',
    },
    ejectOutcome: {
      safe: 'Já pode ser retirado.',
      othersInUse: (others) => `Já pode ser retirado. Outras mídias no mesmo leitor ainda estão em uso: ${others}.`,
      othersOff: (others) => `Já pode ser retirado. Outras mídias no mesmo leitor foram desligadas junto: ${others}.`,
      notYet: (what, who) => `Não retire ainda. ${what}: ${who}.`,
      notYetPlain: (what) => `Não retire ainda. ${what}.`,
      mountedStill: 'O sistema o montou e não conseguiu liberá-lo',
      lockedNot: 'Uma parte criptografada está desbloqueada e não pôde ser bloqueada de novo',
      notOff: 'Não foi possível desligar a unidade',
      nothingWritten: (why) => `${why} Nada foi gravado: pode ser retirado mesmo assim.`,
      noSwitch: 'A unidade não pode ser desligada.',
      noTools: 'A unidade não foi desligada: nem udisksctl nem eject está instalado.',
      failed: 'Não foi possível desligar a unidade.',
      notFound: 'O Windows não conhece mais esta unidade',
      veto: {
        program: (name) => `O programa ${name} está usando.`,
        service: (name) => `O serviço ${name} está usando.`,
        driver: (name) => `O driver ${name} não o libera.`,
        open: 'Um programa tem arquivos dele abertos.',
        noRights: 'Sua conta não tem permissão para ejetá-lo.',
        device: (name) => `O Windows não o libera (${name}).`,
      },
    },
  },
} satisfies typeof english;
