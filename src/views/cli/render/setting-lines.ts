import type { ServerSettings, SettingField, SettingValue } from '../../../store/records.ts';
import type { Paint } from './colour.ts';
import { oneLine } from './plain-text.ts';

/** What a server is set to, a line or two for each setting: as it stands in `mcp.json`, and what it comes to. */
export function settingLines({ fields, secrets = [], problem }: ServerSettings, paint: Paint): string[] {
  if (problem !== undefined) return [oneLine(problem)];
  const width = Math.max(0, ...fields.map(({ name }) => name.length));
  return [
    ...fields.flatMap((field) => {
      const { name, title, value, expanded } = field;
      const words = value === undefined ? paint(unsetWords(field), 'dim') : written(value);
      const filled = expanded === undefined ? '' : paint(`  (${written(expanded)})`, 'dim');
      return [
        `${oneLine(name).padEnd(width)}  ${words}${filled}`,
        paint(`${' '.repeat(width)}  ${oneLine(title)}`, 'dim'),
      ];
    }),
    ...secrets.map(
      (name) => `${oneLine(name).padEnd(width)}  ${paint('secret: given through its environment', 'dim')}`,
    ),
  ];
}

function unsetWords({ required, default: otherwise }: SettingField): string {
  if (otherwise !== undefined) return `not set (${written(otherwise)})`;
  return required ? 'not set, and needed' : 'not set';
}

const written = (value: SettingValue): string =>
  typeof value === 'object' ? value.map((one) => oneLine(one)).join(', ') || 'none' : oneLine(String(value));
