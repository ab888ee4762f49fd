/** Regular expressions over the identities in certificates, made safe to trust. */

/** A pattern that names whose workflow it is. */
export const IDENTITY_PATTERN_EXAMPLE =
  'https://github\\.com/team/app/\\.github/workflows/release\\.yml@refs/tags/v.*';

/**
 * Anchors a pattern at both ends (cosign's own search would be satisfied by a part of an identity), after proving
 * whose identities it can match. Every alternative has to begin with `https://HOST/OWNER/` or `spiffe://DOMAIN/`, or
 * to end in `@DOMAIN` with nothing before it that could match a slash; host, owner and domain are literal. A slash
 * would let the e-mail pattern `.*@team\.example` match a stranger's workflow on a branch named `x@team.example`.
 * @throws Error for what is no pattern by itself, what JavaScript and RE2 read differently, and what does not name
 *   whose identity it is
 */
export function anchoredPattern(text: string): string {
  // Groups of other kinds and classes that begin with a bracket are not the same in RE2, in which cosign reads the
  // pattern; POSIX classes neither.
  if (/\(\?(?!:)|\[:|\[\^?\]/.test(text)) {
    throw new Error('only plain groups, (…) and (?:…), and plain classes, […], are supported');
  }
  const pattern = withPlainEscapes(text);
  const unknown = /\\[^bBdDfnpPrsStvwWx]/.exec(pattern)?.[0];
  if (unknown !== undefined) throw new Error(`${unknown} is not supported`);
  try {
    // By itself: ")|(" would be sound only between the brackets that are put around it.
    new RegExp(pattern, 'u');
  } catch (error) {
    throw new Error(`it is no regular expression: ${error instanceof Error ? error.message : error}`);
  }
  for (const alternative of alternativesOf(pattern)) {
    if (!namesSomebody(alternative)) {
      throw new Error(
        'it does not say whose identity it is: every alternative of it has to begin with a literal host and owner, as in https://github\\.com/team/.*, or, for e-mail addresses, be like [^/]+@team\\.example; a dot is written \\.',
      );
    }
  }
  return `^(?:${text})$`;
}

/** RE2 takes a backslash before any ASCII punctuation, JavaScript only before its own. */
function withPlainEscapes(text: string): string {
  return text.replace(/\\(.)/gsu, (all, escaped: string) =>
    /[!-/:-@[-`{-~]/.test(escaped) ? `\\x${escaped.charCodeAt(0).toString(16)}` : all,
  );
}

/** A piece of a pattern: one that matches one character, a group or an anchor. */
interface Piece {
  /** As it is written, without its quantifier. */
  readonly source: string;
  /** The character that it is, and nothing else; undefined for every other piece, and for one that repeats. */
  readonly literal: string | undefined;
}

// Of a pattern that compiled: what stands between brackets and parentheses is closed.
const PIECE =
  /(?<class>\[(?:\\.|[^\]\\])*\])|(?<escape>\\(?:x(?<hex>[\da-f]{2})|p\{[^}]*\}|.))|(?<other>[\^$.|()])|(?<quantifier>[*+?]|\{[^}]*\})|(?<plain>.)/gisuy;

const NAMES = /^\((?:\?:)?[A-Za-z\d-]+(?:\|[A-Za-z\d-]+)*\)$/;

/** Some letter: a group of names, `(?:team|others)`, names as much as one name does. */
const SOME_NAME: Piece = { source: 'x', literal: 'x' };

/** The alternatives at the top level, each as its pieces; a group is one piece. */
function alternativesOf(pattern: string): Piece[][] {
  const alternatives: Piece[][] = [[]];
  let depth = 0;
  let opened = 0;
  for (const { 0: source, index, groups = {} } of pattern.matchAll(PIECE)) {
    const pieces = alternatives.at(-1) ?? [];
    if (source === ')') {
      depth -= 1;
      if (depth > 0) continue;
      const isNames = NAMES.test(pattern.slice(opened, index + 1));
      pieces.push(isNames ? SOME_NAME : { source: '(', literal: undefined });
    } else if (source === '(') {
      if (depth === 0) opened = index;
      depth += 1;
    } else if (depth > 0) {
      // Part of a group, which is one piece.
    } else if (source === '|') {
      alternatives.push([]);
    } else if (groups.quantifier !== undefined) {
      const last = pieces.pop();
      if (last !== undefined) pieces.push({ ...last, literal: undefined });
    } else {
      const { hex, plain } = groups;
      const literal = hex === undefined ? plain : String.fromCharCode(Number.parseInt(hex, 16));
      pieces.push({ source, literal });
    }
  }
  return alternatives;
}

function namesSomebody(alternative: readonly Piece[]): boolean {
  const from = alternative[0]?.source === '^' ? 1 : 0;
  const to = alternative.at(-1)?.source === '$' ? -1 : alternative.length;
  const pieces = alternative.slice(from, to);
  const beginning = literals(pieces).join('');
  if (/^(https:\/\/[\w.-]+(:\d+)?\/[\w.-]+\/|spiffe:\/\/[\w.-]+\/)/.test(beginning)) return true;
  const ending = literals(pieces.toReversed()).reverse().join('');
  const domain = /@([A-Za-z0-9-]+\.)+[A-Za-z0-9-]+$/.exec(ending)?.[0] ?? '';
  const person = pieces.slice(0, -domain.length);
  return domain !== '' && person.length > 0 && !person.some(matchesSlash);
}

/** The characters that the pieces begin with. */
function literals(pieces: readonly Piece[]): string[] {
  const end = pieces.findIndex(({ literal }) => literal === undefined);
  return pieces.slice(0, end === -1 ? undefined : end).map(({ literal = '' }) => literal);
}

function matchesSlash({ source }: Piece): boolean {
  // What a group matches is not looked into.
  return source === '(' || new RegExp(`^${source}$`, 'u').test('/');
}
