import { type ColumnMap, mappableFields } from '../newsroom/importers/column-map.ts';
import { exitCodes, Failure } from './failure.ts';

/** Reads `field=column` arguments. */
export function columnMap(pairs: readonly string[]): ColumnMap {
  const entries = pairs.map((pair) => {
    const at = pair.indexOf('=');
    const field = mappableFields.find((name) => name === pair.slice(0, at));
    if (at < 1 || !field || pair.length === at + 1)
      throw new Failure(
        `--map ${pair}: must be field=column, with a field of ${mappableFields.join(', ')}`,
        exitCodes.usage,
      );
    return [field, pair.slice(at + 1)] as const;
  });
  return Object.fromEntries(entries);
}
