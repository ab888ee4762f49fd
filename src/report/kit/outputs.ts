/** The outputs of each action, and their values until a run sets them. */
import type { ActionName } from '../../action.ts';

const SHARED = [
  'verdict',
  'passed',
  'image',
  'digest',
  'signed',
  'critical',
  'high',
  'medium',
  'low',
  'informational',
  'untriaged',
  'total',
  'blocking',
  'report',
  'sarif',
  'results',
  'cosign-verify-commands',
] as const;

/** The outputs of each action, as its metadata file lists them. */
export const OUTPUTS = {
  gate: [...SHARED, 'bundles'],
  verify: [...SHARED, 'changed'],
  audit: [
    'verdict',
    'passed',
    'critical',
    'high',
    'medium',
    'low',
    'unknown',
    'report',
    'sarif',
    'access-map',
    'graph',
  ],
} as const satisfies Readonly<Record<ActionName, readonly string[]>>;

/** The outputs of an action, by name. */
export type Outputs<A extends ActionName> = Readonly<Record<(typeof OUTPUTS)[A][number], string>>;

/** The outputs that the gate and the verify action share. */
export type SharedOutputs = Readonly<Record<(typeof SHARED)[number], string>>;

/** Values that allow nothing and hide nothing. All other outputs are empty. */
const UNFINISHED: Readonly<Record<string, string>> = {
  verdict: 'error',
  passed: 'false',
  signed: 'false',
  results: '[]',
  changed: 'true',
};

/** The outputs of a step that ended before it could set them. */
export const UNFINISHED_OUTPUTS: { readonly [A in ActionName]: Outputs<A> } = {
  gate: unfinished(OUTPUTS.gate),
  verify: unfinished(OUTPUTS.verify),
  audit: unfinished(OUTPUTS.audit),
};

function unfinished<const N extends string>(names: readonly N[]): Readonly<Record<N, string>> {
  return Object.fromEntries(names.map((name) => [name, UNFINISHED[name] ?? ''])) as Record<N, string>;
}
