/**
 * The one catalogue of errors that a person or a program can meet: code → HTTP status and title. The docs are
 * checked against it in both directions (docs/errors.md). `detail` says what is wrong here and what to do.
 */
export const ERRORS = {
  invalid_request: { status: 400, title: 'The request is not valid' },
  invalid_json: { status: 400, title: 'The body is not valid JSON' },
  invalid_arguments: { status: 400, title: 'The arguments do not fit the tool' },
  invalid_cursor: { status: 400, title: 'The cursor is not one of ours' },
  invalid_command: { status: 400, title: 'The command in the message cannot be understood' },
  unauthorized: { status: 401, title: 'Sign-in is needed' },
  forbidden_host: { status: 403, title: 'This Host is not served' },
  forbidden_origin: { status: 403, title: 'Requests from this origin are refused' },
  not_found: { status: 404, title: 'There is nothing at this address' },
  task_not_found: { status: 404, title: 'There is no such task' },
  session_not_found: { status: 404, title: 'There is no such session' },
  server_not_found: { status: 404, title: 'There is no such server' },
  tool_not_found: { status: 404, title: 'The server has no such tool' },
  result_not_found: { status: 404, title: 'The task has no result' },
  assignment_not_found: { status: 404, title: 'There is no such assignment' },
  run_not_found: { status: 404, title: 'There is no such run' },
  hook_not_found: { status: 404, title: 'There is no such hook' },
  message_not_found: { status: 404, title: 'There is no such message' },
  model_not_found: { status: 404, title: 'There is no such model' },
  task_not_creatable: { status: 405, title: 'Tasks appear by themselves' },
  method_not_allowed: { status: 405, title: 'This method is not served here' },
  cancel_unsupported: { status: 409, title: 'This work cannot be stopped' },
  already_ended: { status: 409, title: 'The task has already ended' },
  would_end_others: { status: 409, title: 'This would end other work too' },
  arguments_not_kept: { status: 409, title: 'The arguments of this call are not known any more' },
  input_not_asked: { status: 409, title: 'The task asks for nothing' },
  server_exists: { status: 409, title: 'A server with this name exists' },
  server_off: { status: 409, title: 'The server is turned off' },
  server_unavailable: { status: 503, title: 'The server is not connected' },
  sign_in_not_offered: { status: 409, title: 'This server has no sign-in' },
  sign_in_unknown: { status: 400, title: 'This sign-in is not known' },
  sign_in_failed: { status: 502, title: 'The sign-in did not succeed' },
  session_fixed: { status: 409, title: 'This session cannot be changed so' },
  already_delivered: { status: 409, title: 'The result has already been delivered' },
  run_exists: { status: 409, title: 'This run exists already' },
  run_taken: { status: 409, title: 'The run is not in this state any more' },
  model_exists: { status: 409, title: 'A model with this id exists' },
  no_model: { status: 409, title: 'No model is set up' },
  approval_settled: { status: 409, title: 'This has been answered already' },
  turn_not_open: { status: 409, title: 'There is nothing to go on with' },
  draft_settled: { status: 409, title: 'The draft has been settled already' },
  assignment_changed: { status: 409, title: 'The assignment was changed by somebody else' },
  event_taken: { status: 409, title: 'Another run has taken this event' },
  body_too_large: { status: 413, title: 'The body is too large' },
  unsupported_media_type: { status: 415, title: 'This type of body is not taken here' },
  too_many_calls: { status: 429, title: 'Too many calls at once' },
  internal: { status: 500, title: 'Something went wrong inside' },
  config_invalid: { status: 422, title: 'The configuration file is not valid' },
  config_read_only: { status: 507, title: 'The configuration file cannot be written' },
  store_failed: { status: 500, title: 'The database refused' },
  store_full: { status: 507, title: 'The disk is full' },
  store_read_only: { status: 507, title: 'The data folder cannot be written' },
  store_foreign: { status: 500, title: 'The database is not one of ours' },
  store_newer: { status: 500, title: 'The database is from a newer version' },
  host_running: { status: 409, title: 'Another host runs on this data folder' },
  port_in_use: { status: 409, title: 'The port is in use' },
  host_lapsed: { status: 503, title: 'Other hosts took this one for gone' },
  host_unreachable: { status: 503, title: 'No host answers' },
  shutting_down: { status: 503, title: 'The host is stopping' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ErrorCode = keyof typeof ERRORS;

export const isErrorCode = (code: string): code is ErrorCode => Object.hasOwn(ERRORS, code);

/** Work that a request would touch beside what it names. */
export interface OtherWork {
  readonly id: string;
  readonly title: string;
}

/** One field that is wrong, and what was expected of it. */
export interface FieldError {
  /** Where, as a path such as `arguments.timeoutMs` or `mcpServers.git.command`. */
  readonly field: string;
  readonly expected: string;
}

/** A fault or refusal with a code from the catalogue; `detail` is written for people and holds no secrets. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly detail: string;
  readonly fields: readonly FieldError[];
  readonly others: readonly OtherWork[];

  constructor(
    code: ErrorCode,
    detail: string,
    more: { fields?: readonly FieldError[]; others?: readonly OtherWork[]; cause?: unknown } = {},
  ) {
    super(`${code}: ${detail}`, { cause: more.cause });
    this.name = 'AppError';
    this.code = code;
    this.detail = detail;
    this.fields = more.fields ?? [];
    this.others = more.others ?? [];
  }
}
