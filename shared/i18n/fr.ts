import type { LiveMessages, Messages } from './messages.ts';
import { counting } from './plural.ts';

const count = counting('fr');
const ordinal = (n: number): string => (n === 1 ? '1er' : `${n}e`);
/** “à 18:20”, “le 8 févr. 2024, 09:10”. */
const at = (when: string): string => `${/^\d\d:/.test(when) ? 'à' : 'le'} ${when}`;

/** “de la guerre”, “du conflit”, “des combats”, “d’Ukraine”: the article and the preposition melt. */
function of(subject: string): string {
  if (/^les? /.test(subject)) return subject.replace(/^le(s?) /, (_, plural) => (plural ? 'des ' : 'du '));
  return /^[aeiouéèêâîô]/i.test(subject) ? `d’${subject}` : `de ${subject}`;
}

/** Example of a subject: « la guerre dans la bande de Gaza ». */
export const live: LiveMessages = {
  day: (n) => `${ordinal(n)} jour`,
  summaryTitle: (n, subject) => `Les principaux événements du ${ordinal(n)} jour ${of(subject)}`,
  allDays: 'Tous les jours',
  automatic: 'Établi automatiquement à partir des faits marquants du jour.',
  summaryRevised: (when) => `L’essentiel revu ${at(when)}`,
  outdated: 'Une information à l’appui de ce point a changé depuis la rédaction de l’essentiel.',
  seeUpdate: 'Voir l’information',

  keyDevelopment: 'Fait marquant',
  pinned: 'Épinglé',
  verification: { claim: 'Affirmation', reported: 'Rapporté', confirmed: 'Confirmé', disputed: 'Contesté' },
  sources: (n) => (n === 1 ? 'Source' : 'Sources'),
  byline: (name) => `Par ${name}`,
  around: (time) => `vers ${time}`,
  overnight: 'Dans la nuit',
  posted: (when) => `publié ${at(when)}`,
  updated: (when) => `Mis à jour ${at(when)}`,
  corrected: (when) => `Corrigé ${at(when)}`,
  retracted: (when) => `Retiré ${at(when)}`,
  permalink: 'Lien vers cette information',
  showImage: 'Afficher l’image',

  missed: {
    updates: (n, when) => `${count(n, { one: '# information', other: '# informations' })} depuis ${when}`,
    yesterday: (time) => `hier ${time}`,
    key: (n) => count(n, { one: '# fait marquant', other: '# faits marquants' }),
    corrections: (n) => count(n, { one: '# correction', other: '# corrections' }),
    firstUnread: 'Première non lue',
    summaries: 'Résumés des jours écoulés',
    isNew: 'Nouveau',
  },
  lastChange: (ago) => `Dernier changement ${ago}`,

  newUpdates: (n) => count(n, { one: '# nouvelle information', other: '# nouvelles informations' }),
  connection: {
    live: 'En direct',
    catchingUp: 'Rattrapage en cours',
    offline: (time) => `Hors ligne depuis ${time}`,
  },
  announce: {
    published: (n) => count(n, { one: '# nouvelle information', other: '# nouvelles informations' }),
    revised: (n) => count(n, { one: '# information modifiée', other: '# informations modifiées' }),
    corrected: (n) => count(n, { one: '# information corrigée', other: '# informations corrigées' }),
    retracted: (n) => count(n, { one: '# information retirée', other: '# informations retirées' }),
    removed: (n) => count(n, { one: '# information supprimée', other: '# informations supprimées' }),
    summary: 'L’essentiel a été revu',
  },
  newDay: (n) => `Un nouveau jour commence : le ${ordinal(n)} jour.`,
  otherDays: (days) => `Du nouveau pour d’autres jours : ${days}`,
  close: 'Fermer',
};

