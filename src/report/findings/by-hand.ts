/** The commands that verify images by hand, as an output and as a folded block of the summary. */
import { allows } from '../../results/modes/envelope.ts';
import { type ImageReport, verdictOf } from '../../results/modes/images.ts';
import { code, details, more } from '../kit/blocks.ts';
import { html } from '../kit/escape.ts';
import { shortName } from './words.ts';

/** An image with the commands for what was verified of it. */
export interface CommandsOf {
  readonly image: ImageReport;
  readonly commands: readonly (string | undefined)[];
}

const MAX_COMMANDS = 20;
const MAX_COMMAND = 2_000;

/** The commands of the images that passed, one per line. */
export function commandLines(images: readonly CommandsOf[]): readonly string[] {
  return images.flatMap(ofPassed).map(({ command }) => command);
}

/** The same as a folded block. A command that would have to be shortened is not shown. */
export function commandBlock(images: readonly CommandsOf[]): string[] {
  const all = images.flatMap(ofPassed);
  const shown = all.filter(({ command }) => command.length <= MAX_COMMAND).slice(0, MAX_COMMANDS);
  if (all.length === 0) return [];
  const groups = Map.groupBy(shown, ({ image }) => image);
  return [
    details('🧾 Verify by hand', [
      '<p>With cosign 3 and jq, in a POSIX shell that is logged in to the registry. Each command fails if what it verifies does not hold.</p>',
      ...[...groups].flatMap(([image, commands]) => [
        `<p>${code(shortName(image), 300)}</p>`,
        ...commands.map(({ command }) => `<pre><code>${html(command)}</code></pre>`),
      ]),
      ...more(all.length - shown.length),
    ]),
  ];
}

function ofPassed({ image, commands }: CommandsOf): { image: ImageReport; command: string }[] {
  if (!allows(verdictOf(image))) return [];
  return commands.flatMap((command) => (command === undefined ? [] : { image, command }));
}
