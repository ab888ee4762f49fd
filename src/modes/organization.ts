/** Service control policies and resource control policies, from directories of the input `organization-policies`. */
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { OrganizationLevel } from '../audit/access/facts.ts';
import { GateError, messageOf } from '../errors.ts';
import { readRegularFile, wayToInput } from '../files.ts';
import { givesKeyTwice } from '../json.ts';
import type { DocumentSource } from '../results/documents.ts';
import { compareTexts } from '../text.ts';
import { sourceOf } from './load.ts';

const INPUT = 'organization-policies';
/** An organization has at most five levels of units, and an account of each kind; five policies are attached to each. */
const MAX_DIRECTORIES = 500;
const MAX_FILES = 100;
/** AWS allows far less: 10,240 characters. */
const MAX_BYTES = 256 * 1024;

export interface OrganizationPolicies {
  readonly levels: readonly OrganizationLevel[];
  readonly sources: readonly DocumentSource[];
}

/**
 * Reads the policies of each directory: the policies of one level of the organization. If the name of the directory is
 * an account id, they apply to that account. The Allow statements of policies of the same kind and level add up.
 * @throws GateError `input` if a directory or a file cannot be read, or a file is not a policy
 */
export async function loadOrganizationPolicies(
  directories: readonly string[],
  workspace: string,
): Promise<OrganizationPolicies> {
  if (directories.length > MAX_DIRECTORIES) throw tooMany(MAX_DIRECTORIES, 'directories');
  const levels: OrganizationLevel[] = [];
  const sources: DocumentSource[] = [];
  for (const directory of directories) {
    const files = await readDirectory(directory, workspace);
    const byKind = Map.groupBy(files, ({ kind }) => kind);
    for (const [kind, group] of byKind) {
      levels.push({
        kind,
        name: directory,
        account: /^\d{12}$/.test(basename(directory)) ? basename(directory) : undefined,
        policies: group.map(({ name, text }) => ({ name, text: { known: text } })),
      });
    }
    sources.push(...files.map(({ source }) => source));
  }
  return { levels, sources };
}

interface PolicyFile {
  readonly kind: OrganizationLevel['kind'];
  readonly name: string;
  readonly text: string;
  readonly source: DocumentSource;
}

async function readDirectory(directory: string, workspace: string): Promise<readonly PolicyFile[]> {
  const { real, missing } = await wayToInput(INPUT, directory, workspace);
  if (missing.length > 0) {
    throw new GateError('input', `Input ${INPUT}: there is no directory ${directory}.`, {
      nextStep: 'Check the path, and check the repository out (actions/checkout) before this step.',
    });
  }
  let names: readonly string[];
  try {
    names = (await readdir(real)).filter((name) => name.endsWith('.json')).sort(compareTexts);
  } catch (error) {
    throw new GateError('input', `Input ${INPUT}: ${directory} cannot be read: ${messageOf(error)}.`, {
      cause: error,
    });
  }
  if (names.length === 0) {
    throw new GateError('input', `Input ${INPUT}: ${directory} has no file with a name that ends in .json.`, {
      nextStep: 'Put each policy into a file of its own, as JSON. Directories within it are not read.',
    });
  }
  if (names.length > MAX_FILES) throw tooMany(MAX_FILES, `files in ${directory}`);
  const files: PolicyFile[] = [];
  for (const name of names) files.push(await readPolicy(join(directory, name), workspace));
  return files;
}

async function readPolicy(path: string, workspace: string): Promise<PolicyFile> {
  const { real, missing } = await wayToInput(INPUT, path, workspace);
  const fail = (why: string, cause?: unknown) =>
    new GateError('input', `Input ${INPUT}: ${path} ${why}.`, {
      nextStep: 'The file must contain one service control policy or resource control policy, as JSON.',
      cause,
    });
  if (missing.length > 0) throw fail('is a link to a file that does not exist');
  let bytes: Buffer;
  try {
    bytes = await readRegularFile(real, MAX_BYTES);
  } catch (error) {
    throw fail(`cannot be read: ${messageOf(error)}`, error);
  }
  if (bytes.length > MAX_BYTES) throw fail(`has more than ${MAX_BYTES / 1024} KiB`);
  const text = bytes.toString('utf8');
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    throw fail(`is not JSON: ${messageOf(error)}`, error);
  }
  if (givesKeyTwice(text, document)) throw fail('has a key twice');
  return { kind: kindOf(document, fail), name: path, text, source: sourceOf(path, bytes, false) };
}

/** Only resource control policies have a Principal, and they have one in each statement. */
function kindOf(document: unknown, fail: (why: string) => GateError): OrganizationLevel['kind'] {
  const { Statement } = (document ?? {}) as { readonly Statement?: unknown };
  const statements: readonly unknown[] = Array.isArray(Statement) ? Statement : [Statement];
  const kinds = new Set(
    statements.map((one) => {
      if (typeof one !== 'object' || one === null) throw fail('has no statements');
      return 'Principal' in one || 'NotPrincipal' in one ? 'rcp' : 'scp';
    }),
  );
  const [kind, ...others] = kinds;
  if (kind === undefined) throw fail('has no statements');
  if (others.length > 0) throw fail('has statements with a Principal and statements without one');
  return kind;
}

function tooMany(most: number, what: string): GateError {
  return new GateError('input', `Input ${INPUT}: expected at most ${most} ${what}.`);
}
