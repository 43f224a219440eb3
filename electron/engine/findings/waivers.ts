import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import type { Finding, JudgedFinding } from '../../../shared/model/findings.ts';
import { AppError } from '../errors.ts';

const day = /^\d{4}-\d{2}-\d{2}$/;

/** A finding that somebody answers for, until a day. By its id, or by rule and name of the subject. */
const waiverSchema = z
  .strictObject({
    finding: z.string().min(1).max(300).optional(),
    rule: z.string().min(1).max(100).optional(),
    subject: z.string().min(1).max(500).optional(),
    reason: z.string().trim().min(1).max(2000),
    owner: z.string().trim().min(1).max(200),
    /** Last day on which it counts, `2027-01-31`. */
    until: z.string().regex(day, 'a day as 2027-01-31'),
  })
  .refine(({ finding, rule, subject }) => finding !== undefined || (rule !== undefined && subject !== undefined), {
    message: 'names a finding, or a rule and a subject',
  });
const fileSchema = z.strictObject({ waivers: z.array(waiverSchema).max(10_000) });

export type Waiver = z.infer<typeof waiverSchema>;

/** Largest file of waivers. */
export const maxWaiverBytes = 4 * 1024 * 1024;

/** YAML or JSON. Throws AppError: a waiver that is not understood must not look like one that is not needed. */
export function parseWaivers(text: string, name: string): readonly Waiver[] {
  let data: unknown;
  try {
    // Dates stay text; aliases could make a small file a large one.
    data = parseYaml(text, { maxAliasCount: 0, schema: 'core' });
  } catch (error) {
    throw new AppError('bad-request', `${name} is neither YAML nor JSON.`, { cause: error });
  }
  const parsed = fileSchema.safeParse(data);
  if (parsed.success) return parsed.data.waivers;
  const [issue] = parsed.error.issues;
  throw new AppError(
    'bad-request',
    `${name}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? 'not a file of waivers'}`,
  );
}

/** What is waived, and until when; a waiver that has run out counts no more and is shown as such. `today` as `2026-11-20`. */
export function applyWaivers(
  findings: readonly Finding[],
  waivers: readonly Waiver[],
  today: string,
): readonly JudgedFinding[] {
  const byFinding = Map.groupBy(waivers, ({ finding }) => finding ?? '');
  const bySubject = Map.groupBy(waivers, ({ rule, subject }) => `${rule ?? ''}\0${subject ?? ''}`);
  return findings.map((finding) => {
    const fitting = [
      ...(byFinding.get(finding.id) ?? []),
      ...(bySubject.get(`${finding.rule}\0${finding.subjectName}`) ?? []),
    ];
    // The one that lasts longest.
    const best = fitting.toSorted((one, other) => (one.until < other.until ? 1 : -1))[0];
    if (best === undefined) return { ...finding, waived: null };
    const { owner, reason, until } = best;
    return { ...finding, waived: { owner, reason, until, expired: until < today } };
  });
}

/** Neither waived, nor known from before. */
export const counts = (finding: JudgedFinding, known: ReadonlySet<string>): boolean =>
  (finding.waived === null || finding.waived.expired) && !known.has(finding.id);
