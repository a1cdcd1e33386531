import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { AppError, ERRORS, type ErrorCode, type FieldError, type OtherWork } from '../../base/errors.ts';
import type { Logger } from '../../base/log.ts';
import { HOOKS } from './routes/hook-address.ts';

/** An answer by RFC 9457: the code is from the catalogue, the detail is for people, no stack ever. */
export function problem(
  code: ErrorCode,
  detail: string,
  fields: readonly FieldError[] = [],
  others: readonly OtherWork[] = [],
): Response {
  const { status, title } = ERRORS[code];
  const body = {
    type: `urn:meanwhile:error:${code}`,
    title,
    status,
    code,
    detail,
    ...(fields.length === 0 ? {} : { errors: fields }),
    ...(others.length === 0 ? {} : { others }),
  };
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/problem+json' },
  });
}

/** Turns whatever was thrown into a problem. What we did not foresee is logged, and told without its inside. */
export function problemFrom(error: unknown, log: Logger, context: Context): Response {
  if (error instanceof AppError) {
    if (ERRORS[error.code].status >= 500) log.warn({ err: error, path: pathOf(context) }, 'request failed');
    return problem(error.code, error.detail, error.fields, error.others);
  }
  if (error instanceof HTTPException && error.status < 500)
    return error.message.toLowerCase().includes('json')
      ? problem('invalid_json', 'The body does not parse as JSON.')
      : problem('invalid_request', error.message);
  log.error({ err: error, path: pathOf(context) }, 'unforeseen fault');
  return problem('internal', 'Something went wrong inside. The log of the host has the details.');
}

/** The address of a hook is a secret, and no secret gets into a log. */
const pathOf = ({ req: { path } }: Context): string => (path.startsWith(HOOKS) ? `${HOOKS}…` : path);
