/** Spanish: searching a medium, and where its space goes. */

import type { find as english } from '../en/find.ts';
import { plural } from './plural.ts';

export const find = {
  find: {
    copyResults: (shown) => `Copiar todos los resultados (${shown})`,
    open: 'Buscar archivos',
    region: 'Búsqueda',
    field: 'Nombre o parte de él',
    placeholder: 'Nombre, parte de él o una máscara como *.jpg',
    where: 'Dónde buscar',
    places: {
      folder: 'Esta carpeta',
      medium: 'En todas partes',
    },
    placesHint: {
      folder: 'Solo nombres de esta carpeta; Intro busca en todas partes.',
      medium: 'En todas las carpetas y todos los volúmenes de este medio.',
    },
    start: 'Buscar',
    stop: 'Detener',
    close: 'Cerrar la búsqueda',
    criteria: 'Más criterios',
    what: 'Qué',
    whats: {
      all: 'Archivos y carpetas',
      files: 'Solo archivos',
      folders: 'Solo carpetas',
    },
    kind: 'Clase',
    anyKind: 'Cualquier clase',
    size: 'Tamaño',
    sizeFrom: 'Como mínimo',
    sizeTo: 'Como máximo',
    sizeUnit: 'Unidad de los tamaños',
    date: 'Modificado',
    dateFrom: 'Desde este día',
    dateTo: 'Hasta este día',
    reset: 'Borrar todo',
    results: 'Resultados',
    searching: (looked) => `Mirados: ${looked}…`,
    resultsShown: (shown, count) => `${shown} ${plural(count, { one: 'resultado', other: 'resultados' })}`,
    resultsSoFar: (shown, count) => `${shown} ${plural(count, { one: 'resultado', other: 'resultados' })} hasta ahora`,
    found: (shown, count, looked) =>
      `${shown} ${plural(count, { one: 'resultado', other: 'resultados' })} entre ${looked}`,
    stopped: (shown, count, looked) =>
      `Detenido: ${shown} ${plural(count, { one: 'resultado', other: 'resultados' })} entre los primeros ${looked}`,
    limited: (shown) => `Solo se muestran los primeros ${shown} resultados. Conviene precisar más.`,
    unreadable: (shown, count) =>
      `${shown} ${plural(count, { one: 'elemento ilegible', other: 'elementos ilegibles' })}.`,
    nothing: 'No se ha encontrado nada.',
    nothingYet: 'No se ha encontrado nada hasta ahora.',
    ask: 'Hay que escribir un nombre o elegir criterios y pulsar Intro.',
    back: (shown, count) => `Volver a ${shown} ${plural(count, { one: 'resultado', other: 'resultados' })}`,
    closed: 'Esta búsqueda ya no está abierta.',
  },
  kindGroups: {
    folder: 'Carpetas',
    image: 'Imágenes',
    video: 'Vídeos',
    audio: 'Sonido',
    document: 'Documentos',
    archive: 'Archivos comprimidos e imágenes de disco',
    program: 'Programas y código',
    other: 'Otros',
  },
  space: {
    open: 'Qué ocupa el espacio',
    title: 'Qué ocupa el espacio',
    counting: (files, folders) => `Sumando: ${files}, ${folders}`,
    countingSize: (size) => `${size} hasta ahora`,
    cancel: 'Cancelar',
    map: (folder) => `Mapa de ${folder}: cuanto más grande, más espacio ocupa`,
    hint: 'Las flechas van de parte en parte, Intro abre una carpeta, Retroceso sube.',
    folders: (shown, count) => `${shown} ${plural(count, { one: 'carpeta', other: 'carpetas' })}`,
    part: (name, size, share) => [name, size, share].filter((word) => word !== '').join(', '),
    folderPart: (name, size, share, files) => [name, size, share, files].filter((word) => word !== '').join(', '),
    rest: 'Todo lo más pequeño',
    largest: 'Qué se muestra',
    largestFiles: 'Archivos más grandes',
    largestFolders: 'Carpetas más grandes',
    kindsOfColours: 'Colores',
    total: (size, files) => `${size} en ${files}`,
    empty: 'Aquí nada ocupa espacio.',
    unreadable: (shown, count) =>
      `${shown} ${plural(count, { one: 'elemento ilegible, que falta', other: 'elementos ilegibles, que faltan' })} en estas sumas.`,
    limited:
      'Hay más archivos y carpetas de los que se pueden distinguir aquí: los más pequeños están en las sumas de las carpetas de arriba.',
    close: 'Volver a los archivos',
    closed: 'Estas sumas ya no están.',
  },
} satisfies typeof english;
