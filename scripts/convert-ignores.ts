/**
 * Converts the ignore files of other scanners to an exceptions file, which it prints:
 *
 *     node scripts/convert-ignores.ts --expires YYYY-MM-DD FILE…
 *
 * It reads .trivyignore and .trivyignore.yaml (Trivy), .inspector-ignore (Amazon Inspector's action) and lists of IDs that are
 * separated by commas, spaces or lines. Every reason is left empty, and the gate refuses a file with an empty reason: so each
 * entry is looked at once. What cannot be converted without accepting more than before is left out, and is listed.
 */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { parse } from 'yaml';

/** An ignore file by its name, which tells the format. */
export interface IgnoreFile {
  readonly name: string;
  readonly text: string;
}

export interface Converted {
  /** The exceptions file. */
  readonly yaml: string;
  /** What was left out: file, line or entry, and why. */
  readonly left: readonly string[];
}

interface Entry {
  readonly id: string;
  readonly where: string;
  readonly note: string;
  /** The last day, as YYYY-MM-DD; undefined if the file has none. */
  readonly last: string | undefined;
}

/** IDs of vulnerabilities have a prefix and a number. Those of Trivy's misconfigurations begin with AVD-, and secrets have no number. */
const ID = /^(?!AVD-)[A-Z][A-Z0-9]*-(?=.*\d)[A-Z0-9:._-]*[A-Z0-9]$/i;
const MAX_ID = 256;

/**
 * Converts ignore files to one exceptions file.
 * @param expires the last day of every exception, as YYYY-MM-DD; an earlier one of the file is kept
 * @throws Error if `expires` is not a day, or if a YAML file is not one of Trivy
 */
export function convertIgnores(files: readonly IgnoreFile[], expires: string): Converted {
  if (!isDay(expires)) throw new Error(`"${expires}" is not a day. Use --expires YYYY-MM-DD.`);
  const left: string[] = [];
  const entries = new Map<string, Entry>();
  for (const file of files) {
    const found = /\.ya?ml$/.test(file.name) ? fromTrivyYaml(file, left) : fromLines(file, left);
    for (const entry of found) {
      const key = entry.id.toUpperCase();
      const before = entries.get(key);
      // Of two entries about one ID, the one that ends first.
      if (before === undefined || (entry.last ?? '9999') < (before.last ?? '9999')) entries.set(key, entry);
    }
  }
  const lines = [...entries.values()].flatMap(({ id, where, note, last }) => [
    `  # ${where}${note === '' ? '' : `: ${note}`}`,
    `  - id: ${id}`,
    '    reason: ""',
    `    expires: ${last !== undefined && last < expires ? last : expires}`,
  ]);
  const yaml = [
    '# Write a reason for every entry, or delete the entry. The gate refuses the file while a reason is empty.',
    ...left.map((text) => `# Not converted: ${text}`),
    'version: 1',
    ...(lines.length === 0 ? ['exceptions: []'] : ['exceptions:', ...lines]),
  ];
  return { yaml: `${yaml.join('\n')}\n`, left };
}

/** Text of a file as part of a comment in YAML: one line without control characters, of bounded length. */
function comment(text: string): string {
  return text
    .replace(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
    .slice(0, 200);
}

/** Whether a text is a day of the calendar, as YYYY-MM-DD. */
function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return (
    /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
  );
}

/** Trivy's ignores end at the beginning of their day, exceptions at the end of theirs. Undefined for what is not a day. */
function dayBefore(day: string): string | undefined {
  if (!isDay(day)) return undefined;
  return new Date(Date.parse(`${day}T00:00:00Z`) - 24 * 60 * 60 * 1000).toISOString().slice(0, 10);
}

/** IDs separated by commas, spaces and lines, with comments behind # and Trivy's exp:YYYY-MM-DD. */
function fromLines({ name, text }: IgnoreFile, left: string[]): Entry[] {
  const entries: Entry[] = [];
  // A comment on lines of its own is about what follows it.
  let above: string[] = [];
  for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
    const where = `${comment(basename(name))}:${index + 1}`;
    const hash = line.indexOf('#');
    const words = (hash < 0 ? line : line.slice(0, hash)).split(/[\s,]+/).filter(Boolean);
    const said = hash < 0 ? '' : line.slice(hash + 1);
    if (words.length === 0) {
      above = said === '' ? [] : [...above, said];
      continue;
    }
    const ids = words.filter((word) => isId(word));
    const [expiry, ...others] = words.filter((word) => !isId(word));
    const last = expiry === undefined ? undefined : dayBefore(/^exp:(.*)$/.exec(expiry)?.[1] ?? '');
    if (others.length > 0 || (expiry !== undefined && last === undefined) || ids.length === 0) {
      left.push(
        `${where}: "${comment(words.join(' '))}" has a word that is neither an ID of a vulnerability nor exp:YYYY-MM-DD`,
      );
    } else {
      const note = comment([...above, said].join(' '));
      entries.push(...ids.map((id) => ({ id, where, note, last })));
    }
    above = [];
  }
  return entries;
}

function isId(word: string): boolean {
  return word.length <= MAX_ID && ID.test(word);
}

/**
 * Trivy's YAML format. An entry that is limited to paths or packages is left out: as an exception, it would accept the
 * vulnerability everywhere.
 */
function fromTrivyYaml({ name, text }: IgnoreFile, left: string[]): Entry[] {
  const file = comment(basename(name));
  // As text, so that no date becomes another one.
  const document = parse(text, { schema: 'failsafe' }) as unknown;
  if (typeof document !== 'object' || document === null || Array.isArray(document))
    throw new Error(`${file} is not an ignore file of Trivy: it has no list "vulnerabilities".`);
  const entries: Entry[] = [];
  for (const [kind, list] of Object.entries(document)) {
    if (kind !== 'vulnerabilities') {
      left.push(`${file}: ${comment(kind)}, since the gate judges vulnerabilities only`);
      continue;
    }
    for (const [index, item] of (Array.isArray(list) ? list : [list]).entries()) {
      const where = `${file}: vulnerabilities[${index}]`;
      const fields = new Map(Object.entries(Object(item) as Record<string, unknown>));
      const id = fields.get('id');
      const end = fields.get('expired_at');
      const last = typeof end === 'string' ? dayBefore(end) : undefined;
      const statement = fields.get('statement');
      const unknown = [...fields.keys()].filter((key) => !['id', 'expired_at', 'statement'].includes(key));
      if (typeof id !== 'string' || !isId(id)) left.push(`${where} has no ID of a vulnerability`);
      else if (end !== undefined && last === undefined)
        left.push(`${where} (${id}): expired_at is not a day, YYYY-MM-DD`);
      else if (unknown.length > 0)
        left.push(
          `${where} (${id}) is limited by ${comment(unknown.join(', '))}. Write the exception by hand, with package or image, or use OpenVEX`,
        );
      else entries.push({ id, where, note: typeof statement === 'string' ? comment(statement) : '', last });
    }
  }
  return entries;
}

if (import.meta.main) {
  try {
    const { values, positionals } = parseArgs({
      options: { expires: { type: 'string' } },
      allowPositionals: true,
    });
    if (positionals.length === 0 || values.expires === undefined)
      throw new Error('usage: node scripts/convert-ignores.ts --expires YYYY-MM-DD FILE…');
    const files = positionals.map((name) => ({ name, text: readFileSync(name, 'utf8') }));
    const { yaml, left } = convertIgnores(files, values.expires);
    process.stdout.write(yaml);
    for (const text of left) console.error(`Not converted: ${text}`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
