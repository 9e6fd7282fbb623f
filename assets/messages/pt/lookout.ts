/** Portuguese: the look-out: what on a medium deserves suspicion, and why, in one sentence each. */

import type { lookout as english } from '../en/lookout.ts';
import { plural } from './plural.ts';

export const lookout = {
  lookout: {
    title: 'Vigia',
    button: 'Vigia',
    back: 'Voltar aos arquivos',
    heading: (name) => `O que merece suspeita em ${name}`,
    explain:
      'O Airlock percorre cada nome e o começo de cada arquivo, dentro do processo isolado. Nada é aberto, e nada sai deste computador.',
    again: 'Olhar de novo',
    stop: 'Parar',
    scanning: (shown, count) => `Olhando: ${shown} ${plural(count, { one: 'arquivo', other: 'arquivos' })} até agora`,
    done: (shown, count) => `${shown} ${plural(count, { one: 'arquivo examinado', other: 'arquivos examinados' })}`,
    doneIn: (shown, count, duration) =>
      `${shown} ${plural(count, { one: 'arquivo examinado', other: 'arquivos examinados' })} em ${duration}`,
    stopped: (shown, count) =>
      `Parado após ${shown} ${plural(count, { one: 'arquivo', other: 'arquivos' })}. O que segue não é tudo.`,
    failed: 'Não foi possível terminar de olhar',
    none: 'Não há vigia para este volume.',
    cleanTitle: 'Nada da lista foi encontrado',
    clean: 'Isso não prova que é inofensivo. Abra com cuidado mesmo assim o que você não espera.',
    unread: (shown, count) =>
      `${shown} ${plural(count, { one: 'arquivo ou pasta não pôde ser examinado', other: 'arquivos ou pastas não puderam ser examinados' })}: pode haver mais.`,
    unreadMore: 'Mostrar quais',
    unreadLess: 'Ocultar',
    danger: 'Perigo',
    dangerHint: 'Não abra sem saber por que estão ali.',
    note: 'Vale saber',
    noteHint: 'Comum e muitas vezes inocente. Olhe duas vezes antes de abrir.',
    groups: 'Achados por gravidade',
    harmless: 'Parece estranho, é inofensivo',
    harmlessHint: 'Listado para que ninguém precise estranhar.',
    count: (shown, count) => `${shown} ${plural(count, { one: 'achado', other: 'achados' })}`,
    kept: (kept, count) => `Estão listados os primeiros ${kept} de ${count}.`,
    more: (shown) => `Mostrar mais ${shown}`,
    fewer: 'Mostrar menos',
    show: 'Mostrar na pasta',
    showLabel: (name) => `Mostrar na pasta: ${name}`,
    inRoot: 'na raiz do volume',
    hidden: 'oculto',
    sorts: {
      windows: 'um programa do Windows',
      linux: 'um programa do Linux',
      mac: 'um programa do Mac',
      java: 'um programa Java',
      android: 'um aplicativo Android',
      installer: 'um instalador',
      script: 'um script',
      shortcut: 'um atalho',
      help: 'um arquivo de ajuda que pode executar programas',
      other: 'um programa',
    },
    kinds: {
      autorun: {
        title: 'Inicia sozinho',
        reason: () => 'Este autorun.inf manda o Windows iniciar um programa quando a mídia é conectada ou clicada.',
      },
      'autorun-settings': {
        title: 'Nome e ícone da mídia',
        reason: () => 'Este autorun.inf só define um nome ou um ícone; não inicia nada.',
      },
      autostart: {
        title: 'Inicia sozinho no Linux',
        reason: () => 'Ambientes Linux oferecem executar ou abrir um arquivo com este nome quando a mídia é conectada.',
      },
      'shortcut-command': {
        title: 'Atalhos que executam comandos',
        reason: () => 'Este atalho não abre um arquivo: executa um comando.',
      },
      'shortcut-network': {
        title: 'Atalhos para outro computador',
        reason: () => 'Por este atalho o Windows contata outro computador, o que pode revelar seu login.',
      },
      shortcut: {
        title: 'Atalhos',
        reason: () => 'Um atalho abre algo diferente do que o nome e o ícone mostram.',
      },
      launcher: {
        title: 'Lançadores',
        reason: () => 'No Linux este lançador executa um comando, mostrem o que mostrarem o nome e o ícone.',
      },
      link: {
        title: 'Links para a web',
        reason: () => 'Abrir isto leva a um site.',
      },
      'link-scheme': {
        title: 'Links para algo que não é a web',
        reason: () => 'Este link não leva a um site: faz um programa do sistema agir.',
      },
      'network-lure': {
        title: 'Contata outro computador ao ser mostrado',
        reason: () =>
          'O Windows contata outro computador assim que a pasta deste arquivo é mostrada ou ele é aberto, o que pode revelar seu login.',
      },
      'search-file': {
        title: 'Buscas e bibliotecas salvas',
        reason: () => 'Com este arquivo o Windows mostra pastas que estão em outro lugar.',
      },
      'folder-double': {
        title: 'Está no lugar de algo oculto',
        reason: ({ sort }) =>
          `O arquivo ou a pasta com este nome está oculto, e no lugar aparece ${sort}: é assim que vermes USB se espalham.`,
      },
      'shell-folder': {
        title: 'Pastas que não são o que parecem',
        reason: () => 'O fim do nome desta pasta faz o Windows mostrar algo diferente do que há nela.',
      },
      'double-extension': {
        title: 'Programas com nome de documento',
        reason: ({ sort }) => `O nome parece de um documento, mas pela última parte é ${sort}.`,
      },
      'spaced-extension': {
        title: 'Extensões empurradas para fora da vista',
        reason: ({ sort }) => `Muitos espaços no nome escondem o fim dele: é ${sort}.`,
      },
      'direction-override': {
        title: 'Nomes que se invertem',
        reason: () => 'Um caractere oculto inverte parte do nome, e o fim dele parece outra coisa.',
      },
      'direction-mark': {
        title: 'Nomes com marcas de direção',
        reason: () => 'Caracteres invisíveis no nome dirigem a escrita; nomes árabes e hebraicos podem tê-los.',
      },
      'blank-name': {
        title: 'Nomes que não mostram nada',
        reason: () => 'O nome é feito só de caracteres em branco, e não se vê em uma lista.',
      },
      'invisible-name': {
        title: 'Caracteres invisíveis em nomes',
        reason: () => 'O nome tem caracteres que não se veem, e pode parecer outro.',
      },
      'look-alike': {
        title: 'Nomes que parecem iguais',
        reason: () => 'Com letras de outro alfabeto, este nome parece igual ao de outro arquivo ao lado.',
      },
      'mixed-script': {
        title: 'Letras de vários alfabetos em uma palavra',
        reason: () => 'Uma palavra do nome mistura letras latinas com outras parecidas.',
      },
      'disguised-program': {
        title: 'Programas que se passam por documentos',
        reason: ({ sort }) => `Pelo nome é um documento, imagem ou gravação; pelo conteúdo é ${sort}.`,
      },
      'hidden-program': {
        title: 'Programas ocultos',
        reason: ({ sort }) => `É ${sort}, e está oculto.`,
      },
      program: {
        title: 'Programas',
        reason: ({ sort }) => `É ${sort}: pode fazer tudo o que você pode fazer.`,
      },
      script: {
        title: 'Scripts encontrados',
        reason: () => 'Um script executa o que está escrito nele quando é aberto.',
      },
      'content-mismatch': {
        title: 'Não é o que o nome diz',
        reason: () => 'Pelo nome é uma imagem, gravação ou PDF; o conteúdo é outra coisa.',
      },
      'picture-script': {
        title: 'Imagens com um script dentro',
        reason: () => 'Este desenho tem um script, que um navegador executa ao mostrá-lo.',
      },
      'macros-disguised': {
        title: 'Macros sob um nome que não as promete',
        reason: () => 'Este arquivo do Office tem macros, embora arquivos com esse nome não devessem ter.',
      },
      macros: {
        title: 'Arquivos do Office com macros',
        reason: () => 'Este arquivo do Office tem macros: programas que rodam quando você permite.',
      },
      'remote-template': {
        title: 'Documentos que buscam algo de fora',
        reason: () => 'Ao ser aberto, este documento busca um modelo ou objeto em outro computador.',
      },
      'embedded-object': {
        title: 'Documentos com objetos dentro',
        reason: () => 'Este documento tem um objeto que pode iniciar outro programa ao ser aberto ou clicado.',
      },
      'pdf-launch': {
        title: 'PDFs que iniciam programas',
        reason: () => 'Este PDF pede para iniciar um programa.',
      },
      'pdf-script': {
        title: 'PDFs com scripts',
        reason: () => 'Este PDF tem um script; formulários também têm.',
      },
      'pdf-attachment': {
        title: 'PDFs com anexos',
        reason: () => 'Este PDF contém outros arquivos.',
      },
      'encrypted-archive': {
        title: 'Arquivos compactados com senha',
        reason: () => 'O que há neste arquivo compactado não pode ser visto sem a senha; nenhum antivírus consegue.',
      },
      'encrypted-document': {
        title: 'Documentos com senha',
        reason: () => 'O que há neste documento não pode ser visto sem a senha.',
      },
      'archive-bomb': {
        title: 'Arquivos que descompactam para tamanhos absurdos',
        reason: ({ size }) =>
          `Descompactado, este arquivo declara ${size} ou se repete sem fim: foi feito para encher um disco.`,
      },
      'disk-image': {
        title: 'Imagens de disco',
        reason: () =>
          'Aberta pelo sistema, uma imagem de disco vira uma unidade; o que há nela não foi visto. O Airlock pode abri-la como mídia.',
      },
      stream: {
        title: 'Conteúdo em um segundo fluxo',
        reason: ({ size }) => `Além do conteúdo, o arquivo guarda ${size} em um fluxo que nenhuma lista mostra.`,
      },
      'stream-program': {
        title: 'Programas em um segundo fluxo',
        reason: ({ sort }) => `Além do conteúdo, o arquivo guarda ${sort} em um fluxo que nenhuma lista mostra.`,
      },
      'origin-mark': {
        title: 'Marcado como baixado',
        reason: () => 'Uma nota do Windows de que o arquivo veio de outro lugar. Ela protege você.',
      },
      'known-stream': {
        title: 'Notas de programas conhecidos',
        reason: () => 'Um programa conhecido guarda suas próprias notas em um segundo fluxo deste arquivo.',
      },
      'illegal-name': {
        title: 'Nomes que este computador não consegue guardar',
        reason: () => 'Uma cópia recebe outro nome, porque este é longo demais ou tem caracteres impossíveis aqui.',
      },
      'colliding-name': {
        title: 'Nomes que coincidem aqui',
        reason: () =>
          'Para este computador, este nome e o de outro arquivo ao lado são iguais; uma cópia recebe outro nome.',
      },
      'larger-than-medium': {
        title: 'Maior que a mídia',
        reason: ({ size }) =>
          `Declara ${size}, mais do que cabe no volume todo, então o conteúdo não pode estar todo lá.`,
      },
      'shared-content': {
        title: 'Conteúdo que pertence a dois arquivos',
        reason: () =>
          'Começa no mesmo lugar que outro arquivo: o sistema de arquivos está danificado ou é inventado, e pelo menos um deles está errado.',
      },
      'strange-date': {
        title: 'Datas impossíveis',
        reason: () => 'A data é anterior a 1980 ou está no futuro.',
      },
      setuid: {
        title: 'Programas que rodam como outra pessoa',
        reason: () => 'No Linux e no macOS este programa rodaria com os direitos do dono. Cópias perdem essa marca.',
      },
      'device-node': {
        title: 'Arquivos de dispositivo',
        reason: () => 'Isto representa um dispositivo do computador e não um conteúdo. Nunca é copiado.',
      },
      'outside-link': {
        title: 'Links que levam para fora da mídia',
        reason: () => 'Este link leva a um lugar fora da mídia: no seu computador apontaria para arquivos seus.',
      },
    },
  },
} satisfies typeof english;
