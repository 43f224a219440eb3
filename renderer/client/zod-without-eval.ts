import { z } from 'zod';

/**
 * The page's policy forbids `new Function`, with which zod probes whether it may compile its parsers. The probe is
 * caught, but each one is reported as a violation. Import this before anything that declares a schema.
 */
z.config({ jitless: true });
