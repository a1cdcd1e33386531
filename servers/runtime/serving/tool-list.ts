import type { Tool as ListedTool } from '@modelcontextprotocol/server';
import * as z from 'zod';
import type { Era } from '../protocol.ts';
import type { AnyTool } from '../tool.ts';

/** A tool as clients are told of it. Whether it can be a task is told before 2026-07-28 only, where clients decide. */
export function listedTool(tool: AnyTool, era: Era): ListedTool {
  const { name, title, description, annotations } = tool;
  return {
    name,
    title,
    description,
    inputSchema: jsonSchema(tool.input, 'input'),
    outputSchema: jsonSchema(tool.output, 'output'),
    annotations: { title, ...annotations },
    ...(era === 'legacy' && tool.isLong && { execution: { taskSupport: 'optional' as const } }),
  };
}

/** Of what comes in, fields with a default may be left out; of what goes out, none is. */
export const jsonSchema = (schema: z.ZodObject, io: 'input' | 'output') =>
  z.toJSONSchema(schema, { io }) as ListedTool['inputSchema'];
