/** Reads policies, exceptions and VEX documents from the workspace or from GitHub. */

import { createHash } from 'node:crypto';
import { glob, realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { GateError, messageOf } from '../errors.ts';
import { isBelow, readRegularFile, wayToInput } from '../files.ts';
import { type GitHub, type GitHubFile, isCommit, readGitHubFile } from '../github/client.ts';
import { refuseForeignCommit, refuseForeignName } from '../github/ownership.ts';
import { policySha256 } from '../policy/canonical.ts';
import { parsePolicy } from '../policy/document.ts';
import { parseExceptions } from '../policy/exceptions-document.ts';
import {
  MAX_ALL_BYTES,
  MAX_ALL_COMPONENTS,
  MAX_EXCEPTIONS,
  MAX_EXCEPTIONS_FILES,
  MAX_JSON_BYTES,
  MAX_STATEMENTS,
  MAX_VEX_FILES,
} from '../policy/limits.ts';
import type { PolicyDocument } from '../policy/policy.ts';
import { combineVex, parseVex } from '../policy/vex.ts';
import type { DocumentSource, PolicySource } from '../results/documents.ts';
import type { Exception } from '../results/exception.ts';

export interface LoadPorts {
  /** The directory that paths are relative to: `GITHUB_WORKSPACE`, else the working directory. */
  readonly workspace: string;
  /** Undefined if there is no `github-token`. */
  readonly github: GitHub | undefined;
}

export interface LoadedPolicy {
  readonly document: PolicyDocument;
  readonly source: PolicySource;
}

/** A file as it was read. */
export interface LoadedFile {
  readonly bytes: Uint8Array;
  readonly source: DocumentSource;
  /** Its path in the checkout, for annotations. Undefined if it is elsewhere. */
  readonly checkoutPath: string | undefined;
}

export interface LoadedExceptions {
  readonly exceptions: readonly Exception[];
  readonly sources: readonly DocumentSource[];
}

export interface LoadedVex extends LoadedExceptions {
  /** Fields that OpenVEX requires and that the documents lack, for the log. */
  readonly warnings: readonly string[];
}

/**
 * The policy at a path, relative to the workspace or absolute, or at `owner/repo/path@ref`, where the ref has to belong to
 * that repository. A path of the latter form is never read from the workspace, where a pull request could add it.
 * @throws GateError if it cannot be read or is not valid
 */
export async function loadPolicy(where: string, ports: LoadPorts): Promise<LoadedPolicy> {
  const { bytes, source, checkoutPath } = await loadPolicyFile(where, ports);
  const document = located(checkoutPath, () => parsePolicy(bytes, source.uri));
  return { document, source: { ...source, policySha256: policySha256(document) } };
}

/**
 * The bytes of a policy of any action, at a path or in another repository.
 * @throws GateError if it cannot be read
 */
export async function loadPolicyFile(where: string, ports: LoadPorts): Promise<LoadedFile> {
  const remote = parseRemote(where);
  if (remote === undefined) {
    const { bytes, name, checkoutPath } = await readLocal('policy', where, ports, 'anywhere');
    return { bytes, source: sourceOf(name, bytes, false), checkoutPath };
  }
  if (ports.github === undefined) {
    throw new GateError(
      'input',
      `Input policy: ${where} is in another repository, and the input github-token is empty.`,
      {
        nextStep: `Give github-token a token with contents: read on ${remote.owner}/${remote.repo}.`,
      },
    );
  }
  refuseForeignName(remote);
  const bytes = await readGitHubFile(ports.github, remote);
  await refuseForeignCommit(ports.github, remote);
  return { bytes, source: sourceOf(where, bytes, !isCommit(remote.ref)), checkoutPath: undefined };
}

/**
 * Parses a file. Its errors then point at the file by its path in the checkout, where GitHub looks for it; those of a file
 * elsewhere point at none.
 */
function located<T>(checkoutPath: string | undefined, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof GateError)) throw error;
    const { code, message, nextStep, location } = error;
    const line = location?.line ?? 1;
    throw new GateError(code, message, {
      nextStep,
      cause: error,
      location: checkoutPath === undefined ? undefined : { file: checkoutPath, line },
    });
  }
}

/**
 * The exceptions of files in the workspace. A file that is named twice is read once.
 * @throws GateError if a file is outside the workspace, is missing or is not valid
 */
