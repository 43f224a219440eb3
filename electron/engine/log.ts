/** Where log lines go: one JSON object a line. Never file contents; values are masked where they are written. */
export type Logger = {
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
};
export type LogFields = { readonly [key: string]: string | number | boolean | null };

/** Credential-shaped values: prefixes of known tokens, URL passwords, long random-looking strings after a naming word. */
const credentialShapes: readonly RegExp[] = [
  /\b(?:sk|pk|rk|ghp|gho|ghs|ghu|github_pat|glpat|xox[abprs]|AKIA|ASIA|AIza|npm|hf|eyJ)[-_A-Za-z0-9.]{12,}/g,
  /(:\/\/[^\s:/@]{1,64}:)[^\s@/]{1,256}(?=@)/g,
  /((?:token|secret|password|passwd|api[-_]?key|authorization|bearer)["']?\s{0,4}[:= ]\s{0,4}["']?)[^\s"',;]{6,}/gi,
];

export function maskCredentials(text: string): string {
  let masked = text;
  for (const shape of credentialShapes) {
    masked = masked.replace(shape, (_whole, kept: unknown) => `${typeof kept === 'string' ? kept : ''}[masked]`);
  }
  return masked;
}

export function createLogger(write: (line: string) => void, now: () => number): Logger {
  const emit = (level: string, message: string, fields: LogFields = {}): void => {
    write(`${maskCredentials(JSON.stringify({ time: new Date(now()).toISOString(), level, message, ...fields }))}\n`);
  };
  return {
    info: (message, fields) => emit('info', message, fields),
    warn: (message, fields) => emit('warn', message, fields),
    error: (message, fields) => emit('error', message, fields),
  };
}

export const silentLogger: Logger = { info: () => {}, warn: () => {}, error: () => {} };
