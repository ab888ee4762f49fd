/**
 * Parses policy documents into statements.
 *
 * The forms are those of the grammar of the IAM policy language
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html). AWS refuses invalid documents, so
 * AWS understood a document that this parser cannot read. Such a document is unreadable: it makes the decisions that
 * may depend on it `unknown`. It never throws an exception.
 */
import { givesKeyTwice } from '../../json.ts';
import { glob, matches } from './glob.ts';
import { type Operator, operatorNamed } from './operators.ts';

export type Effect = 'Allow' | 'Deny';

/**
 * `principal`: attached to the principal (identity policies, boundaries, service control policies), without a Principal
 * element.
 */
export type DocumentKind = 'principal' | 'repository' | 'registry' | 'trust' | 'rcp';

export type Document = ReadableDocument | { readonly readable: false; readonly reason: string };

export interface ReadableDocument {
  readonly readable: true;
  /** Policy variables are replaced only in version 2012-10-17; in 2008-10-17 they are text. */
  readonly variables: boolean;
  readonly statements: readonly AnyStatement[];
}

export type AnyStatement = Statement | UnreadableStatement;

export interface UnreadableStatement {
  readonly readable: false;
  readonly sid: string;
  /** Undefined if it cannot be read either. */
  readonly effect: Effect | undefined;
  readonly reason: string;
}

export interface Statement {
  readonly readable: true;
  /** The Sid or, without one, `#2` for the second statement. */
  readonly sid: string;
  readonly effect: Effect;
  readonly principals: Principals | undefined;
  readonly actions: Actions;
  /** Undefined if the document is attached to its only resource. */
  readonly resources: Resources | undefined;
  readonly conditions: readonly Condition[];
}

export interface Principals {
  /** NotPrincipal. */
  readonly except: boolean;
  readonly entries: readonly PrincipalEntry[];
}

/** One value of a Principal element. */
export type PrincipalEntry =
  | { readonly type: 'everyone' }
  | { readonly type: 'account'; readonly account: string }
  | { readonly type: 'role' | 'user'; readonly arn: string; readonly account: string }
  | { readonly type: 'session'; readonly account: string; readonly role: string; readonly session: string }
  | { readonly type: 'federated-user'; readonly account: string; readonly arn: string }
  | { readonly type: 'federated'; readonly provider: string }
  | { readonly type: 'service'; readonly name: string }
  | { readonly type: 'canonical'; readonly id: string }
  /** A unique id. If no existing principal has it, it stands for a deleted principal. */
  | { readonly type: 'id'; readonly id: string }
  | { readonly type: 'unreadable'; readonly text: string };

export interface Actions {
  /** NotAction. */
  readonly except: boolean;
  /** Compiled patterns in lower case. */
  readonly patterns: readonly string[];
}

export interface Resources {
  /** NotResource. */
  readonly except: boolean;
  readonly patterns: readonly string[];
}

export interface Condition {
  readonly operator: Operator | undefined;
  readonly set: 'all' | 'any' | undefined;
  readonly ifExists: boolean;
  /** As written; keys are compared without regard to case. */
  readonly key: string;
  readonly values: readonly string[];
  /** For messages: `aws:SourceVpce StringEquals vpce-1`. */
  readonly text: string;
}

/** Far more characters than AWS allows for any policy. A longer text is not read. */
const LONGEST = 256 * 1024;

const VERSIONS: Readonly<Record<string, boolean>> = { '2008-10-17': false, '2012-10-17': true };

/** Reads a policy document; never throws. */
export function parseDocument(text: string, kind: DocumentKind): Document {
  if (text.length > LONGEST) return unreadable(`it is longer than ${LONGEST} characters`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return unreadable('it is not JSON');
  }
  if (givesKeyTwice(text, value)) return unreadable('it has a key twice');
  if (!isObject(value)) return unreadable('it is not an object');
  const strange = Object.keys(value).find((key) => !['Version', 'Id', 'Statement'].includes(key));
  if (strange !== undefined) return unreadable(`it has the element ${shortened(strange)}`);
  const { Version: version = '2008-10-17', Statement: statement } = value;
  const variables = typeof version === 'string' && Object.hasOwn(VERSIONS, version) && VERSIONS[version];
  if (typeof variables !== 'boolean' || (variables === false && version !== '2008-10-17')) {
    return unreadable('its version is neither 2012-10-17 nor 2008-10-17');
  }
  if (statement === undefined) return unreadable('it has no Statement');
  const statements = Array.isArray(statement) ? statement : [statement];
  return {
    readable: true,
    variables,
    statements: statements.map((item, index) => parseStatement(item, `#${index + 1}`, kind)),
  };
}

