import { createRoute, OpenAPIHono, type RouteConfig, type z } from '@hono/zod-openapi';
import { AppError } from '../../../base/errors.ts';
import { fieldErrors, inOneSentence } from '../../../base/field-errors.ts';
import { ProblemSchema } from '../contract/records.ts';

/** A router whose refusals name the field and what was expected. */
export const router = () =>
  new OpenAPIHono({
    defaultHook: (outcome) => {
      if (outcome.success) return;
      const fields = fieldErrors(outcome.error as z.ZodError);
      throw new AppError('invalid_request', inOneSentence(fields), { fields });
    },
  });

const problemContent = { 'application/problem+json': { schema: ProblemSchema } };

/** An operation of the contract; every one of them can answer with a problem. */
export function operation<const R extends RouteConfig>(config: R) {
  return createRoute({
    ...config,
    responses: {
      ...config.responses,
      default: { description: 'A problem (RFC 9457)', content: problemContent },
    },
  } as R);
}

export const jsonBody = <S extends z.ZodType>(schema: S) => ({
  required: true as const,
  content: { 'application/json': { schema } },
});

export const jsonAnswer = <S extends z.ZodType>(description: string, schema: S) => ({
  description,
  content: { 'application/json': { schema } },
});
