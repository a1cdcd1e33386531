/**
 * Answers to a call that cannot be understood. Whoever gets one knows that the work is not to be called a success,
 * and must not wait for another.
 */
export const BROKEN_ANSWERS: Readonly<Record<string, object>> = {
  'a result that is null': { result: null },
  'a result that is a text': { result: 'done' },
  'a result that is a number': { result: 1 },
  'a result that is a list': { result: [{ type: 'text', text: 'done' }] },
  'neither a result nor an error': {},
  'an error that is null': { error: null },
  'an error that is a text': { error: 'broken' },
  'an error without fields': { error: {} },
  'an error whose fields are of other types': {
    error: { code: 'E', message: { toString: 1, valueOf: 1 }, data: null },
  },
  'both a result and an error': {
    result: { content: [{ type: 'text', text: 'done' }] },
    error: { code: -32000, message: 'and broken' },
  },
  'a task without an id': { result: { resultType: 'task', status: 'working' } },
  'a task whose id is a number': { result: { resultType: 'task', taskId: 5, status: 'working' } },
  'a task in a status that is not known': { result: { resultType: 'task', taskId: 'x', status: 'resting' } },
  'a kind of result that is not known': { result: { resultType: 'poem', content: [] } },
  'a kind of result that is an object': { result: { resultType: { toString: 1 }, content: [] } },
  'questions that are a text': { result: { resultType: 'input_required', inputRequests: 'What?' } },
  'questions that are a number': { result: { resultType: 'input_required', inputRequests: 5 } },
  'questions that are null': { result: { resultType: 'input_required', inputRequests: { a: null } } },
  'a page to visit that is none': { error: { code: -32042, message: 'visit', data: { elicitations: 5 } } },
  'nesting without end': { result: { content: '@deep' } },
};

/** Only where tasks of 2025-11-25 are spoken, and the call asked for one. */
export const BROKEN_TASKS: Readonly<Record<string, object>> = {
  'a task that is null': { result: { task: null } },
  'a task that is a text': { result: { task: 'x' } },
  'a task that has no status': { result: { task: { taskId: 'x' } } },
};

/** Odd, and yet a success: what is told is that the tool has answered. */
export const ODD_ANSWERS: Readonly<Record<string, object>> = {
  'content that is no list': { result: { content: 5 } },
  'content of nulls': { result: { content: [null, 5, 'text', []] } },
  'text that is an object': { result: { content: [{ type: 'text', text: { toString: 1, valueOf: 1 } }] } },
  'kinds that are objects': {
    result: { content: [{ type: { toString: 1 }, mimeType: { toString: 1 }, name: { toString: 1 } }] },
  },
  'a link whose fields are objects': {
    result: { content: [{ type: 'resource_link', name: { toString: 1 }, uri: { toString: 1 } }] },
  },
  'keys of prototypes': {
    result: JSON.parse('{"content": [], "__proto__": {"isError": true}, "constructor": 1}'),
  },
};

export const ANSWERS: Readonly<Record<string, object>> = {
  ...BROKEN_ANSWERS,
  ...BROKEN_TASKS,
  ...ODD_ANSWERS,
};

const DEPTH = 20_000;

/** Puts nesting that `JSON.stringify` cannot write into the text of a frame. */
export const deep = (text: string): string =>
  text.replace('"@deep"', () => '['.repeat(DEPTH) + ']'.repeat(DEPTH));