function unreadable(reason: string): Document {
  return { readable: false, reason };
}

class Unreadable extends Error {}

const ELEMENTS = new Set([
  'Sid',
  'Effect',
  'Principal',
  'NotPrincipal',
  'Action',
  'NotAction',
  'Resource',
  'NotResource',
  'Condition',
]);

function parseStatement(value: unknown, number: string, kind: DocumentKind): AnyStatement {
  if (!isObject(value)) {
    return { readable: false, sid: number, effect: undefined, reason: 'it is not an object' };
  }
  const sid = typeof value.Sid === 'string' && value.Sid !== '' ? value.Sid : number;
  const effect = value.Effect === 'Allow' || value.Effect === 'Deny' ? value.Effect : undefined;
  try {
    const strange = Object.keys(value).find((key) => !ELEMENTS.has(key));
    if (strange !== undefined) throw new Unreadable(`it has the element ${shortened(strange)}`);
    if (effect === undefined) throw new Unreadable('its Effect is neither Allow nor Deny');
    if (value.Sid !== undefined && typeof value.Sid !== 'string')
      throw new Unreadable('its Sid is not a string');
    return {
      readable: true,
      sid,
      effect,
      principals: parsePrincipals(value, kind),
      actions: parseActions(value),
      resources: parseResources(value, kind),
      conditions: parseConditions(value.Condition),
    };
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return { readable: false, sid, effect, reason: error.message };
  }
}

/** The element of the two that a statement has. It can have only one of them. */
function oneOf(
  statement: Readonly<Record<string, unknown>>,
  name: string,
): { except: boolean; value: unknown } | undefined {
  const [value, inverse] = [statement[name], statement[`Not${name}`]];
  if (value !== undefined && inverse !== undefined)
    throw new Unreadable(`it has both ${name} and Not${name}`);
  if (inverse !== undefined) return { except: true, value: inverse };
  return value === undefined ? undefined : { except: false, value };
}

function parseActions(statement: Readonly<Record<string, unknown>>): Actions {
  const element = oneOf(statement, 'Action');
  if (element === undefined) throw new Unreadable('it has no Action');
  const texts = listOfTexts(element.value, 'Action');
  for (const text of texts) {
    if (!/^\*+$/.test(text) && !/^[^:]+:[^:]+$/.test(text)) {
      throw new Unreadable(`${shortened(text)} is not an action`);
    }
  }
  return { except: element.except, patterns: texts.map((text) => glob(lowerCase(text))) };
}

function parseResources(
  statement: Readonly<Record<string, unknown>>,
  kind: DocumentKind,
): Resources | undefined {
  const element = oneOf(statement, 'Resource');
  if (element === undefined) {
    // A repository policy and a trust policy apply to the resource that they are attached to.
    if (kind === 'repository' || kind === 'trust') return undefined;
    throw new Unreadable('it has no Resource');
  }
  return { except: element.except, patterns: listOfTexts(element.value, 'Resource') };
}

