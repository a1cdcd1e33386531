import type { SettingField } from '../../../store/records.ts';

/**
 * Settings as options of a command line. Always in the form `--name=value`, so that no value can be taken for
 * another option; a list repeats it, `true` is the name alone.
 * @param settings checked
 */
export function settingArguments(
  fields: readonly SettingField[],
  settings: Readonly<Record<string, unknown>>,
): string[] {
  return fields.flatMap(({ name }) => {
    const value = settings[name];
    if (value === undefined || value === false) return [];
    if (value === true) return [`--${name}`];
    return [value].flat().map((one) => `--${name}=${one}`);
  });
}
