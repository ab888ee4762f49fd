import { describe, expect, it } from 'vitest';
import type { AwsClients } from '../../src/aws/clients.ts';
import { listImages } from '../../src/image/listing.ts';
import { parseReference } from '../../src/image/reference.ts';
import { stillTime } from '../clock.ts';

const { registry } = parseReference('123456789012.dkr.ecr.eu-central-1.amazonaws.com/cache/node:1');
const digest = (letter: string) => `sha256:${letter.repeat(64)}`;
const AT = new Date('2026-06-01T00:00:00Z');
const image = (letter: string, tags: string[] | null = [], more: object = {}) => ({
  imageDigest: digest(letter),
  imagePushedAt: AT,
  imageTags: tags,
  ...more,
});

/** Lists a repository whose pages are these; the last one leads nowhere unless `endless`. */
async function list(pages: readonly unknown[], endless = false) {
  const asked: unknown[] = [];
  const send = async ({ input }: { input: { nextToken?: string } }) => {
    asked.push(input);
    const at = Number(input.nextToken ?? 0);
    const isLast = at >= pages.length - 1 && !endless;
    const page = pages[Math.min(at, pages.length - 1)];
    return { ...(page as object), ...(isLast ? {} : { nextToken: String(at + 1) }) };
  };
  const clients = { ecr: () => ({ send }) } as unknown as AwsClients;
  const listing = await listImages(clients, stillTime(1_000).deadline, registry, 'cache/node');
  return { listing, asked };
}

describe('the images of a repository', () => {
  it('are listed by digest and tag, from all pages', async () => {
    const { listing, asked } = await list([
      { imageDetails: [image('a', ['22.11', '22']), image('b', null)] },
      { imageDetails: [image('c', ['23.1'], { imageManifestMediaType: 'x/index' })] },
    ]);
    expect([...listing.images.keys()]).toEqual([digest('a'), digest('b'), digest('c')]);
    expect([...listing.tagged].map(([tag, found]) => [tag, found.digest])).toEqual([
      ['22', digest('a')],
      ['22.11', digest('a')],
      ['23.1', digest('c')],
    ]);
    expect(listing.tagged.get('23.1')).toMatchObject({ pushedAt: AT, mediaType: 'x/index' });
    expect(asked).toHaveLength(2);
    expect(asked[0]).toMatchObject({
      repositoryName: 'cache/node',
      maxResults: 1000,
      registryId: '123456789012',
    });
  });

  it('are the same if the service repeats them', async () => {
    const one = { imageDetails: [image('a', ['22.11'])] };
    expect((await list([one, one])).listing.images.size).toBe(1);
  });

  it.each<[string, readonly unknown[], RegExp]>([
    [
      'two images have one tag',
      [{ imageDetails: [image('a', ['1']), image('b', ['1'])] }],
      /two images with the tag 1/,
    ],
    [
      'an image has two push times',
      [{ imageDetails: [image('a'), image('a', [], { imagePushedAt: new Date(0) })] }],
      /twice, with different values/,
    ],
    ['an image has two sets of tags', [{ imageDetails: [image('a', ['1']), image('a')] }], /twice/],
    ['there is no list', [{}], /imageDetails/],
    ['a digest is none', [{ imageDetails: [{ ...image('a'), imageDigest: 'sha256:0' }] }], /imageDigest/],
    ['a time is a text', [{ imageDetails: [{ ...image('a'), imagePushedAt: 'today' }] }], /imagePushedAt/],
    [
      'a time is no time',
      [{ imageDetails: [{ ...image('a'), imagePushedAt: new Date(Number.NaN) }] }],
      /imagePushedAt/,
    ],
    ['tags are a text', [{ imageDetails: [{ ...image('a'), imageTags: '1' }] }], /imageTags/],
  ])('are unknown if %s', async (_, pages, why) => {
    await expect(list(pages)).rejects.toThrow(why);
  });

  it('are unknown if there are more than five pages', async () => {
    const page = (letter: string) => ({ imageDetails: [image(letter)] });
    expect((await list([...'abcde'].map(page))).listing.images.size).toBe(5);
    await expect(list([...'abcdef'].map(page))).rejects.toThrow(/more images than the 5000/);
    await expect(list([page('a')], true)).rejects.toThrow(/more images/);
  });
});
