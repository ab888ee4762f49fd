/** What is attached to a digest in several repositories. */
import { describe, expect, it } from 'vitest';
import { registryOf } from '../../../src/image/reference.ts';
import { evidenceOf, readPlaces } from '../../../src/signing/evidence/places.ts';
import {
  type EvidenceSource,
  type Subject,
  UnreadableEvidence,
} from '../../../src/signing/evidence/source.ts';
import { SUMMARY_TYPE } from '../../../src/signing/statements/predicate.ts';
import { Attached, bundleOf, digestOf, envelopeOf, newKey, statementText } from '../attached.ts';

const digest = digestOf('{}');
const key = newKey();
const deadline = { signal: new AbortController().signal, sleep: async () => {} };
const place = (repository: string, host?: string) => {
  const registry = registryOf('123456789012', 'eu-central-1');
  return { registry: { ...registry, host: host ?? registry.host }, repository };
};
const [OWN, SOURCE, OTHER] = [place('prod/app'), place('team/app'), place('staging/app')];
const nameOf = ({ repository }: { repository: string }) =>
  `123456789012.dkr.ecr.eu-central-1.amazonaws.com/${repository}`;

const text = (result: string) => statementText(SUMMARY_TYPE, { verificationResult: result }, digest);

/** One registry with several repositories. */
function sourceOf(repositories: Readonly<Record<string, Attached>>): EvidenceSource & { read: string[] } {
  const read: string[] = [];
  const at = ({ repository }: Subject) => {
    read.push(repository);
    const found = repositories[repository];
    if (found === undefined) throw new UnreadableEvidence('it is not there', 'Look for it.');
    return found;
  };
  return {
    read,
    referrers: async (subject, token) => at(subject).referrers(subject, token),
    manifests: async (subject, ids) => at(subject).manifests(subject, ids),
    blob: async (subject, one, most) => at(subject).blob(subject, one, most),
  };
}

describe('the places of an image', () => {
  it('begin with its own repository, and have every other one once', async () => {
    const source = sourceOf({
      'prod/app': new Attached(digest),
      'team/app': new Attached(digest),
      'staging/app': new Attached(digest),
    });
    const fips = '123456789012.dkr.ecr-fips.eu-central-1.amazonaws.com';
    const listed = [SOURCE, place('prod/app', fips), OTHER, place('team/app', fips), OWN];
    const places = await readPlaces(source, { ...OWN, digest }, listed, deadline);
    expect(places.map((one) => [one.source, one.subject.repository, one.subject.digest])).toEqual([
      [undefined, 'prod/app', digest],
      [nameOf(SOURCE), 'team/app', digest],
      [nameOf(OTHER), 'staging/app', digest],
    ]);
    expect(new Set(source.read)).toEqual(new Set(['prod/app', 'team/app', 'staging/app']));
  });

  it('have together what is attached in any of them, each manifest once', async () => {
    const [own, other] = [new Attached(digest), new Attached(digest)];
    const both = bundleOf(text('PASSED'), key);
    const shared = own.refer(both);
    expect(other.refer(both)).toBe(shared);
    const alone = other.refer(bundleOf(text('FAILED'), key));
    const legacy = Buffer.from(JSON.stringify(envelopeOf(text('FAILED'), key)));
    const tagged = own.tag('att', [legacy]);
    other.tag('att', [legacy]);
    const source = sourceOf({ 'prod/app': own, 'team/app': other });
    const places = await readPlaces(source, { ...OWN, digest }, [SOURCE], deadline);
    const { attestations, referrers } = evidenceOf(places);
    expect(attestations.map(({ manifest }) => manifest.digest)).toEqual([shared, tagged, alone]);
    // Signatures of others are listed for the image's own repository.
    expect(referrers.map((one) => one.digest)).toEqual([shared]);
    // Each place still says what is attached there.
    expect(places[1]?.evidence.attestations).toHaveLength(3);
  });

  it('have both forms of a manifest that is a referrer in one place and a legacy tag in the other', async () => {
    const [own, other] = [new Attached(digest), new Attached(digest)];
    const bundle = bundleOf(text('FAILED'), key);
    const manifest = other.refer(bundle);
    // Everyone who may push to the repository of the copy can point the tag at it, and cosign then reads it in another way.
    own.texts.set(manifest, other.texts.get(manifest) ?? '');
    own.blobs.set(digestOf(bundle), bundle);
    own.tags.set(`${digest.replace(':', '-')}.att`, manifest);
    for (const [first, second] of [
      [own, other],
      [other, own],
    ] as const) {
      const source = sourceOf({ 'prod/app': first, 'team/app': second });
      const { attestations } = evidenceOf(await readPlaces(source, { ...OWN, digest }, [SOURCE], deadline));
      expect(new Set(attestations.map(({ format }) => format))).toEqual(new Set(['bundle', 'legacy']));
    }
  });

  it('keep several attestations of one manifest', async () => {
    const own = new Attached(digest);
    own.tag(
      'att',
      ['PASSED', 'FAILED'].map((result) => Buffer.from(JSON.stringify(envelopeOf(text(result), key)))),
    );
    const places = await readPlaces(sourceOf({ 'prod/app': own }), { ...OWN, digest }, [], deadline);
    expect(evidenceOf(places).attestations).toHaveLength(2);
  });

  it('are unknown if one of them cannot be read, and the error names it', async () => {
    const source = sourceOf({ 'prod/app': new Attached(digest), 'team/app': new Attached(digest) });
    await expect(readPlaces(source, { ...OWN, digest }, [SOURCE, OTHER], deadline)).rejects.toMatchObject({
      name: 'UnreadableEvidence',
      message: `in ${nameOf(OTHER)}, which promoted-from lists, it is not there`,
      nextStep: 'Look for it.',
    });
    await expect(readPlaces(source, { ...OTHER, digest }, [SOURCE], deadline)).rejects.toMatchObject({
      message: 'it is not there',
    });
  });
});
