/** YAML 1.2 as data: no tags, no aliases, no merge keys, no second document, no key twice. */
import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type ParsedNode,
  parseAllDocuments,
  stringify,
  type YAMLError,
} from 'yaml';
import { GateError, messageOf } from '../errors.ts';
import { MAX_YAML_BYTES } from './limits.ts';
import {
  DEEPEST,
  decode,
  describe,
  type Path,
  type Position,
  problem,
  quote,
  type SourceDocument,
} from './source.ts';

/** How much of a line is looked at for what somebody may have meant. */
const LONGEST_HINT = 200;

/**
 * Parses a YAML document. `yes`, `no`, `on` and dates are text in YAML 1.2, and stay text.
 * @throws GateError `input` with file, line and column
 */
export function parseYaml(bytes: Uint8Array, file: string): SourceDocument {
  const text = decode(bytes, file, MAX_YAML_BYTES);
  const counter = new LineCounter();
  const at = (offset: number): Position => {
    const { line, col } = counter.linePos(Math.min(offset, text.length));
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const document = parse(text, file, counter, at);
  let size = 0;
  const value = toValue(
    document.contents,
    [],
    (node, path, what, nextStep) => problem(file, at(node?.range[0] ?? 0), path, what, nextStep),
    () => {
      size += 1;
    },
  );
  const offset = (path: Path, of: 'key' | 'value' = 'value') => offsetOf(document.contents, path, of);
  return {
    file,
    value,
    size,
    offsetOf: offset,
    positionOf: at,
    locate: (path, of) => at(offset(path, of)),
    example: (key, value) =>
      `${key}: ${stringify(value, { collectionStyle: 'flow', lineWidth: 0, flowCollectionPadding: true }).trim()}`,
  };
}

function parse(
  text: string,
  file: string,
  lineCounter: LineCounter,
  at: (offset: number) => Position,
): Document.Parsed {
  let documents: Document.Parsed[];
  try {
    const parsed = parseAllDocuments(text, {
      version: '1.2',
      schema: 'core',
      merge: false,
      resolveKnownTags: false,
      stringKeys: true,
      strict: true,
      // The check below is the same in linear time.
      uniqueKeys: false,
      prettyErrors: false,
      logLevel: 'silent',
      lineCounter,
    });
    documents = [...parsed] as Document.Parsed[];
  } catch (error) {
    throw new GateError('input', `${file}: it cannot be read as YAML: ${messageOf(error)}.`, {
      cause: error,
    });
  }
  const [document, second] = documents;
  const wrong = documents.flatMap(({ errors, warnings }) => [...errors, ...warnings])[0];
  if (wrong !== undefined) {
    throw problem(file, at(wrong.pos[0]), [], sentence(wrong.message), hint(text, wrong));
  }
  if (document === undefined || document.contents === null) {
    throw new GateError('input', `${file}:1:1: expected a YAML document, got an empty file.`, {
      nextStep: 'A right document begins with: version: 1',
    });
  }
  if (second !== undefined) {
    throw problem(file, at(second.range[0]), [], 'expected one YAML document, got a second one');
  }
  if (document.directives?.yaml.explicit && document.directives.yaml.version !== '1.2') {
    throw problem(file, at(0), [], 'expected YAML 1.2, got a directive for another version');
  }
  return document;
}

/** The library's message as the end of ours. */
function sentence(message: string): string {
  const end = message.trimEnd();
  return `it is not valid YAML: ${(end.endsWith('.') ? end.slice(0, -1) : end).slice(0, 200)}`;
}

/** The two traps that YAML sets for what is written here: `score: >=7.0` and `reason: one thing: another`. */
function hint(text: string, { pos: [offset], message }: YAMLError): string | undefined {
  const start = text.lastIndexOf('\n', offset) + 1;
  const [line = ''] = text.slice(start, start + LONGEST_HINT).split('\n', 1);
  const bound = /([a-z-]+):\s*(>=?\s*\d[\d.]*)/.exec(line);
  if (bound !== null) return `YAML gives ">" a meaning of its own. Write: ${bound[1]}: "${bound[2]}"`;
  return message.startsWith('Nested mappings') ? 'Text with ": " in it needs quotes.' : undefined;
}

type Fail = (node: ParsedNode | null, path: Path, what: string, nextStep?: string) => GateError;

function toValue(node: ParsedNode | null, path: Path, fail: Fail, counted: () => void): unknown {
  counted();
  if (node === null) return null;
  if (path.length > DEEPEST) throw fail(node, [], `nests deeper than ${DEEPEST} levels`);
  if (isAlias(node)) {
    throw fail(node, path, `uses the alias *${node.source.slice(0, 40)}`, 'Write the value out.');
  }
  if (node.tag !== undefined) {
    throw fail(
      node,
      path,
      `has the tag ${quote(node.tag)}`,
      'Leave the tag out: values are read as they are.',
    );
  }
  if (isScalar(node)) return node.value;
  if (isSeq(node)) {
    return node.items.map((item, index) =>
      toValue(item as ParsedNode | null, [...path, index], fail, counted),
    );
  }
  const object: Record<string, unknown> = Object.create(null);
  for (const { key, value } of node.items) {
    const name = isScalar(key) ? key.value : undefined;
    if (typeof name !== 'string' || key.tag !== undefined) {
      throw fail(key, path, `expected a name as key, got ${describe(name)}`);
    }
    if (Object.hasOwn(object, name))
      throw fail(key, [...path, name], 'is there twice', 'Keep one of the two.');
    object[name] = toValue(value, [...path, name], fail, counted);
  }
  return object;
}

function offsetOf(root: ParsedNode | null, path: Path, at: 'key' | 'value'): number {
  let node = root;
  let offset = root?.range[0] ?? 0;
  for (const [depth, part] of path.entries()) {
    if (isSeq(node) && typeof part === 'number') {
      node = (node.items[part] as ParsedNode | undefined) ?? null;
    } else if (isMap(node)) {
      const pair = node.items.find(({ key }) => isScalar(key) && key.value === part);
      if (pair === undefined) return offset;
      offset = pair.key.range[0];
      if (at === 'key' && depth === path.length - 1) return offset;
      node = pair.value;
    } else {
      return offset;
    }
    offset = node?.range[0] ?? offset;
  }
  return offset;
}
