import type { LiveMessages, Messages } from './messages.ts';
import { counting } from './plural.ts';

const count = counting('es');
/** “a las 18:20”, “a la 01:20”, “el 8 feb 2024, 09:10”. */
function at(when: string): string {
  if (!/^\d\d:/.test(when)) return `el ${when}`;
  return `a ${when.startsWith('01') ? 'la' : 'las'} ${when}`;
}
/** “de la guerra”, “del conflicto”. */
const of = (subject: string): string => (subject.startsWith('el ') ? `d${subject}` : `de ${subject}`);

/** Newspapers write «día 124», not «124.º día». Example of a subject: «la guerra en la Franja de Gaza». */
export const live: LiveMessages = {
  day: (n) => `Día ${n}`,
  summaryTitle: (n, subject) => `Los hechos más importantes del día ${n} ${of(subject)}`,
  allDays: 'Todos los días',
  automatic: 'Elaborado automáticamente con los hechos clave del día.',
  summaryRevised: (when) => `Resumen revisado ${at(when)}`,
  outdated: 'Una información en que se apoya este punto ha cambiado desde que se escribió el resumen.',
  seeUpdate: 'Ver la información',

  keyDevelopment: 'Hecho clave',
  pinned: 'Fijado',
  verification: { claim: 'Afirmación', reported: 'Según fuentes', confirmed: 'Confirmado', disputed: 'En disputa' },
  sources: (n) => (n === 1 ? 'Fuente' : 'Fuentes'),
  byline: (name) => `Por ${name}`,
  around: (time) => (/^\d\d:/.test(time) ? `hacia ${at(time).slice(2)}` : `aprox. ${time}`),
  overnight: 'Durante la noche',
  posted: (when) => `publicado ${at(when)}`,
  updated: (when) => `Actualizado ${at(when)}`,
  corrected: (when) => `Corregido ${at(when)}`,
  retracted: (when) => `Retirado ${at(when)}`,
  permalink: 'Enlace a esta información',
  showImage: 'Mostrar la imagen',

  missed: {
    updates: (n, when) => `${count(n, { one: '# información', other: '# informaciones' })} desde ${when}`,
    yesterday: (time) => `ayer a las ${time}`,
    key: (n) => count(n, { one: '# hecho clave', other: '# hechos clave' }),
    corrections: (n) => count(n, { one: '# corrección', other: '# correcciones' }),
    firstUnread: 'Primera sin leer',
    summaries: 'Resúmenes de los días transcurridos',
    isNew: 'Nuevo',
  },
  lastChange: (ago) => `Último cambio ${ago}`,

  newUpdates: (n) => count(n, { one: '# información nueva', other: '# informaciones nuevas' }),
  connection: {
    live: 'En directo',
    catchingUp: 'Poniéndose al día',
    offline: (time) => `Sin conexión desde ${at(time).replace(/^a /, '')}`,
  },
  announce: {
    published: (n) => count(n, { one: '# información nueva', other: '# informaciones nuevas' }),
    revised: (n) => count(n, { one: '# información modificada', other: '# informaciones modificadas' }),
    corrected: (n) => count(n, { one: '# información corregida', other: '# informaciones corregidas' }),
    retracted: (n) => count(n, { one: '# información retirada', other: '# informaciones retiradas' }),
    removed: (n) => count(n, { one: '# información eliminada', other: '# informaciones eliminadas' }),
    summary: 'Se ha revisado el resumen',
  },
  newDay: (n) => `Empieza un nuevo día: el día ${n}.`,
  otherDays: (days) => `Novedades en otros días: ${days}`,
  close: 'Cerrar',
};

