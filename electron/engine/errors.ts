import type { ErrorCode } from '../../shared/result.ts';

/** A failure that is expected and has words for the user. Anything else that is thrown is a bug. */
export class AppError extends Error {
  readonly code: ErrorCode;
  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'AppError';
    this.code = code;
  }
}
