import { articleOf } from './dom.ts';
import { wished } from './wishes.ts';

/**
 * What a link to a place on a day names may stand on a later page of it by now, or on another day, or have been removed: its own page
 * shows it, or says so. True: that page is coming. A copy on the device is what there is.
 */
export function leadToAskedUpdate(): boolean {
  const [, id] = /^#u-(\w{26})$/.exec(location.hash) ?? [];
  const { timeline, day, copy } = document.documentElement.dataset;
  if (id === undefined || day === undefined || copy !== undefined || articleOf(id)) return false;
  location.replace(wished(`/${timeline}/updates/${id}`));
  return true;
}
