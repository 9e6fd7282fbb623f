/** Portuguese: taking a medium over from the host, keeping the host from mounting, saving an image, readers with several slots. */

import type { hardware as english } from '../en/hardware.ts';

export const hardware = {
  takeOver: {
    by: (drivers) => `Lido pelo driver deste computador: ${drivers}`,
    title: 'Este computador já o montou',
    explain: (where) =>
      `Está montado em ${where}: o kernel deste computador leu seu sistema de arquivos. O Airlock pode mandar desmontá-lo e segurá-lo, para que nada mais o monte enquanto você olha.`,
    button: 'Assumir e abrir com segurança',
    openAnyway: 'Abrir sem assumir',
    done: (name) => `O Airlock assumiu ${name}: nada mais o monta enquanto estiver aberto aqui.`,
    banner: (where) => `Este computador também o tem montado em ${where}.`,
    bannerButton: 'Assumir',
  },
  guard: {
    partWith: (name, state, note) => `${name}: ${state} (${note})`,
    part: (name, state) => `${name}: ${state}`,
    label: 'Impedir que este computador monte pen drives sozinho',
    hint: 'Assim nada de um pen drive é lido antes de você abri-lo aqui. Desligar isto restaura o que estava definido antes.',
    reading: 'Consultando este computador…',
    unknown: 'Não foi encontrado neste computador nada ajustável que monte pen drives sozinho.',
    details: 'O que está definido',
    partOn: 'não monta pen drives',
    partOff: 'pode montar pen drives',
    partAbsent: 'não está neste computador',
  },
  imaging: {
    save: 'Salvar uma imagem do pen drive inteiro…',
    region: 'Imagens sendo salvas',
    reading: (name) => `Salvando uma imagem de ${name}`,
    finishing: 'Finalizando: conferindo o que foi gravado',
    done: (name) => `A imagem de ${name} está salva`,
    doneWith: (name, unreadable) => `A imagem de ${name} está salva; ilegível: ${unreadable}`,
    doneWithExplain: 'O que não pôde ser lido está como zeros na imagem; o mapa ao lado diz onde.',
    interrupted: (name) => `${name} foi desconectado`,
    cancelled: 'A imagem não está inteira',
    cancelledExplain: 'O que já foi lido é mantido e pode ser continuado.',
    failed: 'Não foi possível salvar a imagem',
    progress: (done, total) => `${done} de ${total}`,
    progressLabel: (name) => `Progresso da imagem de ${name}`,
    unreadable: (size) => `${size} ilegíveis até agora`,
    resumed: (size) => `${size} já estavam de antes`,
    checksum: (hash) => `SHA-256 ${hash}`,
    cancel: 'Parar',
    resume: 'Continuar',
    dismiss: 'Dispensar',
    reveal: 'Mostrar na pasta',
  },
  slot: {
    title: 'Não há nada neste compartimento',
    explain: 'Insira um cartão ou disco e ele aparece aqui.',
    drive: 'Unidade',
    badge: 'Vazio',
    badgeHint: 'Não há mídia nesta unidade.',
  },
  siblings: {
    title: 'Há outras mídias no mesmo leitor',
    explain: (names) =>
      `${names}. Se este leitor só puder ser desligado por inteiro, elas vão junto e são fechadas aqui.`,
    eject: 'Ejetar mesmo assim',
    keep: 'Deixar',
  },
  speed: {
    label: 'Velocidade USB',
    low: 'Velocidade baixa (1,5 Mbit/s)',
    full: 'Velocidade plena (12 Mbit/s)',
    high: 'USB 2, alta velocidade (480 Mbit/s)',
    super: 'USB 3 (5 Gbit/s)',
    superPlus: (gigabits) => `USB 3 (${gigabits} Gbit/s)`,
  },
} satisfies typeof english;
