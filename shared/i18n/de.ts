import type { LiveMessages, Messages } from './messages.ts';
import { counting } from './plural.ts';

const count = counting('de');
/** “um 18:20”, “am 8. Feb. 2024, 09:10”. */
const at = (when: string): string => `${/^\d\d:/.test(when) ? 'um' : 'am'} ${when}`;

/** The subject stands in the genitive: „des Krieges im Gazastreifen“. */
export const live: LiveMessages = {
  day: (n) => `${n}. Tag`,
  summaryTitle: (n, subject) => `Die wichtigsten Entwicklungen am ${n}. Tag ${subject}`,
  allDays: 'Alle Tage',
  automatic: 'Automatisch aus den wichtigsten Entwicklungen des Tages zusammengestellt.',
  summaryRevised: (when) => `Zusammenfassung überarbeitet ${at(when)}`,
  outdated: 'Eine Meldung, auf die sich dieser Punkt stützt, hat sich seit der Zusammenfassung geändert.',
  seeUpdate: 'Zur Meldung',

  keyDevelopment: 'Wichtige Entwicklung',
  pinned: 'Angeheftet',
  verification: { claim: 'Behauptung', reported: 'Berichtet', confirmed: 'Bestätigt', disputed: 'Umstritten' },
  sources: (n) => (n === 1 ? 'Quelle' : 'Quellen'),
  byline: (name) => `Von ${name}`,
  around: (time) => `gegen ${time}`,
  overnight: 'In der Nacht',
  posted: (when) => `veröffentlicht ${at(when)}`,
  updated: (when) => `Aktualisiert ${at(when)}`,
  corrected: (when) => `Korrigiert ${at(when)}`,
  retracted: (when) => `Zurückgezogen ${at(when)}`,
  permalink: 'Link zu dieser Meldung',

  missed: {
    updates: (n, when) => `${count(n, { one: '# Meldung', other: '# Meldungen' })} seit ${when}`,
    key: (n) => count(n, { one: '# wichtige Entwicklung', other: '# wichtige Entwicklungen' }),
    corrections: (n) => count(n, { one: '# Berichtigung', other: '# Berichtigungen' }),
    firstUnread: 'Erste ungelesene',
    summaries: 'Zusammenfassungen der Tage seither',
    isNew: 'Neu',
  },
  lastChange: (ago) => `Letzte Änderung ${ago}`,

  newUpdates: (n) => count(n, { one: '# neue Meldung', other: '# neue Meldungen' }),
  connection: {
    live: 'Live',
    catchingUp: 'Wird nachgeladen',
    offline: (time) => `Offline seit ${time}`,
  },
  announce: {
    published: (n) => count(n, { one: 'Eine neue Meldung', other: '# neue Meldungen' }),
    revised: (n) => count(n, { one: 'Eine Meldung wurde bearbeitet', other: '# Meldungen wurden bearbeitet' }),
    corrected: (n) => count(n, { one: 'Eine Meldung wurde korrigiert', other: '# Meldungen wurden korrigiert' }),
    retracted: (n) => count(n, { one: 'Eine Meldung wurde zurückgezogen', other: '# Meldungen wurden zurückgezogen' }),
    removed: (n) => count(n, { one: 'Eine Meldung wurde entfernt', other: '# Meldungen wurden entfernt' }),
    summary: 'Die Zusammenfassung wurde überarbeitet',
  },
  newDay: (n) => `Ein neuer Tag hat begonnen: der ${n}. Tag.`,
  otherDays: (days) => `Neues an anderen Tagen: ${days}`,
  close: 'Schließen',
};

