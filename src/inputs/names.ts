/** The inputs of each action. Inputs that an action does not have are refused, not ignored. */
import type { ActionName } from '../action.ts';
import { GateError } from '../errors.ts';
import type { InputName } from '../policy/influence.ts';
import { nearest } from '../text.ts';

const SHARED = [
  'image',
  'policy',
  'fail-on',
  'warn-on',
  'ignore-unfixed',
  'exceptions',
  'vex',
  'baseline',
  'base-image',
  'github-token',
  'enforce',
  'scan-type',
  'timeout',
  'settle-time',
  'report-directory',
  'dockerfile',
  'comment',
  'advice',
  'deployment-record',
  'signing-key',
  'signature-format',
  'sign-platforms',
  'signature-annotations',
  'transparency-log',
  'cosign-version',
  'sigstore-trusted-root',
  'notation-trust-policy',
  'notation-trust-store',
] as const satisfies readonly InputName[];

/** The inputs of the audit. They influence no verdict about an image. */
const AUDIT = [
  'registry',
  'role',
  'repositories',
  'policy',
  'fail-on',
  'access',
  'organization-policies',
  'validate-cache',
  'lifecycle-preview',
  'baseline',
  'who-can',
  'issue',
  'github-token',
  'enforce',
  'timeout',
  'report-directory',
] as const;

/** An input of any action. */
export type AnyInputName = InputName | (typeof AUDIT)[number];

/** The inputs of each action, as its metadata file lists them. */
export const INPUTS = {
  gate: [...SHARED, 'attest', 'sign', 'sigstore-signing-config'],
  verify: [
    ...SHARED,
    'certificate-identity',
    'certificate-identity-regexp',
    'certificate-oidc-issuer',
    'max-attestation-age',
    'policy-digest',
    'promoted-from',
    'recheck',
    'deployment-environment',
    'deployment-name',
    'deployment-cluster',
    'deployment-region',
    'baseline-report',
    'issue',
    'issue-title',
  ],
  audit: AUDIT,
} as const satisfies Readonly<Record<ActionName, readonly AnyInputName[]>>;

/** The names of the actions in messages. */
const NAMES: Readonly<Record<ActionName, string>> = {
  gate: 'the gate',
  verify: 'the verify action',
  audit: 'the audit action',
};

/** The names that other tools have for inputs. */
const ALIASES: ReadonlyMap<string, AnyInputName> = new Map(
  Object.entries<AnyInputName>({
    severity: 'fail-on',
    threshold: 'fail-on',
    'fail-severity': 'fail-on',
    'severity-cutoff': 'fail-on',
    'exit-code': 'enforce',
    'fail-build': 'enforce',
    uri: 'image',
    'image-ref': 'image',
    key: 'signing-key',
    token: 'github-token',
    'ignore-file': 'exceptions',
    registries: 'registry',
  }),
);

const PREFIX = 'INPUT_';

/**
 * Refuses inputs that the action does not have: a misspelled threshold must not silently mean the default.
 * @param environment of the step, where the runner puts every input that the workflow gives
 * @throws GateError `input`
 */
export function refuseUnknownInputs(
  action: ActionName,
  environment: Readonly<Record<string, string | undefined>>,
): void {
  const known: readonly string[] = INPUTS[action];
  const variables = new Set(known.map(variableOf));
  const unknown = Object.entries(environment).find(
    ([name, value]) =>
      name.toUpperCase().startsWith(PREFIX) && !variables.has(name.toUpperCase()) && value?.trim(),
  )?.[0];
  if (unknown === undefined) return;
  const name = unknown.slice(PREFIX.length).toLowerCase();
  throw new GateError('input', `The input ${name.slice(0, 80)} does not exist in this action.`, {
    nextStep: adviceOn(name, action),
  });
}

function variableOf(name: string): string {
  return `${PREFIX}${name.replaceAll(' ', '_').toUpperCase()}`;
}

function adviceOn(name: string, action: ActionName): string {
  if (name === 'mode') {
    if (action === 'audit') return 'Remove it: this action always audits.';
    return action === 'verify'
      ? 'Remove it: this action always verifies.'
      : 'Remove it. To verify images, use the action in the directory verify: OWNER/ecr-deployment-gate/verify@v1.';
  }
  const known: readonly string[] = INPUTS[action];
  const others = (['gate', 'verify', 'audit'] as const).filter((other) =>
    INPUTS[other].some((one) => one === name),
  );
  const spelled = name.replaceAll('_', '-');
  const alias = ALIASES.get(spelled);
  if (others.length > 0) {
    return `Remove it: it applies only to ${others.map((other) => NAMES[other]).join(' and ')}.`;
  }
  const meant = alias !== undefined && known.includes(alias) ? alias : nearest(spelled, known);
  return meant === undefined
    ? `Remove it, or correct its name. The inputs are: ${INPUTS[action].toSorted().join(', ')}.`
    : `Did you mean ${meant}?`;
}
