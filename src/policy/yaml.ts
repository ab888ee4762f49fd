/** YAML 1.2 as data: no tags, no aliases, no merge keys, no second document, no key twice. */
import {
  type Document,
  type ErrorCode,
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
import { GateError } from '../errors.ts';
import { MAX_YAML_BYTES } from './limits.ts';
import {
  DEEPEST,
  decode,
  describe,
  duplicateKey,
  known,
  type Path,
  type Position,
  problem,
  quote,
  type SourceDocument,
  type Vocabulary,
} from './source.ts';

/** How much of a line is looked at for what somebody may have meant. */
const LONGEST_HINT = 200;

/**
 * Parses a YAML document. `yes`, `no`, `on` and dates are text in YAML 1.2, and stay text.
 * @param vocabulary which words of the document messages may contain; default: all
 * @throws GateError `input` with file, line and column
 */
export function parseYaml(bytes: Uint8Array, file: string, vocabulary?: Vocabulary): SourceDocument {
  const text = decode(bytes, file, MAX_YAML_BYTES);
  const counter = new LineCounter();
  const at = (offset: number): Position => {
    const { line, col } = counter.linePos(Math.min(offset, text.length));
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const document = parse(text, file, vocabulary, counter, at);
  let size = 0;
  const value = toValue(document.contents, [], {
    vocabulary,
    fail: (node, path, what, nextStep) =>
      problem(file, at(node?.range[0] ?? 0), known(path, vocabulary), what, nextStep),
    duplicateKey: (node, path) => duplicateKey(file, at(node.range[0]), path, vocabulary),
    counted: () => {
      size += 1;
    },
  });
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
  vocabulary: Vocabulary | undefined,
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
    throw new GateError('input', `${file}: it cannot be read as YAML.`, { cause: error });
  }
  const [document, second] = documents;
  const wrong = documents.flatMap(({ errors, warnings }) => [...errors, ...warnings])[0];
  if (wrong !== undefined) {
    const what = vocabulary === undefined ? sentence(wrong.message) : MISTAKES[wrong.code];
    throw problem(file, at(wrong.pos[0]), [], `it is not valid YAML: ${what}`, hint(text, wrong, vocabulary));
  }
  if (document === undefined || document.contents === null) {
    const what = 'expected a YAML document, got an empty file';
    throw problem(file, at(0), [], what, 'The document has to begin with: version: 1');
  }
  if (second !== undefined) {
    throw problem(file, at(second.range[0]), [], 'expected one YAML document, got a second one');
  }
  if (document.directives?.yaml.explicit && document.directives.yaml.version !== '1.2') {
    throw problem(file, at(0), [], 'expected YAML 1.2, got a directive for another version');
  }
  return document;
}

/** The library's message as the end of ours. It can quote the text. */
function sentence(message: string): string {
  const end = message.trimEnd();
  return (end.endsWith('.') ? end.slice(0, -1) : end).slice(0, 200);
}

/** What the library's error codes mean, without a word of the text. */
const MISTAKES: Readonly<Record<ErrorCode, string>> = {
  ALIAS_PROPS: 'an alias cannot have a tag or an anchor',
  BAD_ALIAS: 'an alias or an anchor has no name, or one that ends in a colon',
  BAD_COLLECTION_TYPE: 'a tag does not fit the list or mapping that has it',
  BAD_DIRECTIVE: 'there is no such directive',
  BAD_DQ_ESCAPE: 'a backslash in double quotes begins no escape that YAML has',
  BAD_INDENT: 'the indentation does not match the lines around it',
  BAD_PROP_ORDER: 'a tag or an anchor has to follow the indicator',
  BAD_SCALAR_START: 'text that begins with such a character needs quotes',
  BLOCK_AS_IMPLICIT_KEY: 'a mapping or a list cannot begin in the middle of such a line',
  BLOCK_IN_FLOW: 'a list or mapping in brackets cannot contain a block',
  DUPLICATE_KEY: 'a key is there twice',
  IMPOSSIBLE: 'there is text where YAML allows none',
  KEY_OVER_1024_CHARS: 'a key has more than 1024 characters',
  MISSING_CHAR: 'a character is missing, such as a closing quote or bracket, a comma, a colon or a space',
  MULTILINE_IMPLICIT_KEY: 'a key has more than one line',
  MULTIPLE_ANCHORS: 'a value has more than one anchor',
  MULTIPLE_DOCS: 'there is more than one document',
  MULTIPLE_TAGS: 'a value has more than one tag',
  NON_STRING_KEY: 'all keys must be strings',
  RESOURCE_EXHAUSTION: 'it nests too deeply',
  TAB_AS_INDENT: 'tabs are not allowed as indentation',
  TAG_RESOLVE_FAILED: 'a value has a tag that is not known',
  UNEXPECTED_TOKEN: 'YAML does not expect this here',
};

/** The two traps that YAML sets for what is written here: `score: >=7.0` and `reason: one thing: another`. */
function hint(
  text: string,
  { pos: [offset], message }: YAMLError,
  vocabulary: Vocabulary | undefined,
): string | undefined {
  const start = text.lastIndexOf('\n', offset) + 1;
  const [line = ''] = text.slice(start, start + LONGEST_HINT).split('\n', 1);
  const bound = /([a-z-]+):\s*(>=?\s*\d[\d.]*)/.exec(line);
  if (bound?.[1] !== undefined && (vocabulary?.has(bound[1]) ?? true))
    return `YAML gives ">" a meaning of its own. Write: ${bound[1]}: "${bound[2]}"`;
  return message.startsWith('Nested mappings') ? 'Text with ": " in it needs quotes.' : undefined;
}

/** Makes the errors about values. */
interface Critic {
  readonly vocabulary: Vocabulary | undefined;
  readonly fail: (node: ParsedNode | null, path: Path, what: string, nextStep?: string) => GateError;
  readonly duplicateKey: (key: ParsedNode, path: Path) => GateError;
  readonly counted: () => void;
}

function toValue(node: ParsedNode | null, path: Path, critic: Critic): unknown {
  critic.counted();
  if (node === null) return null;
  const { vocabulary, fail } = critic;
  const isQuoted = vocabulary === undefined;
  if (path.length > DEEPEST) throw fail(node, [], `nests deeper than ${DEEPEST} levels`);
  if (isAlias(node)) {
    const alias = isQuoted ? `the alias *${node.source.slice(0, 40)}` : 'an alias';
    throw fail(node, path, `uses ${alias}`, 'Write the value out.');
  }
  if (node.tag !== undefined) {
    const tag = isQuoted ? `the tag ${quote(node.tag)}` : 'a tag';
    throw fail(node, path, `has ${tag}`, 'Leave the tag out: values are read as they are.');
  }
  if (isScalar(node)) return node.value;
  if (isSeq(node)) {
    return node.items.map((item, index) => toValue(item as ParsedNode | null, [...path, index], critic));
  }
  const object: Record<string, unknown> = Object.create(null);
  for (const { key, value } of node.items) {
    const name = isScalar(key) ? key.value : undefined;
    if (typeof name !== 'string' || key.tag !== undefined) {
      throw fail(key, path, `expected a name as key, got ${describe(name, isQuoted)}`);
    }
    if (Object.hasOwn(object, name)) throw critic.duplicateKey(key, [...path, name]);
    object[name] = toValue(value, [...path, name], critic);
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
