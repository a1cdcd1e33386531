import type { Format } from './field.ts';

/** Whether a text has the format that the schema names. Each check takes time in proportion to the text. */
export function hasFormat(format: Format, text: string): boolean {
  switch (format) {
    case 'email': {
      const [name = '', host = '', ...more] = text.split('@');
      return more.length === 0 && name !== '' && host !== '' && !/\s/.test(text);
    }
    case 'uri':
      return !/\s/.test(text) && URL.canParse(text);
    case 'date':
      return isDate(text);
    case 'date-time': {
      const [, date = '', time = '', zone = ''] = DATE_TIME.exec(text) ?? [];
      return isDate(date) && isTime(time) && (zone.length === 1 || isTime(`${zone.slice(1)}:00`));
    }
  }
}

/** RFC 3339. */
const DATE_TIME = /^(\d{4}-\d{2}-\d{2})[Tt ](\d{2}:\d{2}:\d{2})(?:\.\d{1,9})?([Zz]|[+-]\d{2}:\d{2})$/;

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}

function isTime(text: string): boolean {
  const [hours = 99, minutes = 99, seconds = 99] = text.split(':').map(Number);
  return hours < 24 && minutes < 60 && seconds <= 60;
}
