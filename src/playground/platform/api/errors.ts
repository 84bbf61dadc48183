/** A refusal as the platform words it: HTTP status, `code`, `msg` and whatever else stands in the body. */
export class ApiError extends Error {
  readonly code: number;
  readonly status: number;
  readonly extra: Record<string, unknown>;
  readonly headers: Record<string, string>;

  constructor(
    code: number,
    message: string,
    status = 400,
    extra: Record<string, unknown> = {},
    headers: Record<string, string> = {},
  ) {
    super(message);
    this.code = code;
    this.status = status;
    this.extra = extra;
    this.headers = headers;
  }
}

/** 99992402 with the fields that are wrong. */
export function fieldError(...violations: { field: string; description: string }[]): ApiError {
  return new ApiError(99992402, 'field validation failed', 400, {
    error: { field_violations: violations.map((one) => ({ ...one, value: '' })) },
  });
}

/** 99991672: none of the scopes that would do was granted. */
export function scopeError(scopes: readonly string[]): ApiError {
  const names = scopes.join(', ');
  return new ApiError(99991672, `Access denied. One of the following scopes is required: [${names}].`, 400, {
    error: { permission_violations: scopes.map((subject) => ({ type: 'action_scope_required', subject })) },
  });
}
