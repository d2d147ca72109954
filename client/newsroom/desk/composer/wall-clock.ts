/**
 * The clocks on the walls of a zone, with Intl alone: the browser’s own zone plays no part. The server’s rules are those of
 * server/domain/zone.ts; this only foresees what it will say.
 */
export interface Wall {
  /** YYYY-MM-DD */
  date: string;
  /** HH:MM */
  time: string;
}

const dayMs = 86_400_000;
const kept = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = kept.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-u-ca-iso8601-nu-latn', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
    });
    kept.set(zone, format);
  }
  return format;
}

/** What the clocks of the zone show at an instant (ms). */
export function wallAt(instant: number, zone: string): Wall {
  const parts = formatOf(zone).formatToParts(instant);
  const of = (type: Intl.DateTimeFormatPartTypes): string => parts.find((part) => part.type === type)?.value ?? '';
  return { date: `${of('year')}-${of('month')}-${of('day')}`, time: `${of('hour')}:${of('minute')}` };
}

/**
 * The instant (ms) at which the clocks of the zone show this, the first one where they show it twice; null where they never
 * do, because they are put forward across it.
 */
export function instantOf(wall: Wall, zone: string): number | null {
  const asUtc = Date.parse(`${wall.date}T${wall.time}:00.000Z`);
  if (Number.isNaN(asUtc)) return null;
  const candidates = [asUtc - dayMs, asUtc + dayMs].map((near) => asUtc - offsetAt(near, zone));
  const found = candidates.filter((instant) => {
    const shown = wallAt(instant, zone);
    return shown.date === wall.date && shown.time === wall.time;
  });
  return found.length === 0 ? null : Math.min(...found);
}

/** How far the clocks of the zone are ahead of UTC, in ms, to the minute. */
function offsetAt(instant: number, zone: string): number {
  const { date, time } = wallAt(instant, zone);
  return Date.parse(`${date}T${time}:00.000Z`) - Math.floor(instant / 60_000) * 60_000;
}
