/**
 * Parses lifecycle policies into rules, and checks them against the rules in the user guide (README.md).
 *
 * There are two functions. `validate` lists all violations of the published rules, for texts that ECR has not accepted
 * yet. `readPolicy` is for texts that ECR has accepted: each part of a rule that is not understood is unknown, with the
 * reason.
 */
import { givesKeyTwice } from '../../json.ts';

export type StorageClass = 'standard' | 'archive';
export type Action = 'expire' | 'archive';

/**
 * Which images a rule selects by their tags. A tagged rule selects an image if each of its patterns matches at least
 * one tag of the image.
 */
export type Tagging =
  | { readonly status: 'any' | 'untagged' }
  | {
      readonly status: 'tagged';
      readonly list: 'tagPatternList' | 'tagPrefixList';
      /** As the policy lists them. */
      readonly listed: readonly string[];
      /** The same, as patterns: a prefix `v` is the pattern `v*`. */
      readonly patterns: readonly string[];
    };

/** The condition under which a rule acts on an image that it selects. */
export type Criterion =
  | { readonly type: 'imageCountMoreThan'; readonly count: number }
  | { readonly type: AgeType; readonly days: number };

export type AgeType = 'sinceImagePushed' | 'sinceImagePulled' | 'sinceImageTransitioned';

/** A rule. A part of it that is not understood is undefined, and `unknown` says why. */
export interface Rule {
  /** Lower is applied first. */
  readonly priority: number;
  /** Its index in the text, from 0. */
  readonly index: number;
  readonly description: string | undefined;
  readonly storageClass: StorageClass | undefined;
  readonly tagging: Tagging | undefined;
  readonly criterion: Criterion | undefined;
  readonly action: Action | undefined;
  readonly unknown: readonly string[];
}

/** Rules in the order in which they are applied. */
export interface Policy {
  readonly rules: readonly Rule[];
}

/** A violation of ECR's published rules. */
export interface Violation {
  /** The path, such as `rules[2].selection.countUnit`; empty for the whole text. */
  readonly path: string;
  /** What is wrong, as the rest of a sentence about the path. */
  readonly problem: string;
}

/** The policy that ECR accepted, as far as it is understood. */
export type Reading = { readonly policy: Policy } | { readonly unknown: string };

/** "Lifecycle policy length" and "Rules per lifecycle policy" of ECR's service quotas; neither can be raised. */
const MAX_LENGTH = 30_720;
const MAX_RULES = 50;
/** "Images must be in archive storage for a minimum of 90 days before deletion." */
const MIN_ARCHIVED_DAYS = 90;
const MAX_WILDCARDS = 4;
/** How many problems of the same kind are listed. */
const SHOWN = 3;
const COUNT_TYPES = [
  'imageCountMoreThan',
  'sinceImagePushed',
  'sinceImagePulled',
  'sinceImageTransitioned',
] as const;

/** Lists all violations of ECR's published rules; empty for a valid policy. Never throws. */
export function validate(text: string): readonly Violation[] {
  return read(text).violations;
}

/**
 * Reads the text of a policy that ECR accepted. The whole policy is unknown if the order of its rules is: it is not
 * JSON, has a key twice, has a key other than `rules`, or its priorities define no order. Never throws.
 */
export function readPolicy(text: string): Reading {
  const { rules, fatal } = read(text);
  if (fatal.length === 0) return { policy: { rules: rules.toSorted((a, b) => a.priority - b.priority) } };
  const more = fatal.length - SHOWN;
  const shown = fatal.slice(0, SHOWN).map(sentenceOf).join('; ');
  return { unknown: more > 0 ? `${shown}; and ${more} more` : shown };
}

function sentenceOf({ path, problem }: Violation): string {
  return `${path === '' ? 'the policy' : path} ${problem}`;
}

interface Read {
  readonly violations: readonly Violation[];
  /** The problems that make the whole policy unknown. */
  readonly fatal: readonly Violation[];
  /** The rules whose priority is known. */
  readonly rules: readonly Rule[];
}

