import { Counter, Gauge, type Registry } from 'prom-client';

/** One value of a series and the labels that tell it from the others. Labels are few and known: never a slug, never an address. */
export type Sample = readonly [labels: Readonly<Record<string, string>>, value: number];

interface Series {
  name: string;
  help: string;
  labels?: readonly string[];
  /** Asked when somebody scrapes; nothing is counted in between but by its owner, in plain numbers. */
  read: () => Iterable<Sample> | number;
}

/** A number that only grows until the process ends. */
export function counter(registry: Registry, { name, help, labels = [], read }: Series): void {
  new Counter({
    name,
    help,
    labelNames: labels,
    registers: [registry],
    collect() {
      this.reset();
      for (const [given, value] of samples(read())) this.inc({ ...given }, value);
    },
  });
}

/** A number that goes up and down. */
export function gauge(registry: Registry, { name, help, labels = [], read }: Series): void {
  new Gauge({
    name,
    help,
    labelNames: labels,
    registers: [registry],
    collect() {
      this.reset();
      for (const [given, value] of samples(read())) this.set({ ...given }, value);
    },
  });
}

/** A gauge’s reset leaves a 0 where it has no labels; a number unknown is better not told at all. */
function samples(read: Iterable<Sample> | number): Iterable<Sample> {
  return typeof read === 'number' ? [[{}, read]] : read;
}

/** One sample for each entry of an object, under one label. */
export const byKey = (label: string, values: Readonly<Record<string, number>>): Sample[] =>
  Object.entries(values).map(([key, value]) => [{ [label]: key }, value]);
