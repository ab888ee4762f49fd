/** JSON with positions, and no key twice: `JSON.parse` keeps the last one and says nothing. */
import type { GateError } from '../errors.ts';
import { endOfString } from '../json.ts';
import { MAX_JSON_BYTES, MAX_JSON_VALUES } from './limits.ts';
import {
  DEEPEST,
  decode,
  duplicateKey,
  type Path,
  positionOf,
  problem,
  type SourceDocument,
  tooMany,
  type Vocabulary,
} from './source.ts';

/** Where the items of each list, or the keys of each object, begin. */
type Places = WeakMap<object, readonly number[]>;

/**
 * Parses a JSON document.
 * @param vocabulary which words of the document messages may contain; default: all
 * @throws GateError `input` with file, line and column
 */
export function parseJson(bytes: Uint8Array, file: string, vocabulary?: Vocabulary): SourceDocument {
  const text = decode(bytes, file, MAX_JSON_BYTES);
  const reader = new Reader(text, file, vocabulary);
  const value = reader.read();
  const offsetOf = (path: Path, at: 'key' | 'value' = 'value') => reader.offsetOf(value, path, at);
  return {
    file,
    value,
    size: reader.size,
    offsetOf,
    positionOf: (offset) => positionOf(text, offset),
    locate: (path, at) => positionOf(text, offsetOf(path, at)),
    example: (key, example) => `${JSON.stringify(key)}: ${JSON.stringify(example)}`,
  };
}

const SPACE = /[ \t\n\r]*/y;
const LITERAL = /[A-Za-z0-9+.-]+/y;

/** A reader of the grammar of RFC 8259; what a single text or number may look like is `JSON.parse`'s to say. */
class Reader {
  /** How many values were read. */
  size = 0;
  private at = 0;
  private readonly text: string;
  private readonly file: string;
  private readonly vocabulary: Vocabulary | undefined;
  private readonly places: Places = new WeakMap();
  private start = 0;

  constructor(text: string, file: string, vocabulary: Vocabulary | undefined) {
    this.text = text;
    this.file = file;
    this.vocabulary = vocabulary;
  }

  read(): unknown {
    this.skipSpace();
    this.start = this.at;
    const value = this.value([]);
    this.skipSpace();
    if (this.at < this.text.length) throw this.invalid(this.at);
    return value;
  }

  /** The offset of a value or its key, or of the nearest value around it. */
  offsetOf(root: unknown, path: Path, of: 'key' | 'value'): number {
    let offset = this.start;
    let value = root;
    for (const [depth, part] of path.entries()) {
      const found = this.place(value, part);
      if (found === undefined) return offset;
      if (of === 'key' && depth === path.length - 1) return found.key;
      offset = found.value;
      value = (value as Record<string | number, unknown>)[part];
    }
    return offset;
  }

  private place(parent: unknown, part: string | number): { key: number; value: number } | undefined {
    if (typeof parent !== 'object' || parent === null || !Object.hasOwn(parent, part)) return undefined;
    const places = this.places.get(parent) ?? [];
    if (typeof part === 'number') {
      const value = places[part];
      return value === undefined ? undefined : { key: value, value };
    }
    for (const key of places) {
      this.at = key;
      if (this.scalar() !== part) continue;
      this.expect(':');
      this.skipSpace();
      return { key, value: this.at };
    }
    return undefined;
  }

  private value(path: Path): unknown {
    this.skipSpace();
    this.size += 1;
    if (this.size > MAX_JSON_VALUES) throw tooMany(this.file, MAX_JSON_VALUES, 'values');
    if (path.length > DEEPEST) {
      throw problem(this.file, positionOf(this.text, this.at), [], `nests deeper than ${DEEPEST} levels`);
    }
    if (this.takes('[')) return this.list(path);
    return this.takes('{') ? this.object(path) : this.scalar();
  }

  private list(path: Path): unknown[] {
    const items: unknown[] = [];
    if (this.takes(']')) return items;
    const places: number[] = [];
    this.places.set(items, places);
    do {
      this.skipSpace();
      places.push(this.at);
      items.push(this.value([...path, items.length]));
    } while (this.takes(','));
    this.expect(']');
    return items;
  }

  private object(path: Path): Record<string, unknown> {
    const object: Record<string, unknown> = Object.create(null);
    if (this.takes('}')) return object;
    const places: number[] = [];
    this.places.set(object, places);
    do {
      this.skipSpace();
      const start = this.at;
      const name = this.scalar();
      if (typeof name !== 'string') throw this.invalid(start);
      if (Object.hasOwn(object, name)) {
        throw duplicateKey(this.file, positionOf(this.text, start), [...path, name], this.vocabulary);
      }
      places.push(start);
      this.expect(':');
      object[name] = this.value([...path, name]);
    } while (this.takes(','));
    this.expect('}');
    return object;
  }

  private scalar(): unknown {
    const start = this.at;
    const end = this.endOfScalar();
    if (end === undefined) throw this.invalid(start);
    this.at = end;
    try {
      return JSON.parse(this.text.slice(start, end));
    } catch {
      throw this.invalid(start);
    }
  }

  private endOfScalar(): number | undefined {
    if (this.text[this.at] === '"') return endOfString(this.text, this.at);
    LITERAL.lastIndex = this.at;
    return LITERAL.test(this.text) ? LITERAL.lastIndex : undefined;
  }

  private takes(character: string): boolean {
    this.skipSpace();
    if (this.text[this.at] !== character) return false;
    this.at += 1;
    return true;
  }

  private expect(character: string): void {
    if (!this.takes(character)) throw this.invalid(this.at);
  }

  private skipSpace(): void {
    SPACE.lastIndex = this.at;
    SPACE.test(this.text);
    this.at = SPACE.lastIndex;
  }

  private invalid(offset: number): GateError {
    return problem(this.file, positionOf(this.text, offset), [], 'it is not valid JSON');
  }
}
