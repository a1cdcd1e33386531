/** The zone of this browser. */
export const ownZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';

let options: readonly (readonly [string, string])[] | undefined;

/** All time zones that can be chosen; that of this browser first. */
export function zoneOptions(): readonly (readonly [string, string])[] {
  if (options !== undefined) return options;
  const own = ownZone();
  const others = ['UTC', ...Intl.supportedValuesOf('timeZone')].filter((zone) => zone !== own);
  options = [[own, `${own} (this browser)`], ...[...new Set(others)].map((zone) => [zone, zone] as const)];
  return options;
}
