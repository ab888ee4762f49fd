/** The form of the example policies. Other tests run them with the programs that enforce them. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { SIGNATURE_TYPE } from '../../src/signing/cosign/arguments.ts';
import { SUMMARY_TYPE, thresholdsPolicy, VERIFIER_ID } from '../../src/signing/statements/predicate.ts';

import { THRESHOLDS } from './predicate.ts';

const ROOT = join(import.meta.dirname, '../../examples/admission');
const files = (await readdir(ROOT, { recursive: true })).filter((name) => name.endsWith('.yaml')).sort();

interface Resource {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string };
}

async function documents(name: string): Promise<Resource[]> {
  const parsed = parseAllDocuments(await readFile(join(ROOT, name), 'utf8'), { version: '1.2' });
  return [...parsed].map((document) => {
    expect(document.errors, name).toEqual([]);
    expect(document.warnings, name).toEqual([]);
    return document.toJS() as Resource;
  });
}

describe('examples/admission', () => {
  it('contains the resources that its READMEs describe', async () => {
    const found = await Promise.all(
      files.map(async (name) =>
        (await documents(name)).map(({ apiVersion, kind }) => `${name}: ${apiVersion} ${kind}`),
      ),
    );
    expect(found.flat()).toEqual([
      'gatekeeper/constraint.yaml: constraints.gatekeeper.sh/v1beta1 DeploymentGateSigned',
      'gatekeeper/ratify.yaml: config.ratify.deislabs.io/v1beta1 Store',
      'gatekeeper/ratify.yaml: config.ratify.deislabs.io/v1beta1 KeyManagementProvider',
      'gatekeeper/ratify.yaml: config.ratify.deislabs.io/v1beta1 Verifier',
      'gatekeeper/ratify.yaml: config.ratify.deislabs.io/v1beta1 Policy',
      'gatekeeper/template.yaml: templates.gatekeeper.sh/v1 ConstraintTemplate',
      'kyverno/policy.yaml: policies.kyverno.io/v1 ImageValidatingPolicy',
      'policy-controller/policy.yaml: policy.sigstore.dev/v1beta1 ClusterImagePolicy',
      'policy-controller/policy.yaml: policy.sigstore.dev/v1beta1 ClusterImagePolicy',
      'policy-controller/volumes.yaml: admissionregistration.k8s.io/v1 ValidatingAdmissionPolicy',
      'policy-controller/volumes.yaml: admissionregistration.k8s.io/v1 ValidatingAdmissionPolicyBinding',
    ]);
  });

  it.each([
    'kyverno/policy.yaml',
    'policy-controller/policy.yaml',
  ])('%s requires what the gate attests', async (name) => {
    const text = await readFile(join(ROOT, name), 'utf8');
    expect(text).toContain(SUMMARY_TYPE);
    // A reader who changes only the names in them gets the action's defaults.
    expect(text).toContain(thresholdsPolicy(THRESHOLDS).sha256);
    expect(text).toMatch(new RegExp(`verifier\\.id == ['"]${VERIFIER_ID}['"]`));
  });

  it('requires the type of a signature in Kyverno, and denies on failure', async () => {
    const [policy] = (await documents('kyverno/policy.yaml')) as (Resource & {
      spec: { failurePolicy: string; validationActions: string[]; attestations: object[] };
    })[];
    expect(policy?.spec).toMatchObject({ failurePolicy: 'Fail', validationActions: ['Deny'] });
    expect(policy?.spec.attestations).toContainEqual({ name: 'signature', intoto: { type: SIGNATURE_TYPE } });
  });

  it('sends the images of all kinds of containers and of volumes from Gatekeeper to Ratify', async () => {
    const text = await readFile(join(ROOT, 'gatekeeper/template.yaml'), 'utf8');
    for (const kind of ['containers', 'initContainers', 'ephemeralContainers'])
      expect(text).toContain(`"${kind}"`);
    expect(text).toContain('spec.volumes[_].image.reference');
  });
});
