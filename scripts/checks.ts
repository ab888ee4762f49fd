/** The checks of the audit as docs/audit.md shows them: a table of each family, and what each check means. */
import { type CheckText, FAMILIES, type Family, type Kind } from '../src/audit/check.ts';
import { CHECK_TEXTS } from '../src/audit/checks/index.ts';

const ABOUT: Readonly<Record<Family, string>> = {
  scanning: 'Whether images are scanned, and stay scanned.',
  policy: 'What repository policies and registry policies say.',
  lifecycle: 'What lifecycle policies expire and archive.',
  tags: 'Whether tags can be moved.',
  encryption: 'The keys that encrypt repositories.',
  cache: 'Pull-through caches.',
  template: 'The documents of repository creation templates.',
  registry: 'What other accounts can do with the registry, and where it replicates to.',
  runtime: 'The images that ECS, Lambda and, by Amazon Inspector, EKS run.',
  access: 'Who can push, pull and take control, against what is expected.',
};

const KINDS: Readonly<Record<Kind, string>> = {
  registry: 'registry',
  repository: 'repository',
  'cache-rule': 'cache rule',
  template: 'template',
  role: 'role',
  user: 'user',
};

/** The Markdown between the markers `checks`. */
export function checksText(): string {
  return [...FAMILIES.map(tableOf), ...FAMILIES.map(detailsOf)].join('\n\n');
}

function checksOf(family: Family): readonly CheckText[] {
  return CHECK_TEXTS.filter(({ id }) => id.startsWith(`${family}/`));
}

function tableOf(family: Family): string {
  const rows = checksOf(family).map(({ id, kinds, severities, title }) =>
    row([
      `[\`${id}\`](#${anchorOf(id)})`,
      kinds.map((kind) => KINDS[kind]).join(', '),
      severities.join(', '),
      title,
    ]),
  );
  const head = [row(['check', 'about a', 'severity', 'passes when']), row(['---', '---', '---', '---'])];
  return [`**${family}**: ${ABOUT[family]}`, '', ...head, ...rows].join('\n');
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

/** GitHub's anchor of a heading: in small letters, without punctuation. */
function anchorOf(id: string): string {
  return id.replace(/[^a-z0-9-]/g, '');
}

function detailsOf(family: Family): string {
  return [`### Checks of ${family}`, ...checksOf(family).map(detailOf)].join('\n\n');
}

function detailOf({ id, means, why, fix, nearest, reference }: CheckText): string {
  return [
    `#### \`${id}\``,
    '',
    `- **Fails when:** ${means}`,
    `- **Why it matters:** ${why}`,
    `- **How to fix it:** ${fix}`,
    `- **Nearest checks elsewhere:** ${nearest === 'none' ? 'None.' : nearest}`,
    `- **Reference:** <${reference}>`,
  ].join('\n');
}
