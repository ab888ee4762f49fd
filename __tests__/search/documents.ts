/**
 * Policy documents within answers of AWS: texts, which a search can change at every place once they are values. IAM
 * encodes its documents as in URLs.
 */
import type { Json } from './mutate.ts';

const DOCUMENTS = new Set([
  'policyText',
  'lifecyclePolicyText',
  'repositoryPolicy',
  'lifecyclePolicy',
  'imageManifest',
]);
const ENCODED = new Set(['PolicyDocument', 'AssumeRolePolicyDocument', 'Document']);

/** The value with each document as a structure of one member, `json` or `encoded`. */
export function documentsParsed(value: Json): Json {
  return within(value, (member, name) => {
    if (typeof member !== 'string') return undefined;
    if (DOCUMENTS.has(name)) return as('json', member);
    return ENCODED.has(name) ? as('encoded', decodeURIComponent(member)) : undefined;
  });
}

/** The same with texts again. */
export function documentsWritten(value: Json): Json {
  return within(value, (member) => {
    const { json, encoded, ...others } = Object(member) as Record<string, Json>;
    if (Array.isArray(member) || Object.keys(others).length > 0) return undefined;
    if (json !== undefined) return JSON.stringify(json);
    return encoded === undefined ? undefined : encodeURIComponent(JSON.stringify(encoded));
  });
}

function as(name: 'json' | 'encoded', text: string): Json | undefined {
  try {
    return { [name]: JSON.parse(text) as Json };
  } catch {
    return undefined;
  }
}

/** Replaces members, at any depth. */
function within(value: Json, replace: (member: Json, name: string) => Json | undefined, name = ''): Json {
  const replaced = replace(value, name);
  if (replaced !== undefined) return replaced;
  if (Array.isArray(value)) return value.map((item: Json) => within(item, replace, name));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [key, within(member, replace, key)]),
  );
}
