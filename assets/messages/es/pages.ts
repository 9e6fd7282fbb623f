/** Spanish: pages that stand where files would: welcome, not opened, opening, ejected, gone, failed. */

import type { pages as english } from '../en/pages.ts';

export const pages = {
  welcome: {
    title: 'Mirar antes de confiar',
    first:
      'Airlock abre memorias e imágenes de disco que no son de fiar: sus propios controladores las leen en un proceso aislado, de modo que nada llega al núcleo ni a los archivos de este equipo.',
    second: 'Explorar, copiar lo que interese con un clic y expulsar.',
    openImage: 'Abrir una imagen…',
    trySample: 'Probar la memoria de ejemplo',
    hintDrop: 'También se puede soltar una imagen de disco en cualquier parte de esta ventana.',
    happens:
      'Una memoria abierta aquí la leen los controladores de Airlock, en un proceso que no puede hacer nada más: el núcleo, los programas y la red de este equipo quedan al margen.',
    notChanged: 'En la memoria nunca se cambia nada, y nada de ella llega a este equipo mientras no se copie.',
    notChecked:
      'Lo copiado es igual que en la memoria, y Airlock no juzga si es dañino: conviene abrirlo con el mismo cuidado que cualquier cosa de desconocidos.',
    begin: 'Empezar',
    hintKeyboard: 'Con la tecla ? se ven en cualquier momento los atajos de teclado.',
    hintPlug: 'Al conectar una memoria, aparece en la lista de medios.',
  },
  present: {
    open: 'Abrir con seguridad',
    explain: 'Aún no se ha leído nada de él. Se abrirá solo para lectura, con un proceso que no puede hacer nada más.',
    system:
      'Este equipo funciona desde este disco. Airlock lo muestra porque se ha pedido ver los discos del sistema, y nunca lo abre.',
    size: 'Tamaño',
    location: 'Dispositivo',
    file: 'Archivo',
    bus: 'Conexión',
  },
  opening: {
    title: (name) => `Abriendo ${name}`,
    explain: 'Se inicia un proceso aislado y se lee el contenido.',
  },
  ejecting: { title: (name) => `Expulsando ${name}` },
  ejected: {
    title: (name) => `${name} se puede retirar`,
    explain: 'Se ha cerrado y no se ha cambiado nada en él.',
    again: 'Abrir de nuevo',
  },
  gone: {
    title: (name) => `${name} se ha desconectado`,
    explain:
      'Su proceso ha terminado. Lo copiado por completo está a salvo; si había una copia en curso, su informe dice qué falta.',
  },
  problem: {
    stoppedTitle: (name) => `Ya no se lee ${name}`,
    volumeTitle: (name) => `No se puede abrir ${name}`,
    startAgain: 'Reiniciar',
    close: 'Cerrar',
    contained:
      'Solo se ha visto afectado el proceso de este medio. La aplicación, los archivos propios y los demás medios siguen igual, y el medio no ha cambiado.',
    unchanged: 'No se ha cambiado nada en él.',
    details: 'Detalles técnicos',
    log: 'Registro del núcleo',
    noVolumes:
      'No se puede abrir nada en este medio. Puede estar vacío, cifrado o ser de un tipo que Airlock no conoce.',
    at: (offset) => `en el byte ${offset}`,
    expectedFound: (expected, found) => `se esperaba ${expected}, se encontró ${found}`,
  },
} satisfies typeof english;