export const messages: Messages = {
  ...live,
  tag: 'fr',

  tagline: 'La chronique d’une guerre, jour après jour',
  timelines: 'Chronologies',
  noTimelines: 'Il n’y a pas encore de chronologie.',
  status: { live: 'En direct', paused: 'En pause', ended: 'Terminé' },
  dayOneWas: (date) => `Premier jour : ${date}`,

  dayOf: (n, subject) => `${ordinal(n)} jour ${of(subject)}`,
  todayIs: (n) => `Aujourd’hui est le ${ordinal(n)} jour.`,
  nothingYet: 'Rien n’est encore consigné.',
  emptyDay: 'Rien n’est consigné pour ce jour.',
  emptyTimeline: 'Rien n’a encore été publié.',
  paused: 'Le suivi est en pause. Tout ce qui a été publié reste ici.',
  endedOn: (date, days) => `Terminé le ${date}, après ${count(days, { one: '# jour', other: '# jours' })}.`,
  dayNavigation: 'Jours',

  updatesHeading: 'Fil des événements',
  olderUpdates: 'Plus tôt dans la journée',
  explanations: {
    claim: 'Déclaration d’une partie, non vérifiée de source indépendante.',
    reported: 'Rapporté par les sources citées ; nous ne l’avons pas vérifié.',
    confirmed: 'Vérifié par nous ou par plusieurs sources indépendantes.',
    disputed: 'Les récits à ce sujet se contredisent.',
  },
  allTimes: ({ city, offset }) => `Heures locales : ${city}, ${offset}`,
  skipToUpdates: 'Aller aux dernières informations',
  ownTimes: 'Afficher à mon heure',
  conflictTimes: 'Afficher à l’heure du conflit',
  share: 'Partager',
  linkCopied: 'Lien copié',
  noScript: 'Sans JavaScript, cette page ne s’actualise pas seule. Rechargez-la pour voir les nouveautés.',

  timelineParts: 'Parties de la chronologie',
  latest: 'Dernier jour',
  earlierDays: 'Jours précédents',
  noKeyDevelopments: 'Aucun fait marquant n’a encore été enregistré.',
  goToDay: {
    label: 'Aller à un jour',
    hint: 'Un numéro de jour ou une date : 124, 7 février 2024',
    go: 'Aller',
    unknown: 'Il n’y a pas de tel jour dans cette chronologie.',
  },
  updatesCount: (n) => count(n, { one: '# information', many: '# informations', other: '# informations' }),
  map: { title: 'Lieux', outlines: 'Contours : Natural Earth. Ils ne prennent pas position sur les frontières.' },
  popular: { day: 'Ces dernières 24 heures', week: 'Ces 7 derniers jours', none: 'Rien n’a encore été compté.' },
  calendar: { fewer: 'Moins', more: 'plus d’informations' },

  columns: {
    day: 'Jour',
    date: 'Date',
    updates: 'Informations',
    key: 'Faits marquants',
    summary: 'L’essentiel',
    revised: 'Dernière modification',
  },
  hasSummary: 'Oui',

  backToDay: (n) => `Retour au ${ordinal(n)} jour`,
  previousUpdate: 'Information précédente',
  nextUpdate: 'Information suivante',
  neighbours: 'Informations avant et après',

  history: 'Versions',
  published: (when) => `Publié ${when}`,
  edited: (when) => `Modifié ${when}`,
  whatChanged: 'Ce qui a changé',
  facts: {
    occurredAt: 'Heure de l’événement',
    verification: 'Vérification',
    attribution: 'Attribution',
    sources: 'Sources',
    place: 'Lieu',
  },
  corrections: 'Corrections',
  correctionsIntro: 'Tout ce qui a été corrigé ou retiré, le plus récent d’abord.',
  noCorrections: 'Rien n’a été corrigé ni retiré.',
  earlierCorrections: 'Corrections précédentes',

  feeds: { key: 'Faits marquants', summaries: 'L’essentiel par jour', corrections: 'Corrections' },

  search: {
    title: 'Recherche',
    words: 'Mots',
    hint: 'Tous les mots doivent y être, les « mots entre guillemets » côte à côte.',
    from: 'Du',
    to: 'Au',
    tag: 'Thème',
    keyOnly: 'Faits marquants seulement',
    none: 'Aucun résultat.',
    more: 'Plus de résultats',
    faulty: 'Ces dates ne conviennent pas : la première ne doit pas être postérieure à la dernière.',
    retracted: 'Retiré',
    found: (n) => count(n, { one: '# information trouvée', other: '# informations trouvées' }),
  },
  takingPart: {
    title: 'Participer',
    replies: 'Réponses',
    leave: 'Laisser une réponse',
    required: 'Les champs marqués * sont obligatoires.',
    moderated: 'Les réponses paraissent une fois approuvées par la rédaction.',
    name: 'Nom',
    email: 'Adresse e-mail',
    emailNote: 'Votre adresse e-mail n’est jamais publiée.',
    text: 'Votre réponse',
    send: 'Envoyer',
    received: 'Merci. Votre réponse est entre les mains de la rédaction et paraîtra une fois approuvée.',
    leaveEmpty: 'Laissez ce champ vide',
    notSent: 'Rien n’a été envoyé : vérifiez les champs ci-dessous.',
    report: 'Signaler une erreur',
    reportNote: 'Seule la rédaction le lit.',
    category: 'Ce qui est faux',
    emailOptional: 'Adresse e-mail (facultative)',
    reportText: 'Qu’est-ce qui est faux, et qu’est-ce qui est juste ?',
    reportReceived: 'Merci. Votre signalement est entre les mains de la rédaction.',
    mostRead: 'Les plus lus',
    tooMany: (n) =>
      `Rien n’a été envoyé : trop de messages sont venus de votre connexion. ${count(n, { one: 'Réessayez dans # minute.', other: 'Réessayez dans # minutes.' })}`,
    faults: {
      name: 'Indiquez un nom.',
      email: 'Indiquez une adresse e-mail.',
      text: 'Écrivez entre 1 et 3 000 caractères.',
    },
    categories: {
      fact: 'Un fait',
      name: 'Un nom',
      date: 'Une date ou une heure',
      source: 'Une source',
      image: 'Une image',
      language: 'La langue ou l’orthographe',
      other: 'Autre chose',
    },
  },

  errors: {
    404: { title: 'Page introuvable', text: 'Il n’y a rien à cette adresse. Elle est peut-être mal saisie.' },
    410: { title: 'Supprimé', text: 'La rédaction a supprimé cette information, qui n’est plus disponible.' },
    500: { title: 'Une erreur est survenue', text: 'Elle vient de chez nous. Réessayez dans un instant.' },
    503: {
      title: 'Momentanément indisponible',
      text: 'La chronologie est inaccessible pour l’instant. Réessayez bientôt.',
    },
  },
  languages: 'Langues',
  archive: {
    search: 'Recherche',
    placeholder: 'Rechercher dans cette archive',
    found: 'Trouvé :',
    nothing: 'Aucun résultat.',
    note: 'Copie archivée. Elle n’est pas mise à jour en direct.',
  },
  offline: {
    title: 'Pas de connexion',
    text: 'Cette page n’est pas sur votre appareil et ne peut être chargée pour l’instant.',
    again: 'Réessayer',
    kept: 'Conservé sur votre appareil',
    copyOf: (when) => `Copie du ${when}`,
  },
  notifications: {
    title: 'Notifications',
    intro: 'Les faits marquants de ce fil sur cet appareil, dès leur publication.',
    quiet: 'Heures de silence, à votre heure',
    from: 'De',
    to: 'À',
    turnOn: 'Activer',
    save: 'Enregistrer',
    turnOff: 'Désactiver',
    said: {
      on: 'Les notifications sont activées.',
      saved: 'Enregistré. Les notifications sont activées.',
      off: 'Les notifications sont désactivées.',
      denied: 'Votre navigateur n’autorise pas les notifications de ce site. Vous pouvez le changer dans ses réglages.',
      missing:
        'Ce navigateur ne peut pas afficher de notifications. Sur un iPhone, ajoutez d’abord le site à l’écran d’accueil.',
      failed: 'Cela n’a pas fonctionné. Réessayez plus tard.',
    },
    noScript: 'Les notifications ont besoin de JavaScript.',
    privacy:
      'Sans compte. Nous gardons l’adresse que votre navigateur donne à cette fin, et rien d’autre ; elle disparaît quand vous les désactivez.',
  },
  noCookies: 'Ni cookies, ni pistage.',
  data: 'Données (JSON)',
  textOnly: 'Texte seul',
};
