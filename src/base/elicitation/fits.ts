import type { Field, Option } from './field.ts';
import { hasFormat } from './formats.ts';
import { fitsPattern } from './safe-pattern.ts';

/** Whether a value answers a field. */
export function fits(field: Field, value: unknown): boolean {
  switch (field.kind) {
    case 'text': {
      if (typeof value !== 'string') return false;
      const { format, pattern, minLength = 0, maxLength = Number.POSITIVE_INFINITY } = field;
      const length = [...value].length;
      if (length < minLength || length > maxLength) return false;
      if (format !== undefined && !hasFormat(format, value)) return false;
      return pattern === undefined || fitsPattern(pattern, value) !== false;
    }
    case 'number': {
      const { whole, minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = field;
      if (typeof value !== 'number' || !Number.isFinite(value)) return false;
      return (!whole || Number.isInteger(value)) && value >= minimum && value <= maximum;
    }
    case 'boolean':
      return typeof value === 'boolean';
    case 'choice':
      return isOffered(field.options, value);
    case 'choices': {
      const { options, minItems = 0, maxItems = Number.POSITIVE_INFINITY } = field;
      if (!Array.isArray(value) || value.length < minItems || value.length > maxItems) return false;
      const offered = new Set(options.map((option) => option.value));
      return value.every((each) => offered.has(each)) && new Set(value).size === value.length;
    }
    case 'json':
      return value !== undefined;
  }
}

const isOffered = (options: readonly Option[], value: unknown): boolean =>
  options.some((option) => option.value === value);
