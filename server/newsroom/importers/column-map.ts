/** What a column can say. */
export const mappableFields = [
  'occurredAt',
  'precision',
  'headline',
  'body',
  'key',
  'verification',
  'attribution',
  'sourceName',
  'sourceUrl',
  'placeName',
  'latitude',
  'longitude',
  'tags',
  'language',
  'byline',
  'externalId',
] as const;
export type MappableField = (typeof mappableFields)[number];

/** For each field the name of a column, or a text with columns in it: `Alert in {oblast}`. */
export type ColumnMap = Partial<Record<MappableField, string>>;

/** Names that columns usually have, in lower case without what is neither letter nor digit. */
const usual: Record<MappableField, readonly string[]> = {
  occurredAt: [
    'occurredat',
    'date',
    'datetime',
    'time',
    'timestamp',
    'eventdate',
    'startedat',
    'publishedat',
    'created',
    'createdat',
  ],
  precision: ['precision'],
  headline: ['headline', 'title', 'event', 'name', 'subject'],
  body: ['body', 'text', 'description', 'notes', 'content', 'summary', 'details'],
  key: ['key', 'important', 'highlight'],
  verification: ['verification', 'status'],
  attribution: ['attribution'],
  sourceName: ['sourcename', 'source', 'sources', 'publisher'],
  sourceUrl: ['sourceurl', 'url', 'link'],
  placeName: ['placename', 'place', 'location'],
  latitude: ['latitude', 'lat'],
  longitude: ['longitude', 'lon', 'lng', 'long'],
  tags: ['tags', 'tag', 'topics', 'categories'],
  language: ['language', 'lang'],
  byline: ['byline', 'author'],
  externalId: ['externalid', 'id', 'guid', 'eventidcnty'],
};

const plain = (name: string): string => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');

/** The map that the names of the columns suggest. */
export function suggestedMap(columns: readonly string[]): ColumnMap {
  const found = mappableFields.flatMap((field) => {
    for (const name of usual[field]) {
      const column = columns.find((each) => plain(each) === name);
      if (column !== undefined) return [[field, column] as const];
    }
    return [];
  });
  return Object.fromEntries(found);
}

/** Which fields a map leaves without a column that every row needs. */
export function unmapped(map: ColumnMap): string[] {
  return [...(map.occurredAt ? [] : ['occurredAt']), ...(map.headline || map.body ? [] : ['headline'])];
}

/** The columns that a map names and the file doesn’t have. */
export function unknownColumns(map: ColumnMap, columns: readonly string[]): string[] {
  const named = Object.values(map).flatMap((value) =>
    value.includes('{') ? [...value.matchAll(/\{([^{}]*)\}/g)].map(([, name = '']) => name) : [value],
  );
  return [...new Set(named)].filter((name) => !columns.includes(name));
}

/** What a row says for a field. */
export function saidBy(map: ColumnMap, field: MappableField, row: Readonly<Record<string, string>>): string {
  const wanted = map[field];
  if (wanted === undefined) return '';
  if (!wanted.includes('{')) return (row[wanted] ?? '').trim();
  return wanted.replaceAll(/\{([^{}]*)\}/g, (_, name: string) => row[name] ?? '').trim();
}
