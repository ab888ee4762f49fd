/** JSON with positions, and no key twice: `JSON.parse` keeps the last one and says nothing. */
import type { GateError } from '../errors.ts';
import {
  DEEPEST,
  decode,
  type Path,
  positionOf,
  problem,
  type SourceDocument,
  twice,
  type Vocabulary,
} from './source.ts';

const MAX_BYTES = 1024 * 1024;

interface Offsets {
  readonly key: number;
  readonly value: number;
}

/**
 * Parses a JSON document.
 * @param vocabulary which words of the document messages may contain; default: all
 * @throws GateError `input` with file, line and column
 */
export function parseJson(bytes: Uint8Array, file: string, vocabulary?: Vocabulary): SourceDocument {
  const text = decode(bytes, file, MAX_BYTES);
  const offsets = new Map<string, Offsets>();
  return {
    file,
    value: new Reader(text, file, offsets, vocabulary).read(),
    locate: (path, at = 'value') => {
      for (let length = path.length; length >= 0; length -= 1) {
        const found = offsets.get(JSON.stringify(path.slice(0, length)));
        if (found) return positionOf(text, length === path.length ? found[at] : found.value);
      }
      return { line: 1, column: 1 };
    },
    example: (key, value) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`,
  };
}

const SPACE = /[ \t\n\r]*/y;
const SCALAR = /"[^"\\]*(?:\\.[^"\\]*)*"|[A-Za-z0-9+.-]+/y;

/** A reader of the grammar of RFC 8259; what a single text or number may look like is `JSON.parse`'s to say. */
class Reader {
  private at = 0;
  private readonly text: string;
  private readonly file: string;
  private readonly offsets: Map<string, Offsets>;
  private readonly vocabulary: Vocabulary | undefined;

  constructor(text: string, file: string, offsets: Map<string, Offsets>, vocabulary: Vocabulary | undefined) {
    this.text = text;
    this.file = file;
    this.offsets = offsets;
    this.vocabulary = vocabulary;
  }

  read(): unknown {
    const value = this.value([], undefined);
    this.skipSpace();
    if (this.at < this.text.length) throw this.invalid(this.at);
    return value;
  }

  private value(path: Path, key: number | undefined): unknown {
    this.skipSpace();
    this.offsets.set(JSON.stringify(path), { key: key ?? this.at, value: this.at });
    if (path.length > DEEPEST) {
      throw problem(this.file, positionOf(this.text, this.at), [], `nests deeper than ${DEEPEST} levels`);
    }
    if (this.takes('[')) return this.list(path);
    return this.takes('{') ? this.object(path) : this.scalar();
  }

  private list(path: Path): unknown[] {
    const items: unknown[] = [];
    if (this.takes(']')) return items;
    do {
      items.push(this.value([...path, items.length], undefined));
    } while (this.takes(','));
    this.expect(']');
    return items;
  }

  private object(path: Path): Record<string, unknown> {
    const object: Record<string, unknown> = Object.create(null);
    if (this.takes('}')) return object;
    do {
      this.skipSpace();
      const start = this.at;
      const name = this.scalar();
      if (typeof name !== 'string') throw this.invalid(start);
      if (Object.hasOwn(object, name)) {
        throw twice(this.file, positionOf(this.text, start), [...path, name], this.vocabulary);
      }
      this.expect(':');
      object[name] = this.value([...path, name], start);
    } while (this.takes(','));
    this.expect('}');
    return object;
  }

  private scalar(): unknown {
    SCALAR.lastIndex = this.at;
    const token = SCALAR.exec(this.text)?.[0];
    if (token === undefined) throw this.invalid(this.at);
    const start = this.at;
    this.at += token.length;
    try {
      return JSON.parse(token);
    } catch {
      throw this.invalid(start);
    }
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
    SPACE.exec(this.text);
    this.at = SPACE.lastIndex;
  }

  private invalid(offset: number): GateError {
    return problem(this.file, positionOf(this.text, offset), [], 'it is not valid JSON');
  }
}
