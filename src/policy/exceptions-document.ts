/** The exceptions file: its schema, and the exceptions it becomes. */
import * as v from 'valibot';
import type { Exception } from './exceptions.ts';
import { asWritten, choice, DAY_MESSAGE, day, endOfDay, flag, glob, text, version } from './fields.ts';
import { failer, validate, vocabularyOf } from './schema.ts';
import { parseYaml } from './yaml.ts';

const ID_MESSAGE = 'expected one exact id, without spaces, commas and globs';

const id = v.pipe(
  v.string(ID_MESSAGE),
  v.maxLength(256, 'expected an id of at most 256 characters'),
  v.regex(/^\s*[^\s,*?[\]{}]+\s*$/, ID_MESSAGE),
  v.description('The id of the vulnerability, exact, without regard to case. A related id will do.'),
  v.examples(['CVE-2026-12345']),
  v.trim(),
);

const expires = day('The last day on which the exception applies, in UTC.', '2026-12-31');

const exception = v.strictObject({
  id,
  package: v.optional(
    glob("Only for packages of such a name; without it, for all of a finding's.", 'openssl*'),
  ),
  image: v.optional(glob('Only for images of such an ECR repository.', 'team/app')),
  platform: v.optional(glob('Only for such a platform.', 'linux/arm64')),
  reason: text('Why the finding may pass.', 'not reachable, TLS ends at the load balancer'),
  expires,
  'approved-by': v.optional(text('Who allowed it.', 'security@example.com')),
  ticket: v.optional(text('Where it is tracked; a number needs quotes.', 'SEC-1234')),
  'until-fixed': v.optional(flag('true: it applies only while there is no fix.')),
  status: v.optional(
    choice(['accepted', 'false-positive', 'mitigated'], 'What is said of the finding.', 'accepted'),
  ),
});

/** What an exceptions file may say. `npm run schema` makes the JSON Schema for editors from it. */
export const exceptionsSchema = v.pipe(
  v.strictObject({
    version,
    exceptions: v.pipe(
      v.array(exception, 'expected a list of exceptions'),
      v.description('Findings that may pass, why, and until when.'),
      asWritten([{ id: 'CVE-2026-12345', reason: 'not reachable', expires: '2026-12-31' }]),
    ),
  }),
  v.title('ECR Deployment Gate exceptions'),
  v.description('Findings that may pass, each with a reason and an end.'),
);

/**
 * Reads an exceptions file.
 * @throws GateError `input` with file, line, column, the path in the document and a right example
 */
export function parseExceptions(bytes: Uint8Array, file: string): Exception[] {
  const source = parseYaml(bytes, file, vocabularyOf(exceptionsSchema));
  const fail = failer(exceptionsSchema, source);
  return validate(exceptionsSchema, source).exceptions.map((written, index): Exception => {
    const end = endOfDay(written.expires);
    if (end === undefined) {
      throw fail(['exceptions', index, 'expires'], `${DAY_MESSAGE}, got ${written.expires}`);
    }
    return {
      origin: 'exceptions',
      source: `${file}:${source.locate(['exceptions', index]).line}`,
      ids: [written.id],
      scope: { kind: 'globs', package: written.package, image: written.image, platform: written.platform },
      status: written.status ?? 'accepted',
      reason: written.reason,
      expires: end,
      since: undefined,
      approvedBy: written['approved-by'],
      ticket: written.ticket,
      untilFixed: written['until-fixed'] ?? false,
    };
  });
}