function read(text: string): Read {
  const violations: Violation[] = [];
  const fatal: Violation[] = [];
  const note: Note = (path, problem) => void violations.push({ path, problem });
  const noteFatal: Note = (path, problem) => {
    note(path, problem);
    fatal.push({ path, problem });
  };
  const list = rulesIn(text, noteFatal);
  if (list.length > MAX_RULES) note('rules', `has ${list.length} rules; ECR allows ${MAX_RULES}`);
  const rules = list
    .map((item, index) => readRule(item, index, note, noteFatal))
    .filter((rule) => rule !== undefined);
  noteRepeatedPriorities(rules, noteFatal);
  noteConflicts(rules, note);
  return { violations, fatal, rules };
}

type Note = (path: string, problem: string) => void;
type Fields = Readonly<Record<string, unknown>>;

function rulesIn(text: string, note: Note): readonly unknown[] {
  const document = documentIn(text, note);
  if (document === undefined) return [];
  noteUnknownKeys(document, '', ['rules'], note);
  const rules = field(document, 'rules');
  if (Array.isArray(rules) && rules.length > 0) return rules;
  note('rules', 'must be a list of at least one rule');
  return [];
}

function documentIn(text: string, note: Note): Fields | undefined {
  if (text.length > MAX_LENGTH) {
    note('', `has ${text.length} characters; ECR allows ${MAX_LENGTH}`);
    return undefined;
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    note('', 'is not valid JSON');
    return undefined;
  }
  if (givesKeyTwice(text, value)) {
    note('', 'has a key twice in one object');
    return undefined;
  }
  if (isObject(value)) return value;
  note('', 'must be an object');
  return undefined;
}

/** A rule whose priority is known; undefined for any other. */
function readRule(item: unknown, index: number, noteAll: Note, noteFatal: Note): Rule | undefined {
  const path = `rules[${index}]`;
  const unknown: string[] = [];
  const note: Note = (at, problem) => {
    unknown.push(sentenceOf({ path: at, problem }));
    noteAll(at, problem);
  };
  if (!isObject(item)) {
    noteFatal(path, 'must be an object');
    return undefined;
  }
  const foreign = noteUnknownKeys(item, path, ['rulePriority', 'description', 'selection', 'action'], note);
  const priority = integer(item, 'rulePriority', path, noteFatal);
  const description = field(item, 'description');
  // The description of a rule has no effect.
  if (description !== undefined && typeof description !== 'string') {
    noteAll(`${path}.description`, 'must be a string');
  }
  const selection = readSelection(field(item, 'selection'), `${path}.selection`, note);
  const action = readAction(field(item, 'action'), field(item, 'selection'), `${path}.action`, note);
  if (priority === undefined) return undefined;
  const parts = foreign ? { ...NOTHING, action: undefined } : { ...selection, action };
  return {
    priority,
    index,
    description: typeof description === 'string' ? description : undefined,
    ...parts,
    unknown,
  };
}

type Selection = Pick<Rule, 'storageClass' | 'tagging' | 'criterion'>;
const NOTHING: Selection = { storageClass: undefined, tagging: undefined, criterion: undefined };

function readSelection(value: unknown, path: string, note: Note): Selection {
  if (!isObject(value)) {
    note(path, 'must be an object');
    return NOTHING;
  }
  const keys = ['tagStatus', 'tagPatternList', 'tagPrefixList', 'storageClass'];
  const foreign = noteUnknownKeys(value, path, [...keys, 'countType', 'countUnit', 'countNumber'], note);
  const tagging = readTagging(value, path, note);
  const criterion = readCriterion(value, path, note);
  const rest = readStorageClass(value, criterion, path, note);
  // What an unknown key may select is unknown either.
  return foreign ? NOTHING : { tagging, ...rest };
}

