import type { RequestHandler } from 'express';
import helmet from 'helmet';

/**
 * Security headers for a part of the site that loads nothing from elsewhere.
 * @param scripts what may run beside the files of this address.
 */
export function securityHeaders(scripts: readonly string[] = []): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'", ...scripts],
        styleSrc: ["'self'", "'unsafe-inline'"],
        imgSrc: ["'self'", 'data:'],
        objectSrc: ["'none'"],
        baseUri: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    // With none a browser sends `Origin: null` with the site's own forms, and they would be refused
    // as another site's where it sends no Sec-Fetch-Site: to an address without https.
    referrerPolicy: { policy: 'same-origin' },
    // The address speaks plain HTTP, and a browser remembers this header for every port of the host.
    strictTransportSecurity: false,
  });
}
