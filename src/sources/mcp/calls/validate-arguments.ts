import { Ajv, type ErrorObject } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { AppError, type FieldError } from '../../../base/errors.ts';
import type { Tool } from '../../../store/records.ts';

type Validate = ((value: unknown) => boolean) & { errors?: ErrorObject[] | null };

const OPTIONS = { strict: false, allErrors: true, validateFormats: false, logger: false } as const;
const compiled = new WeakMap<object, Validate | 'unusable'>();

/**
 * Checks arguments against the tool's schema (JSON Schema draft 7 or 2020-12, as MCP allows). A schema that
 * cannot be used checks nothing: the server then judges by itself.
 * @throws {AppError} `invalid_arguments`, naming each field and what was expected
 */
export function validateArguments(tool: Tool, args: Readonly<Record<string, unknown>>): void {
  const validate = compiled.get(tool.inputSchema) ?? compile(tool.inputSchema);
  if (validate === 'unusable' || validate(args)) return;
  const fields = (validate.errors ?? []).slice(0, 10).map(fieldError);
  const detail = fields.map(({ field, expected }) => `${field}: expected ${expected}`).join('; ');
  throw new AppError('invalid_arguments', `${detail}.`, { fields });
}

/** Whether arguments can be checked against a schema at all. */
export const isUsableSchema = (schema: Tool['inputSchema']): boolean =>
  (compiled.get(schema) ?? compile(schema)) !== 'unusable';

function compile(schema: Tool['inputSchema']): Validate | 'unusable' {
  let validate: Validate | 'unusable';
  try {
    const draft7 = String(schema.$schema ?? '').includes('draft-07');
    // One instance per schema: an `$id` of one tool must not collide with another's.
    validate = (draft7 ? new Ajv(OPTIONS) : new Ajv2020(OPTIONS)).compile(schema) as Validate;
  } catch {
    validate = 'unusable';
  }
  compiled.set(schema, validate);
  return validate;
}

function fieldError({ instancePath, keyword, params, message }: ErrorObject): FieldError {
  const base = `arguments${instancePath.replaceAll('/', '.')}`;
  if (keyword === 'required')
    return { field: `${base}.${params.missingProperty}`, expected: 'a value (it is required)' };
  if (keyword === 'additionalProperties')
    return { field: `${base}.${params.additionalProperty}`, expected: 'no such field' };
  if (keyword === 'enum') return { field: base, expected: `one of ${params.allowedValues.join(', ')}` };
  return {
    field: base,
    expected: (message ?? 'something else').replace(/^must be /, '').replace(/^must /, 'to '),
  };
}
