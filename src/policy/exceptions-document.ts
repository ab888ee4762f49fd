/** The schema of the exceptions file, and how it is read. */

import * as v from 'valibot';
import type { Exception } from '../results/exception.ts';
import {
  choice,
  DAY_MESSAGE,
  day,
  endOfDay,
  exampleAsWritten,
  flag,
  glob,
  REASON_TO_WRITE,
  text,
  version,
} from './fields.ts';
import { failer, validate, vocabularyOf } from './schema.ts';
import { parseYaml } from './yaml.ts';

const ID_MESSAGE = 'expected one exact id, without spaces, commas and globs';

const id = v.pipe(
  v.string(ID_MESSAGE),
  v.maxLength(256, 'expected an id of at most 256 characters'),
  v.regex(/^\s*[^\s,*?[\]{}]+\s*$/, ID_MESSAGE),
  v.description('The exact id of the vulnerability, or a related id, without regard to case.'),
  v.examples(['CVE-2026-12345']),
  v.trim(),
);

const expires = day('The last day on which the exception applies, in UTC.', '2026-12-31');

const exception = v.strictObject({
  id,
  package: v.optional(
    glob('Only for packages with a matching name. Default: all packages of the finding.', 'openssl*'),
  ),
  image: v.optional(glob('Only for images in a matching ECR repository.', 'team/app')),
  platform: v.optional(glob('Only for a matching platform.', 'linux/arm64')),
  reason: text('Why the risk is accepted.', REASON_TO_WRITE),
  expires,
  'approved-by': v.optional(text('Who approved the exception.', 'security@example.com')),
  ticket: v.optional(text('The ticket. A number needs quotes.', 'SEC-1234')),
  'until-fixed': v.optional(flag('true: the exception applies only while there is no fix.')),
  status: v.optional(
    choice(['accepted', 'false-positive', 'mitigated'], 'The assessment of the finding.', 'accepted'),
  ),
});

/** The schema of an exceptions file. `npm run schema` generates the JSON Schema for editors from it. */
export const exceptionsSchema = v.pipe(
  v.strictObject({
    version,
    exceptions: v.pipe(
      v.array(exception, 'expected a list of exceptions'),
      v.description('The exceptions, each with a reason and an expiry date.'),
      exampleAsWritten([{ id: 'CVE-2026-12345', reason: REASON_TO_WRITE, expires: '2026-12-31' }]),
    ),
  }),
  v.title('ECR Deployment Gate exceptions'),
  v.description('Findings that are accepted, each with a reason and an expiry date.'),
);

/**
 * Reads an exceptions file.
 * @throws GateError `input` with file, line, column, the path in the document and an example
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
