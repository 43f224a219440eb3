/** Wrong use of the command line: a sentence, exit 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
