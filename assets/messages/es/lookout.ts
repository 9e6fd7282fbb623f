/** Spanish: the look-out: what on a medium deserves suspicion, and why, in one sentence each. */

import type { lookout as english } from '../en/lookout.ts';
import { plural } from './plural.ts';

export const lookout = {
  lookout: {
    title: 'Vigía',
    button: 'Vigía',
    back: 'Volver a los archivos',
    heading: (name) => `Qué merece sospecha en ${name}`,
    explain:
      'Airlock recorre cada nombre y el principio de cada archivo, dentro del proceso aislado. No se abre nada, y nada sale de este equipo.',
    again: 'Mirar de nuevo',
    stop: 'Detener',
    scanning: (shown, count) => `Mirando: ${shown} ${plural(count, { one: 'archivo', other: 'archivos' })} hasta ahora`,
    done: (shown, count) => `${shown} ${plural(count, { one: 'archivo mirado', other: 'archivos mirados' })}`,
    doneIn: (shown, count, duration) =>
      `${shown} ${plural(count, { one: 'archivo mirado', other: 'archivos mirados' })} en ${duration}`,
    stopped: (shown, count) =>
      `Detenido tras ${shown} ${plural(count, { one: 'archivo', other: 'archivos' })}. Lo que sigue no es todo.`,
    failed: 'No se ha podido terminar de mirar',
    none: 'No hay vigía para este volumen.',
    cleanTitle: 'No se ha encontrado nada de la lista',
    clean: 'Eso no prueba que sea inofensivo. Conviene abrir con cuidado lo que no se espera.',
    unread: (shown, count) =>
      `${shown} ${plural(count, { one: 'archivo o carpeta sin poder mirarse', other: 'archivos o carpetas sin poder mirarse' })}: puede haber más.`,
    unreadMore: 'Mostrar cuáles',
    unreadLess: 'Ocultar',
    danger: 'Peligro',
    dangerHint: 'No abrir sin saber por qué están ahí.',
    note: 'Conviene saberlo',
    noteHint: 'Habitual y a menudo inocente. Mirar dos veces antes de abrir.',
    groups: 'Hallazgos por gravedad',
    harmless: 'Parece raro, es inofensivo',
    harmlessHint: 'Se indica para que nadie tenga que extrañarse.',
    count: (shown, count) => `${shown} ${plural(count, { one: 'hallazgo', other: 'hallazgos' })}`,
    kept: (kept, count) => `Se muestran los primeros ${kept} de ${count}.`,
    more: (shown) => `Mostrar ${shown} más`,
    fewer: 'Mostrar menos',
    show: 'Mostrar en la carpeta',
    showLabel: (name) => `Mostrar en la carpeta: ${name}`,
    inRoot: 'en la raíz del volumen',
    hidden: 'oculto',
    sorts: {
      windows: 'un programa de Windows',
      linux: 'un programa de Linux',
      mac: 'un programa de Mac',
      java: 'un programa de Java',
      android: 'una aplicación de Android',
      installer: 'un instalador',
      script: 'un script',
      shortcut: 'un acceso directo',
      help: 'un archivo de ayuda que puede ejecutar programas',
      other: 'un programa',
    },
    kinds: {
      autorun: {
        title: 'Se inicia por sí mismo',
        reason: () =>
          'Este autorun.inf indica a Windows que inicie un programa al conectar el medio o hacer clic en él.',
      },
      'autorun-settings': {
        title: 'Nombre e icono del medio',
        reason: () => 'Este autorun.inf solo pone un nombre o un icono; no inicia nada.',
      },
      autostart: {
        title: 'Se inicia por sí mismo en Linux',
        reason: () =>
          'Los escritorios de Linux ofrecen ejecutar o abrir un archivo con este nombre al conectar el medio.',
      },
      'shortcut-command': {
        title: 'Accesos directos que ejecutan órdenes',
        reason: () => 'Este acceso directo no abre un archivo: ejecuta una orden.',
      },
      'shortcut-network': {
        title: 'Accesos directos a otro equipo',
        reason: () =>
          'Por este acceso directo, Windows se conecta con otro equipo, lo que puede revelar el inicio de sesión.',
      },
      shortcut: {
        title: 'Accesos directos',
        reason: () => 'Un acceso directo abre otra cosa que la que muestran su nombre y su icono.',
      },
      launcher: {
        title: 'Lanzadores',
        reason: () => 'En Linux este lanzador ejecuta una orden, muestren lo que muestren su nombre y su icono.',
      },
      link: {
        title: 'Enlaces a la web',
        reason: () => 'Abrirlo lleva a un sitio web.',
      },
      'link-scheme': {
        title: 'Enlaces a algo distinto de la web',
        reason: () => 'Este enlace no lleva a un sitio web: hace actuar a un programa del sistema.',
      },
      'network-lure': {
        title: 'Se conecta con otro equipo al mostrarse',
        reason: () =>
          'Windows se conecta con otro equipo en cuanto se muestra la carpeta de este archivo o se abre, lo que puede revelar el inicio de sesión.',
      },
      'search-file': {
        title: 'Búsquedas y bibliotecas guardadas',
        reason: () => 'Con este archivo, Windows muestra carpetas que están en otro lugar.',
      },
      'folder-double': {
        title: 'Está en lugar de algo oculto',
        reason: ({ sort }) =>
          `El archivo o la carpeta con este nombre está oculto, y en su lugar se muestra ${sort}: así se propagan los gusanos USB.`,
      },
      'shell-folder': {
        title: 'Carpetas que no son lo que parecen',
        reason: () => 'El final del nombre de esta carpeta hace que Windows muestre otra cosa que lo que contiene.',
      },
      'double-extension': {
        title: 'Programas con nombre de documento',
        reason: ({ sort }) => `Su nombre parece el de un documento, pero por su última parte es ${sort}.`,
      },
      'spaced-extension': {
        title: 'Extensiones apartadas de la vista',
        reason: ({ sort }) => `Muchos espacios en el nombre ocultan su final: es ${sort}.`,
      },
      'direction-override': {
        title: 'Nombres que se dan la vuelta',
        reason: () => 'Un carácter oculto invierte parte del nombre, de modo que su final parece otra cosa.',
      },
      'direction-mark': {
        title: 'Nombres con marcas de dirección',
        reason: () =>
          'Caracteres invisibles del nombre dirigen la escritura; los nombres árabes y hebreos pueden tenerlos.',
      },
      'blank-name': {
        title: 'Nombres que no muestran nada',
        reason: () => 'El nombre consta solo de caracteres en blanco, de modo que no se ve en una lista.',
      },
      'invisible-name': {
        title: 'Caracteres invisibles en nombres',
        reason: () => 'El nombre contiene caracteres que no se ven, de modo que puede parecer otro.',
      },
      'look-alike': {
        title: 'Nombres que parecen iguales',
        reason: () => 'Con letras de otro alfabeto, este nombre parece igual al de otro archivo que está al lado.',
      },
      'mixed-script': {
        title: 'Letras de varios alfabetos en una palabra',
        reason: () => 'Una palabra del nombre mezcla letras latinas con otras que se les parecen.',
      },
      'disguised-program': {
        title: 'Programas que se hacen pasar por documentos',
        reason: ({ sort }) => `Por su nombre es un documento, imagen o grabación; por su contenido es ${sort}.`,
      },
      'hidden-program': {
        title: 'Programas ocultos',
        reason: ({ sort }) => `Es ${sort}, y está oculto.`,
      },
      program: {
        title: 'Programas',
        reason: ({ sort }) => `Es ${sort}: puede hacer todo lo que puede hacer quien lo abre.`,
      },
      script: {
        title: 'Scripts encontrados',
        reason: () => 'Un script ejecuta lo que lleva escrito al abrirlo.',
      },
      'content-mismatch': {
        title: 'No es lo que dice el nombre',
        reason: () => 'Por su nombre es una imagen, una grabación o un PDF; su contenido es otra cosa.',
      },
      'picture-script': {
        title: 'Imágenes con un script dentro',
        reason: () => 'Este dibujo contiene un script, que un navegador ejecuta al mostrarlo.',
      },
      'macros-disguised': {
        title: 'Macros con un nombre que no las promete',
        reason: () =>
          'Este archivo de Office contiene macros, aunque los archivos con ese nombre no deberían tenerlas.',
      },
      macros: {
        title: 'Archivos de Office con macros',
        reason: () => 'Este archivo de Office contiene macros: programas que se ejecutan si se permiten.',
      },
      'remote-template': {
        title: 'Documentos que traen algo de fuera',
        reason: () => 'Al abrirlo, este documento trae una plantilla o un objeto de otro equipo.',
      },
      'embedded-object': {
        title: 'Documentos con objetos dentro',
        reason: () => 'Este documento contiene un objeto que puede iniciar otro programa al abrirlo o hacer clic.',
      },
      'pdf-launch': {
        title: 'PDF que inician programas',
        reason: () => 'Este PDF pide iniciar un programa.',
      },
      'pdf-script': {
        title: 'PDF con scripts',
        reason: () => 'Este PDF contiene un script; los formularios también los tienen.',
      },
      'pdf-attachment': {
        title: 'PDF con adjuntos',
        reason: () => 'Este PDF contiene otros archivos.',
      },
      'encrypted-archive': {
        title: 'Archivos comprimidos con contraseña',
        reason: () =>
          'Lo que hay en este archivo comprimido no se puede mirar sin su contraseña; ningún antivirus puede tampoco.',
      },
      'encrypted-document': {
        title: 'Documentos con contraseña',
        reason: () => 'Lo que hay en este documento no se puede mirar sin su contraseña.',
      },
      'archive-bomb': {
        title: 'Archivos que se descomprimen a tamaños absurdos',
        reason: ({ size }) =>
          `Al descomprimirse, este archivo declara ${size} o se repite sin fin: está hecho para llenar un disco.`,
      },
      'disk-image': {
        title: 'Imágenes de disco',
        reason: () =>
          'Abierta por el sistema, una imagen de disco se convierte en una unidad; lo que contiene no se ha mirado. Airlock puede abrirla como medio.',
      },
      stream: {
        title: 'Contenido en un segundo flujo',
        reason: ({ size }) =>
          `Además de su contenido, el archivo guarda ${size} en un flujo que ninguna lista muestra.`,
      },
      'stream-program': {
        title: 'Programas en un segundo flujo',
        reason: ({ sort }) =>
          `Además de su contenido, el archivo guarda ${sort} en un flujo que ninguna lista muestra.`,
      },
      'origin-mark': {
        title: 'Marcado como descargado',
        reason: () => 'Una nota de Windows de que el archivo vino de otro lugar. Sirve de protección.',
      },
      'known-stream': {
        title: 'Notas de programas conocidos',
        reason: () => 'Un programa conocido guarda sus propias notas en un segundo flujo de este archivo.',
      },
      'illegal-name': {
        title: 'Nombres que este equipo no puede guardar',
        reason: () =>
          'Una copia recibe otro nombre, porque este es demasiado largo o tiene caracteres que aquí no son posibles.',
      },
      'colliding-name': {
        title: 'Nombres que aquí coinciden',
        reason: () =>
          'Para este equipo, este nombre y el de otro archivo que está al lado son iguales; una copia recibe otro nombre.',
      },
      'larger-than-medium': {
        title: 'Mayor que el medio',
        reason: ({ size }) =>
          `Declara ${size}, más de lo que cabe en todo el volumen, así que su contenido no puede estar completo.`,
      },
      'shared-content': {
        title: 'Contenido que pertenece a dos archivos',
        reason: () =>
          'Empieza en el mismo lugar que otro archivo: el sistema de archivos está dañado o es inventado, y al menos uno de los dos es falso.',
      },
      'strange-date': {
        title: 'Fechas imposibles',
        reason: () => 'Su fecha es anterior a 1980 o está en el futuro.',
      },
      setuid: {
        title: 'Programas que se ejecutan como otra persona',
        reason: () =>
          'En Linux y macOS este programa se ejecutaría con los derechos de su propietario. Las copias pierden esa marca.',
      },
      'device-node': {
        title: 'Archivos de dispositivo',
        reason: () => 'Representa un dispositivo del equipo y no un contenido. Nunca se copia.',
      },
      'outside-link': {
        title: 'Enlaces que llevan fuera del medio',
        reason: () => 'Este enlace lleva a un lugar fuera del medio: en este equipo apuntaría a archivos propios.',
      },
    },
  },
} satisfies typeof english;
