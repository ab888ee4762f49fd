/** What the search has found, by name: each stays found. */
import { describe, expect, it } from 'vitest';
import { CATALOGUE, finding } from '../../emulator/findings.ts';
import { old, single } from './gate-subjects.ts';
import type { Json } from './mutate.ts';
import { type Outcome, play } from './stage.ts';

const scenario = single([old([finding(CATALOGUE.log4shell)])]);

/** Plays the gate with one API's answers changed. */
function answering(api: string, change: (body: { [name: string]: Json }) => Json): Promise<Outcome> {
  return play({ action: 'gate', scenario }, (where, _, value) => {
    if (where !== api) return value;
    const answer = value as { [name: string]: Json };
    return { ...answer, body: change(answer.body as { [name: string]: Json }) };
  });
}

describe('a malformed answer about images is named by API and member, and is no defect of the gate', () => {
  it.each<[string, string, (body: { [name: string]: Json }) => Json, RegExp]>([
    ['images that are a structure', 'BatchGetImage', (body) => ({ ...body, images: {} }), /images/],
    ['images that are a number', 'BatchGetImage', (body) => ({ ...body, images: 7 }), /images/],
    ['a null among the images', 'BatchGetImage', (body) => ({ ...body, images: [null] }), /images/],
    ['failures that are a text', 'BatchGetImage', (body) => ({ ...body, failures: 'none' }), /failures/],
    ['a null among the failures', 'BatchGetImage', (body) => ({ ...body, failures: [null] }), /failures/],
    [
      'a manifest that is no text',
      'BatchGetImage',
      (body) => ({ ...body, images: [{ ...Object((body.images as Json[])[0]), imageManifest: {} }] }),
      /images\.0\.imageManifest/,
    ],
    [
      'details that are a text',
      'DescribeImages',
      (body) => ({ ...body, imageDetails: 'one' }),
      /imageDetails/,
    ],
    [
      'a null among the details',
      'DescribeImages',
      (body) => ({ ...body, imageDetails: [null] }),
      /imageDetails/,
    ],
    [
      'a digest that is a number',
      'DescribeImages',
      (body) => ({
        ...body,
        imageDetails: [{ ...Object((body.imageDetails as Json[])[0]), imageDigest: 7 }],
      }),
      /imageDetails\.0\.imageDigest/,
    ],
  ])('%s', async (_, api, change, member) => {
    const { verdict, errors } = await answering(`ecr:${api}`, change);
    expect(verdict).toBe('error');
    const [error] = errors;
    expect(error?.code).toBe('not-proven');
    expect(error?.message).toContain(`ecr:${api}`);
    expect(error?.message).toMatch(member);
  });
});
