/** How long a server may take and how much it may say. Tests bring smaller ones. */
export type IntrospectionLimits = {
  /** For everything together, from the start of the program to its last answer. */
  readonly milliseconds: number;
  /** Of all that it writes or sends, and of one message. */
  readonly bytes: number;
  readonly messageBytes: number;
  /** Between the request to end and the end by force. */
  readonly graceMilliseconds: number;
};

export const introspectionLimits: IntrospectionLimits = {
  milliseconds: 30_000,
  bytes: 16 * 1024 * 1024,
  messageBytes: 8 * 1024 * 1024,
  graceMilliseconds: 500,
};