function readTagging(selection: Fields, path: string, note: Note): Tagging | undefined {
  const lists = (['tagPatternList', 'tagPrefixList'] as const).filter((key) => Object.hasOwn(selection, key));
  const status = field(selection, 'tagStatus');
  if (status === 'any' || status === 'untagged') {
    for (const list of lists) note(`${path}.${list}`, `must be left out with the tagStatus ${status}`);
    return lists.length === 0 ? { status } : undefined;
  }
  if (status !== 'tagged') {
    note(`${path}.tagStatus`, 'must be tagged, untagged or any');
    return undefined;
  }
  const [list, other] = lists;
  if (list === undefined || other !== undefined) {
    note(path, 'must have either a tagPatternList or a tagPrefixList with the tagStatus tagged');
    return undefined;
  }
  const listed = texts(selection, list, path, note);
  if (listed === undefined) return undefined;
  if (list === 'tagPatternList') {
    for (const [at, pattern] of listed.entries()) {
      const wildcards = pattern.split('*').length - 1;
      if (wildcards > MAX_WILDCARDS) {
        note(`${path}.${list}[${at}]`, `has ${wildcards} wildcards; ECR allows ${MAX_WILDCARDS}`);
      }
    }
    return { status, list, listed, patterns: listed };
  }
  const wild = listed.findIndex((prefix) => prefix.includes('*'));
  if (wild >= 0) {
    note(`${path}.${list}[${wild}]`, 'has a wildcard, which the user guide describes only for patterns');
    return undefined;
  }
  return { status, list, listed, patterns: listed.map((prefix) => `${prefix}*`) };
}

function readCriterion(selection: Fields, path: string, note: Note): Criterion | undefined {
  const type = field(selection, 'countType');
  const number = integer(selection, 'countNumber', path, note);
  const unit = field(selection, 'countUnit');
  if (type === 'imageCountMoreThan') {
    if (unit !== undefined)
      note(`${path}.countUnit`, 'must be left out with the countType imageCountMoreThan');
    return number === undefined || unit !== undefined ? undefined : { type, count: number };
  }
  if (type !== 'sinceImagePushed' && type !== 'sinceImagePulled' && type !== 'sinceImageTransitioned') {
    note(`${path}.countType`, `must be one of ${COUNT_TYPES.join(', ')}`);
    return undefined;
  }
  if (unit !== 'days') note(`${path}.countUnit`, `must be days with the countType ${type}`);
  const tooSoon = type === 'sinceImageTransitioned' && number !== undefined && number < MIN_ARCHIVED_DAYS;
  if (tooSoon) {
    note(`${path}.countNumber`, `must be at least ${MIN_ARCHIVED_DAYS} with the countType ${type}`);
  }
  return number === undefined || unit !== 'days' || tooSoon ? undefined : { type, days: number };
}

/** The storage class, and the criterion if it is valid for that class. */
function readStorageClass(
  selection: Fields,
  criterion: Criterion | undefined,
  path: string,
  note: Note,
): Pick<Rule, 'storageClass' | 'criterion'> {
  const explicit = Object.hasOwn(selection, 'storageClass');
  const given = explicit ? selection.storageClass : 'standard';
  if (given !== 'standard' && given !== 'archive') {
    note(`${path}.storageClass`, 'must be standard or archive');
    return { storageClass: undefined, criterion };
  }
  const type = COUNT_TYPES.find((known) => known === selection.countType);
  const needed = type === 'sinceImageTransitioned' ? 'archive' : 'standard';
  if (type === undefined || given === needed) return { storageClass: given, criterion };
  note(`${path}.storageClass`, `must be ${needed} with the countType ${type}`);
  return { storageClass: explicit ? given : undefined, criterion: undefined };
}

