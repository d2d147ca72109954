import { isKeyDevelopment } from '../day.ts';
import { grouped } from '../group.ts';
import type { MapDrawing } from '../map.ts';
import { headlineOf } from '../text.ts';
import type { Timeline } from '../timeline.ts';
import type { Update } from '../update.ts';
import { languageAttributes, type PageContext } from './context.ts';
import { type Html, html } from './html.ts';
import { type NamePlace, nameGap, type Point, placeNames } from './map-names.ts';
import { zoneOfUpdates } from './times-line.ts';
import { eventTime } from './update.ts';

/** Updates that name the same place. */
export interface Place {
  name: string;
  latitude: number;
  longitude: number;
  updates: readonly Update[];
}

export interface MapPage {
  day: number;
  date: string;
  places: readonly Place[];
  /** Its points are those of the places. */
  drawing: MapDrawing;
}

/** The places of a day’s updates; what was retracted marks nothing on a map. */
export function placesOf(updates: readonly Update[]): Place[] {
  const standing = updates.filter(({ place, status }) => place !== null && status === 'published');
  const byPlace = grouped(standing, ({ place }) => `${place?.latitude} ${place?.longitude} ${place?.name}`);
  return [...byPlace.values()].flatMap((here) => {
    const place = here[0]?.place;
    return place ? [{ ...place, updates: here }] : [];
  });
}

/** Where things happened on a day: a map with numbers, and the same as a list for everybody. */
export function mapMain(timeline: Timeline, page: MapPage, context: PageContext): Html {
  const { messages, formats } = context;
  const { day, date, places } = page;
  return html`
    <main>
      <header class="day">
        <p class="war"><a href="/${timeline.slug}">${timeline.title}</a></p>
        <h1><span class="number">${messages.map.title}</span><span class="dot"> · </span><span class="date"><a href="/${timeline.slug}/day/${day}">${messages.day(day)}</a> · <time datetime="${date}">${formats.longDate(date)}</time></span></h1>
      </header>
      <figure class="map">
        ${picture(page, context)}
        <figcaption class="fine">${messages.map.outlines}</figcaption>
      </figure>
      ${zoneOfUpdates(
        places.flatMap(({ updates }) => updates),
        context,
      )}
      <ol class="places">${places.map((place, at) => listed(place, at, context))}</ol>
      <nav aria-label="${messages.dayNavigation}"><div class="days">
        <a rel="prev" href="/${timeline.slug}/day/${day}">${messages.backToDay(day)}</a>
        <a class="all" href="/${timeline.slug}/days">${messages.allDays}</a>
      </div></nav>
    </main>`;
}

/** To point at; the list below says the same to those who can’t see it, so it is hidden from them and from the keyboard. */
function picture({ drawing, places }: MapPage, context: PageContext): Html {
  const { width, height, land, borders, countries, points } = drawing;
  const names = new Intl.DisplayNames(context.language, { type: 'region' });
  const placed = placeNames(
    places.map(({ name }) => name),
    points,
    width,
  );
  return html`
    <svg viewBox="0 0 ${width} ${height}" aria-hidden="true">
      <path class="land" d="${land}"/><path class="border" d="${borders}"/>
      ${countries.map(({ code, x, y }) => html`<text class="country" x="${x}" y="${y}">${names.of(code)}</text>`)}
      ${places.map((place, at) => marker(place, at, points[at] ?? { x: 0, y: 0 }, placed[at] ?? null))}
    </svg>`;
}

function marker({ name, updates }: Place, at: number, { x, y }: Point, placed: NamePlace | null): Html {
  const isLeft = placed?.side === 'left';
  const words =
    placed &&
    html`<text class="name${!placed.onPhones && ' roomy'}" x="${isLeft ? x - nameGap : x + nameGap}" y="${y + 5}"${isLeft && html` text-anchor="end"`} direction="ltr">${name}</text>`;
  return html`<a href="#place-${at + 1}" tabindex="-1"${updates.some(isKeyDevelopment) && html` class="key"`}><title>${name}</title><circle cx="${x}" cy="${y}" r="12"/><text class="no" x="${x}" y="${y + 4.5}">${at + 1}</text>${words}</a>`;
}

function listed({ name, updates }: Place, at: number, context: PageContext): Html {
  const { messages, date } = context;
  return html`
    <li id="place-${at + 1}"><h2 dir="auto">${name}</h2>
      <ul>${updates.map(
        (update) => html`
        <li id="p-${update.id}">${isKeyDevelopment(update) && html`<b class="mark">${messages.keyDevelopment}</b> `}<a href="${update.url}"${languageAttributes(update.language, context)}>${headlineOf(update)}</a> <span class="cite">${eventTime(update, { ...context, date })}</span>`,
      )}</ul>`;
}
