/** The inputs of deployment records: what is missing, unused, too long or the same is refused before the run begins. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GateError } from '../../src/errors.ts';
import { readGateInputs } from '../../src/inputs/gate.ts';
import { readVerifyInputs } from '../../src/inputs/verify.ts';
import { RECORD_LIMITS } from '../../src/results/records.ts';

const HOST = '123456789012.dkr.ecr.eu-central-1.amazonaws.com';
const GIVEN = { image: `${HOST}/team/app:1`, 'signing-key': 'alias/release' };
const RECORDED = { ...GIVEN, 'deployment-record': 'true', 'deployment-environment': 'production' };

const read = (inputs: Readonly<Record<string, string>>) =>
  readVerifyInputs((name) => inputs[name] ?? '').deployment;

function refusal(inputs: Readonly<Record<string, string>>): string {
  try {
    read(inputs);
  } catch (error) {
    if (error instanceof GateError && error.code === 'input') return `${error.message} ${error.nextStep}`;
    throw error;
  }
  throw new Error('it was not refused');
}

describe('deployment-record', () => {
  it('is false by default, and a boolean', () => {
    expect(readGateInputs((name) => ({ image: GIVEN.image })[name] ?? '').deploymentRecord).toBe(false);
    expect(read(GIVEN)).toBeUndefined();
    expect(read({ ...GIVEN, 'deployment-record': 'false' })).toBeUndefined();
    expect(refusal({ ...RECORDED, 'deployment-record': 'yes' })).toMatch(
      /^Input deployment-record: expected true or false/,
    );
  });

  it('has a name for each image, by default that of its repository', () => {
    const image = `${HOST}/team/app:1\n${HOST}/team/web:1`;
    expect(read({ ...RECORDED, image })).toEqual({
      environment: 'production',
      region: undefined,
      cluster: undefined,
      names: ['team/app', 'team/web'],
    });
    const named = { 'deployment-name': ' shop-app \n\nshop-web\n', 'deployment-cluster': 'blue' };
    expect(read({ ...RECORDED, image, ...named, 'deployment-region': 'eu' })).toEqual({
      environment: 'production',
      region: 'eu',
      cluster: 'blue',
      names: ['shop-app', 'shop-web'],
    });
  });

  it('requires an environment', () => {
    expect(refusal({ ...RECORDED, 'deployment-environment': '  ' })).toMatch(
      /^Input deployment-environment: expected the stage .*, got nothing\. For example: deployment-environment: production$/,
    );
  });

  it.each([
    'deployment-environment',
    'deployment-name',
    'deployment-cluster',
    'deployment-region',
  ])('has to be true for %s', (name) => {
    for (const value of ['', 'false']) {
      expect(refusal({ ...GIVEN, 'deployment-record': value, [name]: 'production' })).toBe(
        `Input ${name}: it is not used, because deployment-record is false. Set deployment-record: true, or remove ${name}.`,
      );
    }
  });

  it.each([
    ['too few', `${HOST}/a1:1\n${HOST}/b1:1`, 'app', /expected one name for each image \(2\), got 1/],
    ['too many', `${HOST}/a1:1`, 'app\nweb', /expected one name for each image \(1\), got 2/],
    ['the same', `${HOST}/a1:1\n${HOST}/b1:1`, 'app\napp', /expected a different name for each image/],
    ['the same by default', `${HOST}/a1:1\n${HOST}/a1:2`, '', /expected a different name for each image/],
    [
      'the same by default in two registries',
      `${HOST}/a1:1\n210987654321.dkr.ecr.us-east-1.amazonaws.com/a1:1`,
      '',
      /By default, it is the name of the repository\. Give a name for each image, one per line/,
    ],
  ])('refuses names that are %s', (_, image, name, message) => {
    expect(refusal({ ...RECORDED, image, 'deployment-name': name })).toMatch(message);
  });

  it.each([
    ['deployment-environment', RECORD_LIMITS.place],
    ['deployment-cluster', RECORD_LIMITS.place],
    ['deployment-region', RECORD_LIMITS.place],
    ['deployment-name', RECORD_LIMITS.deploymentName],
  ])('limits %s to %i characters of one line', (name, most) => {
    const character = fc.constantFrom('a', 'ä', '🦊', '<', '`', '|', '[');
    fc.assert(
      fc.property(fc.integer({ min: 1, max: most + 5 }), character, (length, one) => {
        const inputs = { ...RECORDED, [name]: one.repeat(length) };
        if (length <= most) expect(JSON.stringify(read(inputs))).toContain(one.repeat(length));
        else expect(refusal(inputs)).toContain(`Input ${name}: expected at most ${most} characters`);
      }),
      {
        examples: [
          [most, '🦊'],
          [most + 1, 'a'],
        ],
      },
    );
    expect(refusal({ ...RECORDED, [name]: 'a\u0007b' })).toContain(
      `Input ${name}: expected one line of text`,
    );
    if (name !== 'deployment-name') {
      expect(refusal({ ...RECORDED, [name]: 'a\nb' })).toContain(`Input ${name}: expected one line of text`);
    }
  });

  it('of the gate has no deployment', () => {
    const inputs: Record<string, string> = { image: GIVEN.image, 'deployment-record': 'true' };
    expect(readGateInputs((name) => inputs[name] ?? '').deploymentRecord).toBe(true);
  });
});