function readAction(value: unknown, selection: unknown, path: string, note: Note): Action | undefined {
  if (!isObject(value)) {
    note(path, 'must be an object');
    return undefined;
  }
  if (noteUnknownKeys(value, path, ['type', 'targetStorageClass'], note)) return undefined;
  const type = field(value, 'type');
  const target = field(value, 'targetStorageClass');
  if (type !== 'expire' && type !== 'transition') {
    note(`${path}.type`, 'must be expire or transition');
    return undefined;
  }
  const forbidden = type === 'expire' ? 'sinceImagePulled' : 'sinceImageTransitioned';
  if (isObject(selection) && field(selection, 'countType') === forbidden) {
    note(`${path}.type`, `must not be ${type} with the countType ${forbidden}`);
    return undefined;
  }
  if (type === 'expire') {
    if (target === undefined) return 'expire';
    note(`${path}.targetStorageClass`, 'must be left out with the type expire');
    return undefined;
  }
  if (target === 'archive') return 'archive';
  note(`${path}.targetStorageClass`, 'must be archive with the type transition');
  return undefined;
}

function noteRepeatedPriorities(rules: readonly Rule[], note: Note): void {
  const seen = new Map<number, Rule>();
  for (const rule of rules) {
    const first = seen.get(rule.priority);
    if (first === undefined) seen.set(rule.priority, rule);
    else
      note(
        `rules[${rule.index}].rulePriority`,
        `is ${rule.priority}, the same as that of rules[${first.index}]`,
      );
  }
}

/** What rules of the same storage class must not share. A violation does not make their effect unknown. */
function noteConflicts(rules: readonly Rule[], note: Note): void {
  for (const storageClass of ['standard', 'archive']) {
    const ofClass = rules.filter((rule) => rule.storageClass === storageClass);
    const prefixes = new Map<string, Rule>();
    let untagged: Rule | undefined;
    for (const rule of ofClass) {
      const at = `rules[${rule.index}]`;
      const { tagging } = rule;
      if (tagging?.status === 'any') {
        const later = ofClass.find(({ priority }) => priority > rule.priority);
        if (later !== undefined) {
          const problem = `must be higher than that of rules[${later.index}], because the tagStatus is any`;
          note(`${at}.rulePriority`, problem);
        }
      } else if (tagging?.status === 'untagged') {
        if (untagged !== undefined) {
          note(`${at}.selection.tagStatus`, `is untagged, the same as that of rules[${untagged.index}]`);
        }
        untagged ??= rule;
      } else if (tagging?.status === 'tagged' && tagging.list === 'tagPrefixList') {
        for (const [place, prefix] of tagging.listed.entries()) {
          const first = prefixes.get(prefix);
          if (first !== undefined) {
            note(`${at}.selection.tagPrefixList[${place}]`, `is also a prefix of rules[${first.index}]`);
          }
          prefixes.set(prefix, first ?? rule);
        }
      }
    }
  }
}

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function field(fields: Fields, key: string): unknown {
  return Object.hasOwn(fields, key) ? fields[key] : undefined;
}

/** Whether there were any. */
function noteUnknownKeys(fields: Fields, path: string, known: readonly string[], note: Note): boolean {
  const foreign = Object.keys(fields).filter((key) => !known.includes(key));
  for (const key of foreign.slice(0, SHOWN)) {
    const shown = JSON.stringify(key.length > 40 ? `${key.slice(0, 40)}…` : key);
    note(path, `has the unknown key ${shown}`);
  }
  if (foreign.length > SHOWN) note(path, `has ${foreign.length - SHOWN} more unknown keys`);
  return foreign.length > 0;
}

function integer(fields: Fields, key: string, path: string, note: Note): number | undefined {
  const value = field(fields, key);
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 1) return value;
  note(`${path}.${key}`, 'must be an integer of at least 1');
  return undefined;
}

function texts(fields: Fields, key: string, path: string, note: Note): readonly string[] | undefined {
  const value = field(fields, key);
  if (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((item) => typeof item === 'string' && item !== '')
  ) {
    return value;
  }
  note(`${path}.${key}`, 'must be a list of at least one string, and no string can be empty');
  return undefined;
}