export const messages: Messages = {
  ...live,
  tag: 'es',

  tagline: 'La crónica de una guerra, día a día',
  timelines: 'Cronologías',
  noTimelines: 'Todavía no hay cronologías.',
  status: { live: 'En directo', paused: 'En pausa', ended: 'Finalizado' },
  dayOneWas: (date) => `Primer día: ${date}`,

  dayOf: (n, subject) => `Día ${n} ${of(subject)}`,
  todayIs: (n) => `Hoy es el día ${n}.`,
  nothingYet: 'Aún no hay nada registrado.',
  emptyDay: 'No hay nada registrado en este día.',
  emptyTimeline: 'Aún no se ha publicado nada.',
  paused: 'La cobertura está en pausa. Todo lo publicado sigue aquí.',
  endedOn: (date, days) => `Finalizado el ${date}, tras ${count(days, { one: '# día', other: '# días' })}.`,
  dayNavigation: 'Días',

  updatesHeading: 'Última hora',
  olderUpdates: 'Antes en este día',
  explanations: {
    claim: 'Declaración de una de las partes, sin verificación independiente.',
    reported: 'Según las fuentes citadas; no lo hemos verificado.',
    confirmed: 'Verificado por nosotros o por varias fuentes independientes.',
    disputed: 'Las versiones sobre esto se contradicen.',
  },
  allTimes: ({ city, offset }) => `Todas las horas: ${city}, ${offset}`,
  skipToUpdates: 'Ir a la última hora',
  ownTimes: 'Mostrar en mi hora',
  conflictTimes: 'Mostrar en la hora del conflicto',
  share: 'Compartir',
  linkCopied: 'Enlace copiado',
  noScript: 'Sin JavaScript esta página no se actualiza sola. Recárguela para ver lo último.',

  timelineParts: 'Partes de la cronología',
  latest: 'Lo último',
  earlierDays: 'Días anteriores',
  noKeyDevelopments: 'Aún no se han registrado hechos clave.',
  goToDay: {
    label: 'Ir a un día',
    hint: 'Número de día o fecha: 124, 7 feb 2024',
    go: 'Ir',
    unknown: 'No hay tal día en esta cronología.',
  },
  updatesCount: (n) => count(n, { one: '# información', many: '# informaciones', other: '# informaciones' }),
  map: { title: 'Lugares', outlines: 'Contornos: Natural Earth. No expresan ninguna posición sobre las fronteras.' },
  popular: { day: 'En las últimas 24 horas', week: 'En los últimos 7 días', none: 'Aún no se ha contado nada.' },
  calendar: { fewer: 'Menos', more: 'más informaciones' },

  columns: {
    day: 'Día',
    date: 'Fecha',
    updates: 'Informaciones',
    key: 'Hechos clave',
    summary: 'Resumen',
    revised: 'Último cambio',
  },
  hasSummary: 'Sí',

  backToDay: (n) => `Volver al día ${n}`,
  previousUpdate: 'Información anterior',
  nextUpdate: 'Información siguiente',
  neighbours: 'Informaciones anterior y siguiente',

  history: 'Versiones',
  published: (when) => `Publicado ${when}`,
  edited: (when) => `Editado ${when}`,
  whatChanged: 'Qué cambió',
  facts: {
    occurredAt: 'Hora del hecho',
    verification: 'Verificación',
    attribution: 'Atribución',
    sources: 'Fuentes',
    place: 'Lugar',
  },
  corrections: 'Correcciones',
  correctionsIntro: 'Todo lo que se corrigió o se retiró, lo más reciente primero.',
  noCorrections: 'No se ha corregido ni retirado nada.',
  earlierCorrections: 'Correcciones anteriores',

  feeds: { key: 'Hechos clave', summaries: 'Resúmenes diarios', corrections: 'Correcciones' },

  search: {
    title: 'Búsqueda',
    words: 'Palabras',
    hint: 'Deben estar todas las palabras; las «entrecomilladas», juntas.',
    from: 'Desde',
    to: 'Hasta',
    tag: 'Tema',
    keyOnly: 'Solo hechos clave',
    none: 'No se encontró nada.',
    more: 'Más resultados',
    faulty: 'No se puede buscar con estas fechas: la primera no debe ser posterior a la última.',
    retracted: 'Retirado',
    found: (n) => count(n, { one: '# información encontrada', other: '# informaciones encontradas' }),
  },
  takingPart: {
    title: 'Participar',
    replies: 'Respuestas',
    leave: 'Dejar una respuesta',
    required: 'Los campos marcados con * son obligatorios.',
    moderated: 'Las respuestas aparecen cuando la redacción las aprueba.',
    name: 'Nombre',
    email: 'Correo electrónico',
    emailNote: 'Su dirección de correo nunca se publica.',
    text: 'Su respuesta',
    send: 'Enviar',
    received: 'Gracias. Su respuesta está en la redacción y aparecerá cuando se apruebe.',
    leaveEmpty: 'Deje esto vacío',
    notSent: 'No se envió nada: revise los campos siguientes.',
    report: 'Informar de un error',
    reportNote: 'Solo lo lee la redacción.',
    category: 'Qué está mal',
    emailOptional: 'Correo electrónico (opcional)',
    reportText: '¿Qué está mal y qué es lo correcto?',
    reportReceived: 'Gracias. Su aviso está en la redacción.',
    mostRead: 'Lo más leído',
    tooMany: (n) =>
      `No se envió nada: llegaron demasiados mensajes desde su conexión. ${count(n, { one: 'Inténtelo de nuevo en # minuto.', other: 'Inténtelo de nuevo en # minutos.' })}`,
    faults: {
      name: 'Indique un nombre.',
      email: 'Indique una dirección de correo.',
      text: 'Escriba entre 1 y 3000 caracteres.',
    },
    categories: {
      fact: 'Un dato',
      name: 'Un nombre',
      date: 'Una fecha u hora',
      source: 'Una fuente',
      image: 'Una imagen',
      language: 'Lengua u ortografía',
      other: 'Otra cosa',
    },
  },

  errors: {
    404: { title: 'Página no encontrada', text: 'No hay nada en esta dirección. Quizá esté mal escrita.' },
    410: { title: 'Eliminado', text: 'La redacción ha eliminado esta información y ya no está disponible.' },
    500: { title: 'Algo ha fallado', text: 'El fallo es nuestro. Inténtelo de nuevo en un momento.' },
    503: { title: 'No disponible por ahora', text: 'La cronología no está accesible. Inténtelo de nuevo en breve.' },
  },
  languages: 'Idiomas',
  archive: {
    search: 'Buscar',
    placeholder: 'Buscar en este archivo',
    found: 'Encontrados:',
    nothing: 'No se encontró nada.',
    note: 'Copia archivada. No se actualiza en directo.',
  },
  offline: {
    title: 'Sin conexión',
    text: 'Esta página no está en su dispositivo y ahora no se puede cargar.',
    again: 'Intentar de nuevo',
    kept: 'Guardado en su dispositivo',
    copyOf: (when) => `Copia del ${when}`,
  },
  notifications: {
    title: 'Notificaciones',
    intro: 'Los hechos clave de esta cronología en este dispositivo, en cuanto se publican.',
    quiet: 'Horas de silencio, en su hora',
    from: 'Desde',
    to: 'Hasta',
    turnOn: 'Activar',
    save: 'Guardar',
    turnOff: 'Desactivar',
    said: {
      on: 'Las notificaciones están activadas.',
      saved: 'Guardado. Las notificaciones están activadas.',
      off: 'Las notificaciones están desactivadas.',
      denied: 'Su navegador no permite notificaciones de este sitio. Puede cambiarlo en sus ajustes.',
      missing:
        'Este navegador no puede mostrar notificaciones. En un iPhone, añada primero el sitio a la pantalla de inicio.',
      failed: 'No ha funcionado. Inténtelo más tarde.',
    },
    noScript: 'Las notificaciones necesitan JavaScript.',
    privacy:
      'Sin cuenta. Guardamos la dirección que su navegador da para esto, y nada más; desaparece al desactivarlas.',
  },
  noCookies: 'Sin cookies ni rastreo.',
  data: 'Datos (JSON)',
  textOnly: 'Solo texto',
};
