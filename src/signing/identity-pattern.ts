/** Checks the regular expressions of certificate-identity-regexp. Pure. */

/** A pattern that is accepted, for messages. */
export const IDENTITY_PATTERN_EXAMPLE =
  'https://github\\.com/team/app/\\.github/workflows/release\\.yml@refs/tags/v.*';

/**
 * Anchors a pattern at both ends, since cosign accepts a match of only a part of an identity. Before that it checks
 * whose identities the pattern can match. Every alternative has to begin with `https://HOST/OWNER/` or `spiffe://DOMAIN/`, or
 * to end in `@DOMAIN` with nothing before it that could match a slash; host, owner and domain are literal. With a slash,
 * the e-mail pattern `.*@team\.example` would match the workflow of another owner on a branch named `x@team.example`.
 * @throws Error if the text is not a regular expression, if JavaScript and RE2 read it differently, and if it does
 *   not say whose identities it matches
 */
export function anchoredPattern(text: string): string {
  // cosign reads the pattern with RE2, which treats other kinds of groups, classes that begin with a bracket and POSIX
  // classes differently.
  if (/\(\?(?!:)|\[:|\[\^?\]/.test(text)) {
    throw new Error('only plain groups, (…) and (?:…), and plain classes, […], are supported');
  }
  const pattern = withPlainEscapes(text);
  const unknown = /\\[^bBdDfnpPrsStvwWx]/.exec(pattern)?.[0];
  if (unknown !== undefined) throw new Error(`${unknown} is not supported`);
  try {
    // Without the group that is added below: ")|(" would be valid inside it.
    new RegExp(pattern, 'u');
  } catch (error) {
    throw new Error(`it is not a regular expression: ${error instanceof Error ? error.message : error}`);
  }
  for (const alternative of alternativesOf(pattern)) {
    if (!saysWhose(alternative)) {
      throw new Error(
        'it does not say whose identities it matches: every alternative must begin with a literal host and owner, such as https://github\\.com/team/.*, or match e-mail addresses, such as [^/]+@team\\.example. A dot is written \\.',
      );
    }
  }
  return `^(?:${text})$`;
}

/** RE2 allows a backslash before any ASCII punctuation, JavaScript only before characters with a meaning. */
function withPlainEscapes(text: string): string {
  return text.replace(/\\(.)/gsu, (all, escaped: string) =>
    /[!-/:-@[-`{-~]/.test(escaped) ? `\\x${escaped.charCodeAt(0).toString(16)}` : all,
  );
}

/** A part of a pattern: a character, an escape, a class, a group or an anchor. */
interface Piece {
  /** As it is written, without its quantifier. */
  readonly source: string;
  /** The only character that it matches; undefined if it matches others as well, or repeats. */
  readonly literal: string | undefined;
}

// For patterns that compile: every bracket and parenthesis is closed.
const PIECE =
  /(?<class>\[(?:\\.|[^\]\\])*\])|(?<escape>\\(?:x(?<hex>[\da-f]{2})|p\{[^}]*\}|.))|(?<other>[\^$.|()])|(?<quantifier>[*+?]|\{[^}]*\})|(?<plain>.)/gisuy;

const NAMES = /^\((?:\?:)?[A-Za-z\d-]+(?:\|[A-Za-z\d-]+)*\)$/;

/** Stands for a group of literal names, such as `(?:team|others)`, which is as good as one literal name. */
const SOME_NAME: Piece = { source: 'x', literal: 'x' };

/** The alternatives at the top level, each as its pieces. A group is one piece. */
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
      // It is part of a group, which is one piece.
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

function saysWhose(alternative: readonly Piece[]): boolean {
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

/** The literal characters at the beginning. */
function literals(pieces: readonly Piece[]): string[] {
  const end = pieces.findIndex(({ literal }) => literal === undefined);
  return pieces.slice(0, end === -1 ? undefined : end).map(({ literal = '' }) => literal);
}

function matchesSlash({ source }: Piece): boolean {
  // Groups are not analyzed: they may match a slash.
  return source === '(' || new RegExp(`^${source}$`, 'u').test('/');
}
