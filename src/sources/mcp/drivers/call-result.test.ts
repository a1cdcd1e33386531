import { describe, expect, test } from 'vitest';
import { PREVIEW_CHARS } from '../../../task/task.ts';
import { endingFromError, endingFromResult, previewOf } from './call-result.ts';

const words = (text: string, more = {}) => ({ content: [{ type: 'text', text }], ...more });

describe('the end of a call', () => {
  test('green means that the work succeeded', () => {
    expect(endingFromResult(words('done'), false)).toEqual({
      status: 'completed',
      content: '{"content":[{"type":"text","text":"done"}]}',
      preview: 'done',
      isError: false,
    });
  });
  test('an error of the tool is a failure with its first line', () => {
    expect(endingFromResult(words('no space\nat all', { isError: true }), false)).toMatchObject({
      status: 'failed',
      isError: true,
      failure: { reason: 'tool_error', message: 'no space' },
    });
    expect(endingFromResult({ isError: true }, false).failure?.message).toContain('without words');
  });
  test('after a request to stop, an error is the stop and a result is a result', () => {
    expect(endingFromResult(words('stopped', { isError: true }), true)).toMatchObject({
      status: 'cancelled',
    });
    expect(endingFromResult(words('done'), true)).toMatchObject({
      status: 'completed',
      statusMessage: expect.stringContaining('although it was asked to stop'),
    });
  });
  test.each(['true', 1, {}, null])('isError %j is not true', (isError) => {
    expect(endingFromResult(words('x', { isError }), false).status).toBe('completed');
  });
  test('an error of the protocol keeps its code, and is cut', () => {
    expect(endingFromError({ code: -32602, message: 'x'.repeat(9_999) })).toEqual({
      status: 'failed',
      failure: { reason: 'protocol_error', message: 'x'.repeat(500), code: -32602 },
    });
  });
});

describe('the preview', () => {
  test.each<[Record<string, unknown>, string]>([
    [{}, ''],
    [{ content: [] }, ''],
    [{ content: 'text' }, ''],
    [{ content: [null, 7] }, '[unknown]\n[unknown]'],
    [{ content: [{ type: 'image', mimeType: 'image/png', data: 'AAAA' }] }, '[image, image/png]'],
    [{ content: [{ type: 'resource_link', name: 'log', uri: 'file:///log' }] }, '[log: file:///log]'],
    [{ content: [{ type: 'text' }] }, ''],
    [{ structuredContent: { ok: true } }, '{"ok":true}'],
    [
      {
        content: [
          { type: 'text', text: 'a' },
          { type: 'text', text: 'b' },
        ],
      },
      'a\nb',
    ],
  ])('%j', (result, preview) => {
    expect(previewOf(result)).toBe(preview);
  });
  test('is cut with a mark', () => {
    const preview = previewOf(words('x'.repeat(5_000_000)));
    expect(preview).toHaveLength(PREVIEW_CHARS);
    expect(preview).toContain('…');
  });
});
