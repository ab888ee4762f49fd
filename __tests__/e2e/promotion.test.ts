/** An image that the gate passed, copied by its digest to another region, and verified there: the whole actions. */
import { readFile } from 'node:fs/promises';
import { beforeAll, expect, it } from 'vitest';
import {
  ACCOUNT,
  HOST,
  image,
  LONG_AGO,
  REGION,
  REPOSITORY,
  scanned,
} from '../../emulator/scenarios/build.ts';
import { PERMISSIONS } from '../../scripts/permissions.ts';
import { resourceUri } from '../../src/signing/statements/predicate.ts';
import {
  attestByHand,
  emulate,
  findCosign,
  needsCosign,
  POLICY,
  run,
  shell,
  uriOf,
  verify,
} from './signed.ts';

beforeAll(findCosign, 900_000);

const OTHER_REGION = 'us-east-1';
const COPY = 'prod/app';
const SOURCE = `${HOST}/${REPOSITORY}`;
const images = [image([scanned([], 0, LONG_AGO)])];

it('is verified by the summary of its source until that is revoked, and says so everywhere', async (context) => {
  const cosign = await needsCosign(context);
  const emulator = await emulate(
    'pass-single',
    { others: [{ account: ACCOUNT, region: OTHER_REGION, repositories: [{ name: COPY, images }] }] },
    { images },
  );
  const made = await run(emulator);
  expect(made.outputs.signed, made.log).toBe('true');

  const digest = emulator.digests.get('app');
  const copy = `${ACCOUNT}.dkr.ecr.${OTHER_REGION}.amazonaws.com/${COPY}@${digest}`;
  const inputs = { image: copy, 'max-attestation-age': '1h', 'policy-digest': POLICY };
  const alone = await verify(emulator, inputs);
  expect(alone.outputs, alone.log).toMatchObject({ verdict: 'error', passed: 'false', signed: 'false' });

  const before = emulator.calls.length;
  const promoted = { ...inputs, 'promoted-from': SOURCE };
  const result = await verify(emulator, promoted);
  expect(result.outputs, result.log).toMatchObject({ verdict: 'pass', passed: 'true', signed: 'true' });
  expect(result.outputs.image).toBe(copy);
  expect(JSON.parse(result.outputs.results ?? '')).toMatchObject([
    { image: copy, verdict: 'pass', promotedFrom: [SOURCE] },
  ]);
  const report = JSON.parse(await readFile(result.outputs.report ?? '', 'utf8'));
  expect(report.verification.promotedFrom).toEqual([SOURCE]);
  expect(report.images[0].proofs).toMatchObject([
    { kind: 'signature', state: 'proven', promotedFrom: SOURCE },
    { kind: 'attestation', state: 'proven', promotedFrom: SOURCE },
    { kind: 'findings', state: 'proven', promotedFrom: null },
  ]);
  expect(result.summary).toContain(`Verified by the summary of ${SOURCE}`);
  expect(result.summary).toContain(`promoted from: <code>${SOURCE}</code>`);
  expect(result.log).toContain(`Verified by the summary of ${SOURCE}: PASSED by policy`);
  // The commands look where the evidence is.
  const commands = (result.outputs['cosign-verify-commands'] ?? '').split('\n');
  expect(commands).toHaveLength(2);
  const inShell = await shell(emulator, cosign);
  for (const command of commands) {
    expect(command).toContain(`${SOURCE}@${digest}`);
    const { code, output } = await inShell(command);
    expect(code, output).toBe(0);
  }
  // Today's findings are those of the copy, and of the source nothing is read but what the documents list.
  const calls = emulator.calls.slice(before).map(({ api, body }) => ({ api, body }));
  const atSource = calls.filter(({ body }) => body.includes(`"repositoryName":"${REPOSITORY}"`));
  expect(new Set(atSource.map(({ api }) => `ecr:${api}`))).toEqual(
    new Set(PERMISSIONS.promotion.flatMap(({ actions }) => actions)),
  );

  const failed = {
    resourceUri: resourceUri({ account: ACCOUNT, region: REGION }, REPOSITORY),
    verificationResult: 'FAILED',
    timeVerified: new Date(emulator.now() + 1_000).toISOString(),
  };
  await attestByHand(emulator, failed, { image: uriOf(emulator) });
  const revoked = await verify(emulator, promoted);
  expect(revoked.outputs, revoked.log).toMatchObject({ verdict: 'error', passed: 'false' });
  expect(revoked.log).toMatch(/says FAILED/);
  expect(revoked.log).toMatch(
    `--registry-id ${ACCOUNT} --region ${REGION} --repository-name ${REPOSITORY} --image-ids imageDigest=`,
  );
});
