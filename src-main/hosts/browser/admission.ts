import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

const secret = () => randomBytes(32).toString('base64url');

const digest = (text: string) => createHash('sha256').update(text).digest();

/** Compared as digests, so that neither length nor content shows in the time it takes. */
const same = (a: string, b: string) => timingSafeEqual(digest(a), digest(b));

/** Who may come in: the holder of the one-time token, and from then on of the cookie. */
export interface Admission {
  readonly token: string;
  /** The Set-Cookie header for the right token, once; null for a wrong or a used one. */
  redeem(token: string): string | null;
  /** Whether a request carries the cookie. */
  admits(headers: IncomingHttpHeaders): boolean;
}

/** The port is part of the cookie's name: a browser sends cookies to every port of a host. */
export function createAdmission(port: number): Admission {
  const token = secret();
  const session = secret();
  const cookieName = `size-picker-${port}`;
  let used = false;
  return {
    token,
    redeem(candidate) {
      if (used || !same(candidate, token)) return null;
      used = true;
      return `${cookieName}=${session}; HttpOnly; SameSite=Strict; Path=/`;
    },
    admits(headers) {
      const cookies = (headers.cookie ?? '').split(';').map((cookie) => cookie.trim());
      const own = cookies.find((cookie) => cookie.startsWith(`${cookieName}=`));
      return own !== undefined && same(own, `${cookieName}=${session}`);
    },
  };
}