function parsePrincipals(
  statement: Readonly<Record<string, unknown>>,
  kind: DocumentKind,
): Principals | undefined {
  const element = oneOf(statement, 'Principal');
  if (kind === 'principal') {
    if (element !== undefined)
      throw new Unreadable('it has a Principal, which this kind of policy cannot have');
    return undefined;
  }
  if (element === undefined) throw new Unreadable('it has no Principal');
  const { except, value } = element;
  if (value === '*') return { except, entries: [{ type: 'everyone' }] };
  if (!isObject(value)) throw new Unreadable('its Principal is neither * nor an object');
  const entries = Object.entries(value).flatMap(([type, names]) =>
    listOfTexts(names, 'Principal').map((name) => parsePrincipal(type, name)),
  );
  if (entries.length === 0) throw new Unreadable('its Principal is empty');
  return { except, entries };
}

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-prefixes
const UNIQUE_ID = /^A(?:GPA|IDA|IPA|KIA|NPA|NVA|ROA|SIA|PKA|BIA|CCA|SCA)[A-Z0-9]{10,}$/;
const IAM_ARN = /^arn:aws[a-z-]*:iam::(\d{12}):(root|role|user)(?:\/([^*?]+))?$/;
const STS_ARN = /^arn:aws[a-z-]*:sts::(\d{12}):(assumed-role|federated-user)\/([^*?]+)$/;

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html */
function parsePrincipal(type: string, name: string): PrincipalEntry {
  if (type === 'Service') return { type: 'service', name };
  if (type === 'Federated') return { type: 'federated', provider: name };
  if (type === 'CanonicalUser') return { type: 'canonical', id: name };
  if (type !== 'AWS') throw new Unreadable(`its Principal has the type ${shortened(type)}`);
  if (name === '*') return { type: 'everyone' };
  if (/^\d{12}$/.test(name)) return { type: 'account', account: name };
  if (UNIQUE_ID.test(name)) return { type: 'id', id: name };
  const [, account = '', what, rest] = IAM_ARN.exec(name) ?? STS_ARN.exec(name) ?? [];
  if (what === 'root' && rest === undefined) return { type: 'account', account };
  if ((what === 'role' || what === 'user') && rest !== undefined) return { type: what, arn: name, account };
  if (what === 'federated-user') return { type: 'federated-user', account, arn: name };
  const [role, session, ...more] = rest?.split('/') ?? [];
  if (what === 'assumed-role' && role && session && more.length === 0) {
    return { type: 'session', account, role, session };
  }
  return { type: 'unreadable', text: shortened(name) };
}

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition.html */
function parseConditions(value: unknown): Condition[] {
  if (value === undefined) return [];
  if (!isObject(value)) throw new Unreadable('its Condition is not an object');
  return Object.entries(value).flatMap(([name, keys]) => {
    if (!isObject(keys)) throw new Unreadable(`the condition ${shortened(name)} is not an object`);
    return Object.entries(keys).map(([key, values]) => condition(name, key, values));
  });
}

function condition(name: string, key: string, written: unknown): Condition {
  const values = (Array.isArray(written) ? written : [written]).map((value: unknown) => {
    if (typeof value === 'string') return value;
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    throw new Unreadable(`the condition on ${shortened(key)} has a value that is not a string`);
  });
  if (values.length === 0) throw new Unreadable(`the condition on ${shortened(key)} has no value`);
  const [, prefix, plain = '', ifExists] =
    /^(ForAllValues:|ForAnyValue:)?(.*?)(IfExists)?$/s.exec(name) ?? [];
  const operator = operatorNamed(plain);
  const strange = operator?.type === 'null' && (prefix !== undefined || ifExists !== undefined);
  return {
    operator: strange ? undefined : operator,
    set: prefix === undefined ? undefined : prefix === 'ForAllValues:' ? 'all' : 'any',
    ifExists: ifExists !== undefined,
    key,
    values,
    text: shortened(`${key} ${name} ${values.slice(0, 20).join(', ')}`, 300),
  };
}

function listOfTexts(value: unknown, element: string): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (list.length === 0) throw new Unreadable(`its ${element} is empty`);
  return list.map((item) => {
    if (typeof item !== 'string' || item === '') throw new Unreadable(`its ${element} is not a string`);
    return item;
  });
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** "Case-insensitive" applies only to A to Z. */
export function lowerCase(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

export function shortened(text: string, longest = 100): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}

const byAction = new WeakMap<ReadableDocument, Map<string, readonly AnyStatement[]>>();

/**
 * The statements of a document that cover an action, and those that cannot be read. Actions are compared
 * without regard to case (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_action.html).
 */
export function statementsFor(document: ReadableDocument, action: string): readonly AnyStatement[] {
  let known = byAction.get(document);
  if (known === undefined) {
    known = new Map();
    byAction.set(document, known);
  }
  let found = known.get(action);
  if (found === undefined) {
    const wanted = lowerCase(action);
    found = document.statements.filter(
      (statement) => !statement.readable || includesAction(statement.actions, wanted),
    );
    known.set(action, found);
  }
  return found;
}

/** Whether a statement covers an action. */
export function isAbout({ actions }: Pick<Statement, 'actions'>, action: string): boolean {
  return includesAction(actions, lowerCase(action));
}

function includesAction({ except, patterns }: Actions, action: string): boolean {
  return patterns.some((pattern) => matches(pattern, action)) !== except;
}