export const messages: Messages = {
  ...live,
  tag: 'de',

  tagline: 'Chronik eines Krieges, Tag für Tag',
  timelines: 'Chroniken',
  noTimelines: 'Es gibt noch keine Chroniken.',
  status: { live: 'Live', paused: 'Pausiert', ended: 'Beendet' },
  dayOneWas: (date) => `Erster Tag: ${date}`,

  dayOf: (n, subject) => `${n}. Tag ${subject}`,
  todayIs: (n) => `Heute ist der ${n}. Tag.`,
  nothingYet: 'Noch nichts verzeichnet.',
  emptyDay: 'Für diesen Tag ist nichts verzeichnet.',
  emptyTimeline: 'Es wurde noch nichts veröffentlicht.',
  paused: 'Die Berichterstattung ruht. Alles bisher Veröffentlichte bleibt hier.',
  endedOn: (date, days) => `Beendet am ${date}, nach ${count(days, { one: '# Tag', other: '# Tagen' })}.`,
  dayNavigation: 'Tage',

  updatesHeading: 'Meldungen',
  olderUpdates: 'Frühere Meldungen dieses Tages',
  explanations: {
    claim: 'Angabe einer Seite, nicht unabhängig geprüft.',
    reported: 'Von den genannten Quellen berichtet, von uns nicht geprüft.',
    confirmed: 'Von uns oder von mehreren unabhängigen Quellen geprüft.',
    disputed: 'Die Angaben dazu widersprechen sich.',
  },
  allTimes: ({ city, offset }) => `Alle Zeiten: ${city}, ${offset}`,
  skipToUpdates: 'Zu den neuesten Meldungen',
  ownTimes: 'In meiner Zeit zeigen',
  conflictTimes: 'In der Zeit des Konflikts zeigen',
  share: 'Teilen',
  linkCopied: 'Link kopiert',
  noScript: 'Ohne JavaScript aktualisiert sich diese Seite nicht von selbst. Laden Sie sie für Neues erneut.',

  timelineParts: 'Teile der Chronik',
  latest: 'Neuestes',
  earlierDays: 'Frühere Tage',
  noKeyDevelopments: 'Noch sind keine wichtigen Entwicklungen verzeichnet.',
  goToDay: {
    label: 'Zu einem Tag',
    hint: 'Nummer des Tages oder Datum: 124, 7. Februar 2024',
    go: 'Los',
    unknown: 'Einen solchen Tag gibt es in dieser Chronik nicht.',
  },
  updatesCount: (n) => count(n, { one: '# Meldung', other: '# Meldungen' }),
  calendar: { fewer: 'Weniger', more: 'mehr Meldungen' },

  columns: {
    day: 'Tag',
    date: 'Datum',
    updates: 'Meldungen',
    key: 'Wichtige Entwicklungen',
    summary: 'Zusammenfassung',
    revised: 'Zuletzt geändert',
  },
  hasSummary: 'Ja',

  backToDay: (n) => `Zurück zum ${n}. Tag`,
  previousUpdate: 'Vorige Meldung',
  nextUpdate: 'Nächste Meldung',
  neighbours: 'Meldungen davor und danach',

  history: 'Fassungen',
  published: (when) => `Veröffentlicht ${when}`,
  edited: (when) => `Bearbeitet ${when}`,
  whatChanged: 'Was sich geändert hat',
  facts: {
    occurredAt: 'Zeit des Ereignisses',
    verification: 'Prüfung',
    attribution: 'Zuschreibung',
    sources: 'Quellen',
    place: 'Ort',
  },
  corrections: 'Berichtigungen',
  correctionsIntro: 'Alles, was berichtigt oder zurückgezogen wurde, das Neueste zuerst.',
  noCorrections: 'Nichts wurde berichtigt oder zurückgezogen.',
  earlierCorrections: 'Frühere Berichtigungen',

  feeds: { key: 'Wichtige Entwicklungen', summaries: 'Zusammenfassungen', corrections: 'Korrekturen' },

  search: {
    title: 'Suche',
    words: 'Wörter',
    hint: 'Alle Wörter müssen vorkommen, „Wörter in Anführungszeichen“ nebeneinander.',
    from: 'Von',
    to: 'Bis',
    tag: 'Thema',
    keyOnly: 'Nur wichtige Entwicklungen',
    none: 'Nichts gefunden.',
    more: 'Weitere Ergebnisse',
    faulty: 'Mit diesen Daten lässt sich nicht suchen: Das erste darf nicht nach dem letzten liegen.',
    retracted: 'Zurückgezogen',
    found: (n) => count(n, { one: '# Meldung gefunden', other: '# Meldungen gefunden' }),
  },
  takingPart: {
    title: 'Mitwirken',
    replies: 'Antworten',
    leave: 'Antwort schreiben',
    required: 'Mit * markierte Felder sind Pflichtfelder.',
    moderated: 'Antworten erscheinen, sobald die Redaktion sie freigegeben hat.',
    name: 'Name',
    email: 'E-Mail',
    emailNote: 'Ihre E-Mail-Adresse wird nie veröffentlicht.',
    text: 'Ihre Antwort',
    send: 'Senden',
    received: 'Danke. Ihre Antwort liegt der Redaktion vor und erscheint nach der Freigabe.',
    leaveEmpty: 'Bitte leer lassen',
    notSent: 'Es wurde nichts gesendet: Bitte prüfen Sie die Felder unten.',
    report: 'Fehler melden',
    reportNote: 'Das liest nur die Redaktion.',
    category: 'Was ist falsch',
    emailOptional: 'E-Mail (freiwillig)',
    reportText: 'Was ist falsch, und was ist richtig?',
    reportReceived: 'Danke. Ihr Hinweis liegt der Redaktion vor.',
    mostRead: 'Meistgelesen',
    tooMany: (n) =>
      `Es wurde nichts gesendet: Von Ihrem Anschluss kam zu viel. ${count(n, { one: 'Versuchen Sie es in # Minute wieder.', other: 'Versuchen Sie es in # Minuten wieder.' })}`,
    faults: {
      name: 'Bitte geben Sie einen Namen an.',
      email: 'Bitte geben Sie eine E-Mail-Adresse an.',
      text: 'Bitte schreiben Sie 1 bis 3000 Zeichen.',
    },
    categories: {
      fact: 'Eine Tatsache',
      name: 'Ein Name',
      date: 'Datum oder Uhrzeit',
      source: 'Eine Quelle',
      image: 'Ein Bild',
      language: 'Sprache oder Rechtschreibung',
      other: 'Etwas anderes',
    },
  },

  errors: {
    404: {
      title: 'Seite nicht gefunden',
      text: 'Unter dieser Adresse ist nichts. Vielleicht enthält sie einen Tippfehler.',
    },
    410: { title: 'Entfernt', text: 'Die Redaktion hat diese Meldung entfernt; sie ist nicht mehr verfügbar.' },
    500: { title: 'Etwas ist schiefgegangen', text: 'Der Fehler liegt bei uns. Versuchen Sie es gleich noch einmal.' },
    503: {
      title: 'Kurzzeitig nicht erreichbar',
      text: 'Die Chronik ist gerade nicht erreichbar. Versuchen Sie es bald wieder.',
    },
  },
  languages: 'Sprachen',
  noCookies: 'Keine Cookies, kein Tracking.',
  data: 'Daten (JSON)',
};
