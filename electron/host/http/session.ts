import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/**
 * The one session of a host. The token in the printed address works once and is exchanged for a cookie; cookies are not
 * separated by port, hence the random name: another local server can neither guess nor collide with it.
 */
export type Session = {
  /** Secret for the address that a person opens. */
  readonly token: string;
  /** The Set-Cookie value for the right token, the first time; null otherwise. */
  exchange(token: string): string | null;
  /** True when the Cookie header holds this session's cookie. */
  admits(cookieHeader: string | undefined): boolean;
};

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
/** Digests have one length, so that nothing about the secret shows in the time that this takes. */
const same = (left: string, right: string): boolean => timingSafeEqual(digest(left), digest(right));

export function createSession(): Session {
  const token = randomBytes(32).toString('base64url');
  const cookieName = `countersign_${randomBytes(8).toString('hex')}`;
  const cookieValue = randomBytes(32).toString('base64url');
  let tokenIsUsed = false;
  return {
    token,
    exchange(given) {
      const right = same(given, token);
      if (!right || tokenIsUsed) return null;
      tokenIsUsed = true;
      return `${cookieName}=${cookieValue}; Path=/; HttpOnly; SameSite=Strict`;
    },
    admits(cookieHeader) {
      if (cookieHeader === undefined) return false;
      return cookieHeader.split(';').some((pair) => {
        const equals = pair.indexOf('=');
        return (
          equals > 0 && pair.slice(0, equals).trim() === cookieName && same(pair.slice(equals + 1).trim(), cookieValue)
        );
      });
    },
  };
}
