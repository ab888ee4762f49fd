/** What a run recorded on GitHub, as a block of the summary. */
import type { ImagesResult } from '../../results/modes/images.ts';
import { code, link } from '../kit/blocks.ts';
import { linkedArtifactsUrl } from '../kit/links.ts';
import { plural } from '../kit/words.ts';

const KINDS = { storage: 'storage record', deployment: 'deployment record' } as const;

/** One line; nothing if nothing was recorded. A notice says what could not be recorded. */
export function recordBlock({ records }: Pick<ImagesResult, 'records'>): string[] {
  if (records === undefined) return [];
  const { kind, written, organization, page } = records;
  const url = linkedArtifactsUrl(page);
  const where = url === undefined ? '' : `, in its ${link(url, 'linked artifacts')}`;
  return [
    `<p>🗂️ <b>Recorded on GitHub</b>: ${plural(written, KINDS[kind])} of ${code(organization, 60)}${where}.</p>`,
  ];
}
