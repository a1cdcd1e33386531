import { expect, test } from 'vitest';
import { AppError, type ErrorCode } from '../../base/errors.ts';
import { exitStatusOfCall, exitStatusOfError, exitStatusOfTask } from './exit-status.ts';

test.each([
  ['invalid_arguments', 2],
  ['invalid_request', 2],
  ['host_unreachable', 3],
  ['task_not_found', 1],
  ['cancel_unsupported', 1],
  ['port_in_use', 1],
  ['a_code_from_a_newer_host', 1],
])('%s ends with %i', (code, status) => {
  expect(exitStatusOfError(new AppError(code as ErrorCode, 'detail'))).toBe(status);
});

test('any other error has failed', () => expect(exitStatusOfError(new Error('bug'))).toBe(1));

test.each([
  ['completed', 0],
  ['working', 0],
  ['input_required', 0],
  ['failed', 1],
  ['cancelled', 1],
  ['lost', 1],
] as const)('a task that is %s ends with %i', (status, exit) => {
  expect(exitStatusOfTask({ status })).toBe(exit);
});

test('a call fails with an error result or a failure', () => {
  expect(exitStatusOfCall({ result: { isError: false, content: [] } })).toBe(0);
  expect(exitStatusOfCall({ result: { isError: true, content: [] } })).toBe(1);
  expect(exitStatusOfCall({ failure: { reason: 'rejected', message: 'no' } })).toBe(1);
});