export async function loadExceptions(paths: readonly string[], ports: LoadPorts): Promise<LoadedExceptions> {
  if (paths.length > MAX_EXCEPTIONS_FILES) {
    throw atMost('exceptions', MAX_EXCEPTIONS_FILES, 'files', paths.length);
  }
  const exceptions: Exception[] = [];
  const sources: DocumentSource[] = [];
  for (const file of await readAll('exceptions', paths, ports)) {
    await turn();
    exceptions.push(...located(file.checkoutPath, () => parseExceptions(file.bytes, file.name)));
    sources.push(sourceOf(file.name, file.bytes, false));
    if (exceptions.length > MAX_EXCEPTIONS) {
      throw atMost('exceptions', MAX_EXCEPTIONS, 'exceptions in all files', exceptions.length);
    }
  }
  return { exceptions, sources };
}

/**
 * The exceptions that the OpenVEX documents in the workspace contain together. `node_modules` and `.git` are searched only
 * if a glob names them: the statements of a dependency are not those of this repository.
 * @throws GateError if a glob matches nothing, a file is outside the workspace, or a document is not valid
 */
export async function loadVex(globs: readonly string[], ports: LoadPorts): Promise<LoadedVex> {
  const paths = new Set<string>();
  for (const pattern of globs) {
    for (const path of await matching(pattern, ports)) paths.add(path);
    if (paths.size > MAX_VEX_FILES) throw atMost('vex', MAX_VEX_FILES, 'files', 'more');
  }
  const documents = [];
  const sources: DocumentSource[] = [];
  let statements = 0;
  let components = 0;
  for (const file of await readAll('vex', [...paths].sort(), ports)) {
    await turn();
    const document = located(file.checkoutPath, () => parseVex(file.bytes, file.name));
    documents.push(document);
    sources.push(sourceOf(file.name, file.bytes, false));
    statements += document.exceptions.length + document.revocations.length;
    components += document.components;
    if (statements > MAX_STATEMENTS) throw atMost('vex', MAX_STATEMENTS, 'statements', statements);
    if (components > MAX_ALL_COMPONENTS) {
      throw atMost('vex', MAX_ALL_COMPONENTS, 'products and subcomponents in all documents', components);
    }
  }
  const withoutAction = documents.flatMap((document) => document.withoutAction);
  return { exceptions: combineVex(documents), sources, warnings: actionWarning(withoutAction) };
}

/** One warning for all `affected` statements without an `action_statement`. */
function actionWarning([first, ...others]: readonly string[]): string[] {
  if (first === undefined) return [];
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  return [
    `${first}${more}: an affected statement has no action_statement, which OpenVEX requires. The statement is used, because it can only make a verdict stricter.`,
  ];
}

/** Lets the event loop run between two documents, for the deadline, the cancellation and the watchdog. */
function turn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

function atMost(input: string, most: number, what: string, got: number | 'more'): GateError {
  return new GateError('input', `Input ${input}: expected at most ${most} ${what}, got ${got}.`, {
    nextStep: 'Remove what is no longer needed or applies to other images.',
  });
}

/**
 * Reads `owner/repo/path@ref`; undefined if it is a path. A path with an "@" has to begin with `./`, `../` or `/`: if an
 * expression in `owner/repo/path@ref` is empty, what is left is not a path in the workspace, where a pull request could add it.
 * @throws GateError `input` if it has an "@" and is neither
 */
