import type { LiveMessages, Messages } from './messages.ts';
import { counting } from './plural.ts';

const count = counting('tr');

/** The subject stands in the genitive: “Gazze Şeridi’ndeki savaşın”. A time takes no suffix here: its ending would follow its sound. */
export const live: LiveMessages = {
  day: (n) => `${n}. gün`,
  summaryTitle: (n, subject) => `${subject} ${n}. gününde öne çıkan gelişmeler`,
  allDays: 'Tüm günler',
  automatic: 'Günün önemli gelişmelerinden otomatik olarak derlendi.',
  summaryRevised: (when) => `Özet güncellendi: ${when}`,
  outdated: 'Bu maddenin dayandığı bir haber, özet yazıldıktan sonra değişti.',
  seeUpdate: 'Habere git',

  keyDevelopment: 'Önemli gelişme',
  pinned: 'Sabitlendi',
  verification: { claim: 'İddia', reported: 'Bildirildi', confirmed: 'Doğrulandı', disputed: 'Tartışmalı' },
  sources: (n) => (n === 1 ? 'Kaynak' : 'Kaynaklar'),
  byline: (name) => `Haber: ${name}`,
  around: (time) => `${time} sularında`,
  overnight: 'Gece boyunca',
  posted: (when) => `yayımlandı: ${when}`,
  updated: (when) => `Güncellendi: ${when}`,
  corrected: (when) => `Düzeltildi: ${when}`,
  retracted: (when) => `Geri çekildi: ${when}`,
  permalink: 'Bu haberin bağlantısı',

  newUpdates: (n) => count(n, { other: '# yeni haber' }),
  connection: {
    live: 'Canlı',
    catchingUp: 'Kaçırılanlar yükleniyor',
    offline: (time) => `Çevrimdışı, son bağlantı: ${time}`,
  },
  announce: {
    published: (n) => count(n, { other: '# yeni haber' }),
    revised: (n) => count(n, { other: '# haber düzenlendi' }),
    corrected: (n) => count(n, { other: '# haber düzeltildi' }),
    retracted: (n) => count(n, { other: '# haber geri çekildi' }),
    removed: (n) => count(n, { other: '# haber kaldırıldı' }),
    summary: 'Özet güncellendi',
  },
  newDay: (n) => `Yeni bir gün başladı: ${n}. gün.`,
  otherDays: (days) => `Diğer günlerdeki haberler: ${days}`,
  close: 'Kapat',
};

export const messages: Messages = {
  ...live,
  tag: 'tr',

  tagline: 'Savaşın gün gün kaydı',
  timelines: 'Zaman çizelgeleri',
  noTimelines: 'Henüz zaman çizelgesi yok.',
  status: { live: 'Canlı', paused: 'Duraklatıldı', ended: 'Sona erdi' },
  dayOneWas: (date) => `İlk gün: ${date}`,

  dayOf: (n, subject) => `${subject} ${n}. günü`,
  todayIs: (n) => `Bugün ${n}. gün.`,
  nothingYet: 'Henüz kayıt yok.',
  emptyDay: 'Bu gün için kayıt yok.',
  emptyTimeline: 'Henüz haber yayımlanmadı.',
  paused: 'Yayına ara verildi. Şimdiye kadar yayımlananlar burada kalıyor.',
  endedOn: (date, days) => `Bitiş: ${date} (${count(days, { other: '# gün' })} sürdü).`,
  dayNavigation: 'Günler',

  updatesHeading: 'Haberler',
  olderUpdates: 'Bu günün önceki haberleri',
  explanations: {
    claim: 'Taraflardan birinin beyanı; bağımsız olarak doğrulanmadı.',
    reported: 'Adı geçen kaynaklar bildirdi; tarafımızca doğrulanmadı.',
    confirmed: 'Tarafımızca veya birden çok bağımsız kaynakça doğrulandı.',
    disputed: 'Bu konudaki anlatımlar birbiriyle çelişiyor.',
  },
  allTimes: ({ name, offset }) => `Tüm saatler: ${name}, ${offset}`,
  skipToUpdates: 'Son haberlere geç',
  noScript: 'JavaScript olmadan bu sayfa kendiliğinden güncellenmez. Son haberler için yeniden yükleyin.',

  timelineParts: 'Zaman çizelgesinin bölümleri',
  latest: 'En son',
  earlierDays: 'Önceki günler',
  noKeyDevelopments: 'Henüz önemli gelişme kaydedilmedi.',
  goToDay: {
    label: 'Bir güne git',
    hint: 'Gün numarası ya da tarih: 124, 7 Şubat 2024',
    go: 'Git',
    unknown: 'Bu zaman çizelgesinde böyle bir gün yok.',
  },
  updatesCount: (n) => count(n, { one: '# haber', other: '# haber' }),
  calendar: { fewer: 'Daha az', more: 'daha çok haber' },

  columns: {
    day: 'Gün',
    date: 'Tarih',
    updates: 'Haberler',
    key: 'Önemli gelişmeler',
    summary: 'Özet',
    revised: 'Son değişiklik',
  },
  hasSummary: 'Var',

  backToDay: (n) => `${n}. güne dön`,
  previousUpdate: 'Önceki haber',
  nextUpdate: 'Sonraki haber',
  neighbours: 'Önceki ve sonraki haberler',

  history: 'Sürümler',
  published: (when) => `Yayımlandı: ${when}`,
  edited: (when) => `Düzenlendi: ${when}`,
  whatChanged: 'Ne değişti',
  facts: {
    occurredAt: 'Olayın zamanı',
    verification: 'Doğrulama',
    attribution: 'Atıf',
    sources: 'Kaynaklar',
    place: 'Yer',
  },
  corrections: 'Düzeltmeler',
  correctionsIntro: 'Düzeltilen ya da geri çekilen her şey, en yenisi önce.',
  noCorrections: 'Hiçbir şey düzeltilmedi ya da geri çekilmedi.',
  earlierCorrections: 'Daha önceki düzeltmeler',

  feeds: { key: 'Önemli gelişmeler', summaries: 'Gün özetleri', corrections: 'Düzeltmeler' },

  errors: {
    404: { title: 'Sayfa bulunamadı', text: 'Bu adreste bir şey yok. Yanlış yazılmış olabilir.' },
    410: { title: 'Kaldırıldı', text: 'Yayın ekibi bu haberi kaldırdı; artık erişilemiyor.' },
    500: { title: 'Bir sorun oluştu', text: 'Hata bizden kaynaklanıyor. Lütfen birazdan yeniden deneyin.' },
    503: { title: 'Geçici olarak erişilemiyor', text: 'Kayda şu anda ulaşılamıyor. Lütfen birazdan yeniden deneyin.' },
  },
  noCookies: 'Çerez yok, izleme yok.',
  data: 'Veri (JSON)',
};