function parseRemote(where: string): GitHubFile | undefined {
  if (!where.includes('@') || isAbsolute(where) || /^\.\.?[\\/]/.test(where)) return undefined;
  const match = /^([A-Za-z0-9](?:[A-Za-z0-9_-]*))\/([A-Za-z0-9._-]+)\/([^@]+)@(.+)$/s.exec(where);
  const [, owner = '', repo = '', path = '', ref = ''] = match ?? [];
  const segments = [repo, ...path.split('/')];
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a ref must not have them
  const badRef = ref.includes('@') || /[\u0000-\u0020~^:?*[\\]|\.\.|^\/|\/$/.test(ref);
  if (badRef || segments.some((segment) => /^\.{0,2}$/.test(segment))) {
    throw new GateError(
      'input',
      `Input policy: expected owner/repo/path@ref, got ${JSON.stringify(where)}.`,
      {
        nextStep:
          'For example: policy: example-org/security/gate/policy.yml@v1. Check whether an expression in it is empty. A path in the workspace that contains "@" has to begin with ./',
      },
    );
  }
  return { owner, repo, path, ref };
}

interface LocalFile {
  readonly name: string;
  /** Its path without links. */
  readonly real: string;
  /** Its path in the workspace, without links and with `/`. Undefined for a file elsewhere. */
  readonly checkoutPath: string | undefined;
  readonly bytes: Buffer;
}

/** Files of the workspace, each once. If one were read twice, the report would list its entries as duplicates. */
async function readAll(input: string, paths: readonly string[], ports: LoadPorts): Promise<LocalFile[]> {
  const files = new Map<string, LocalFile>();
  let size = 0;
  for (const path of paths) {
    const file = await readLocal(input, path, ports, 'workspace');
    if (files.has(file.real)) continue;
    files.set(file.real, file);
    size += file.bytes.length;
    if (size > MAX_ALL_BYTES) throw atMost(input, MAX_ALL_BYTES / 1024 / 1024, 'MiB in all files', 'more');
  }
  return [...files.values()];
}

async function readLocal(
  input: string,
  path: string,
  { workspace }: LoadPorts,
  where: 'workspace' | 'anywhere',
): Promise<LocalFile> {
  const root = await workspaceRoot(workspace);
  const { real, missing } = await wayToInput(input, path, root);
  const isInside = isBelow(join(real, ...missing), root);
  if (where === 'workspace' && !isInside) {
    throw new GateError('input', `Input ${input}: ${path} is outside of the workspace.`, {
      nextStep: 'Add the file to the repository, and give its path there.',
    });
  }
  if (missing.length > 0) {
    throw new GateError('input', `Input ${input}: there is no file ${path} in the workspace.`, {
      nextStep:
        input === 'policy'
          ? 'Check the path, and check the repository out before this step; a policy in another repository is owner/repo/path@ref.'
          : 'Check the path, and check the repository out (actions/checkout) before this step.',
    });
  }
  if (!(await stat(real)).isFile()) throw new GateError('input', `Input ${input}: ${path} is not a file.`);
  const name = isInside && !isAbsolute(path) ? path.split(sep).join('/') : path;
  try {
    const checkoutPath = isInside ? relative(root, real).split(sep).join('/') : undefined;
    return { name, real, checkoutPath, bytes: await readRegularFile(real, MAX_JSON_BYTES) };
  } catch (error) {
    throw new GateError('input', `Input ${input}: ${path} cannot be read: ${messageOf(error)}.`, {
      cause: error,
    });
  }
}

async function workspaceRoot(workspace: string): Promise<string> {
  try {
    return await realpath(workspace);
  } catch (error) {
    throw new GateError('input', `The workspace ${workspace} cannot be read: ${messageOf(error)}.`, {
      cause: error,
    });
  }
}

/** The files that match a glob. A broken link counts as a file, so that reading it fails. */
async function matching(pattern: string, { workspace }: LoadPorts): Promise<string[]> {
  const skipped = ['node_modules', '.git'].filter((name) => !pattern.split('/').includes(name));
  const exclude = (path: string) => path.split(sep).some((part) => skipped.includes(part));
  const allowed = !isAbsolute(pattern) && !pattern.startsWith('!') && !pattern.split(/[\\/]/).includes('..');
  const found: string[] = [];
  try {
    for await (const path of allowed ? glob(pattern, { cwd: workspace, exclude }) : []) {
      const stats = await stat(resolve(workspace, path)).catch(() => undefined);
      if (!exclude(path) && (stats === undefined || stats.isFile())) found.push(path);
      if (found.length > MAX_VEX_FILES) break;
    }
  } catch (error) {
    throw new GateError('input', `Input vex: cannot use ${JSON.stringify(pattern)}: ${messageOf(error)}.`, {
      cause: error,
    });
  }
  if (found.length > 0) return found;
  const why = allowed ? 'matches no file in the workspace' : 'leads out of the workspace, or begins with "!"';
  throw new GateError('input', `Input vex: ${JSON.stringify(pattern)} ${why}.`, {
    nextStep: 'For example: vex: .vex/*.json',
  });
}

/** The source of a file, and its content. */
export function sourceOf(uri: string, bytes: Uint8Array, moving: boolean): DocumentSource {
  return { uri, sha256: createHash('sha256').update(bytes).digest('hex'), moving };
}
