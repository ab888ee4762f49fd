/** What to do, as blocks: the upgrades with which an image passes, and the findings that no upgrade resolves. */

import { failuresIn } from '../../errors.ts';
import {
  clearedBy,
  type Obstacle,
  type Remedies,
  remedies,
  sourceName,
  type Upgrade,
} from '../../remedies/plan.ts';
import { verdictAfter } from '../../remedies/rebuild.ts';
import type { Origin } from '../../results/finding.ts';
import { worst } from '../../results/modes/envelope.ts';
import { type ImageReport, type ImagesResult, verdictOf, verdictsIn } from '../../results/modes/images.ts';
import type { BaseAdvice } from '../../results/rebuild.ts';
import { severityWord } from '../../results/severity.ts';
import type { JudgedFinding } from '../../results/verdict.ts';
import { clip } from '../../text.ts';
import { DAY_MS, day } from '../../time.ts';
import { bullets, code, details, lines, link, prose, vulnerability } from '../kit/blocks.ts';
import { html } from '../kit/escape.ts';
import { vendorAdvisory } from '../kit/links.ts';
import { oncePer } from '../kit/once.ts';
import { enumerate, plural, shortDigest } from '../kit/words.ts';
import { ageOf, changeWords, isShown, OLD_MS, recommended, sinceWords, thenWords } from './base-words.ts';
import {
  instructionWords,
  judgedWith,
  limitWords,
  shortName,
  shortReference,
  toleratedWords,
} from './words.ts';

const MAX_UPGRADES = 25;
const MAX_FURTHER = 25;
const MAX_NAMES = 10;
/** How many images of an upgrade are named. */
const MAX_IMAGES = 3;
const MAX_ERRORS = 20;
const MAX_MESSAGE = 4_000;
const MAX_EXCEPTIONS = 10;
/** How long an exception of the template lasts. */
const OFFERED_MS = 30 * DAY_MS;

/** The next steps, those of errors first; nothing if there is nothing to do. */
export const nextSteps = oncePer((report: ImagesResult): string[] => {
  // Upgrades are planned for what a rebuild on a newer base image leaves.
  const later = afterRebuild(report);
  const judged = verdictsIn(later.images).flatMap((verdict) => verdict.judged);
  const plan = remedies(judged, mattersIn(later));
  const errors = [...report.nextSteps.slice(0, MAX_ERRORS).map(stepWords), ...errorSteps(report)];
  const obstacles = obstacleSteps(plan);
  const notes = [...limitSteps(later, plan), ...otherSteps(later)];
  const blocks = [
    ...(errors.length > 0 ? [bullets(errors)] : []),
    ...whoseBlocks(report),
    ...rebuildBlocks(report, 'block'),
    ...upgradeBlocks(later, plan, afterWords(report)),
    ...(obstacles.length > 0 ? ['<p><b>Not resolved by any upgrade</b>:</p>', bullets(obstacles)] : []),
    ...(notes.length > 0 ? [bullets(notes)] : []),
    ...exceptionToCopy(later, plan),
  ];
  const further = [...rebuildBlocks(report, 'warn'), ...furtherUpgrades(later, plan)];
  if (blocks.length === 0) return further;
  return ['<h3>What to do</h3>', ...blocks, ...further];
});

/** The report as it would be after the recommended rebuilds, by today's findings; the same report where there are none. */
function afterRebuild(report: ImagesResult): ImagesResult {
  const images = report.images.map((image): ImageReport => {
    const change = recommended(image);
    if (change === undefined || image.outcome.kind !== 'judged') return image;
    return { ...image, outcome: { kind: 'judged', verdict: verdictAfter(image.outcome.verdict, change) } };
  });
  if (images.every((image, at) => image === report.images[at])) return report;
  const verdict = report.verdict === 'error' ? 'error' : worst(images.map(verdictOf));
  return { ...report, images, verdict };
}

/** What the upgrades come after: `After the rebuild`, which is the first where there is a choice; undefined without any. */
function afterWords({ images }: ImagesResult): string | undefined {
  const choices = images.map(
    ({ advice }) => advice?.newer.filter(({ change }) => change !== undefined) ?? [],
  );
  if (choices.every(({ length }) => length === 0)) return undefined;
  return choices.some(({ length }) => length > 1) ? 'After the first rebuild' : 'After the rebuild';
}

/** The newer base images of the images with a verdict; those for warnings are folded. */
function rebuildBlocks(report: ImagesResult, verdict: 'block' | 'warn'): string[] {
  const items = report.images
    .filter((image) => verdictOf(image) === verdict)
    .flatMap((image) => rebuildItems(image, report));
  if (items.length === 0) return [];
  if (verdict === 'block') return [bullets(items)];
  const count = report.images.filter((image) => recommended(image) !== undefined).length;
  return count === 0 ? [] : [details('🔁 Rebuild on a newer base image, for warnings', [bullets(items)])];
}

function rebuildItems(image: ImageReport, report: ImagesResult): string[] {
  const { advice, outcome } = image;
  if (advice === undefined || outcome.kind !== 'judged') return [];
  const name = report.images.length > 1 ? `${code(shortName(image), 300)}: ` : '';
  const shown = advice.newer.filter(isShown);
  const items = shown.map((newer, at) => {
    const reference = code(shortReference(newer.reference), 300);
    const digest = `${code(shortDigest(newer.digest))}, ${sinceWords(newer.pushedAt, report.judgedAt)}`;
    if (newer.change === undefined) {
      return `🔁 ${name}${reference} points at a newer image now (${digest}) than the image is built on. What a rebuild on it resolves is unknown: ${prose(clip(newer.unknown ?? '', MAX_MESSAGE))}.`;
    }
    const isAlternative = shown.slice(0, at).some(({ change }) => change !== undefined);
    const what =
      newer.kind === 'same-tag'
        ? `<b>Rebuild on today’s ${reference}</b> (${digest})`
        : `<b>${isAlternative ? 'Or build' : 'Build'} on ${reference}</b>, the newest tag of its line (${digest})`;
    const then = thenWords(newer.change, outcome.verdict);
    const passes = then === undefined ? '' : ` <b>${then}</b>, based on today’s findings of both images.`;
    return `🔁 ${name}${what}: ${changeWords(newer.change, outcome.verdict)}.${passes}`;
  });
  if (!advice.isCurrent || recommended(image) !== undefined) return items;
  const isAbout = judgedWith(image, 'block').some((finding) => originOf(finding) === 'base');
  return isAbout ? [...items, `${name}${currentWords(advice, report.judgedAt)}`] : items;
}

/** Says that a rebuild does not help, because the image is built on what the tag points at now. */
function currentWords({ base, pushedAt }: BaseAdvice, judgedAt: Date | undefined): string {
  const reference = code(shortReference(base), 300);
  const old = judgedAt !== undefined && ageOf(pushedAt, judgedAt) > OLD_MS;
  const cache = old
    ? ' If its repository is a pull-through cache, pull the tag once, so that ECR looks for a newer image.'
    : '';
  return `The image is built on the current ${reference} (${sinceWords(pushedAt, judgedAt)}), so a rebuild on it does not resolve the findings in the base image.${cache}`;
}

/** The findings that matter: those that block or warn, and those of a severity whose limit is exceeded. */
function mattersIn({ images }: ImagesResult): (finding: JudgedFinding) => boolean {
  const limited = new Set(
    verdictsIn(images).flatMap(({ exceededLimits }) =>
      exceededLimits.map(({ severity }) => severity.toUpperCase()),
    ),
  );
  return ({ effect, finding }) => effect !== 'allow' || limited.has(finding.severity);
}

/** The next steps of errors, each once; if there are several images, with the names of those that it is about. */
function errorSteps({ error, images }: ImagesResult): string[] {
  if (error !== undefined) {
    const steps = failuresIn(error).flatMap(({ nextStep }) =>
      nextStep === undefined ? [] : [stepWords(nextStep)],
    );
    return [...new Set(steps)];
  }
  const asked = images.flatMap((image) =>
    image.outcome.kind === 'error' && image.outcome.error.nextStep !== undefined
      ? [{ image, step: image.outcome.error.nextStep }]
      : [],
  );
  const steps = [...Map.groupBy(asked, ({ step }) => step)].slice(0, MAX_ERRORS);
  return steps.map(([step, about]) => {
    if (images.length === 1) return stepWords(step);
    const names = about.slice(0, MAX_NAMES).map(({ image }) => code(shortName(image), 300));
    const left = about.length - names.length;
    return `${names.join(', ')}${left > 0 ? ` and ${left} more` : ''}: ${stepWords(step)}`;
  });
}

function stepWords(step: string): string {
  return lines(clip(step, MAX_MESSAGE));
}

/** The upgrades that resolve blocking findings, grouped by layer. */
function upgradeBlocks(
  report: ImagesResult,
  { needed, remaining }: Remedies,
  after: string | undefined,
): string[] {
  if (needed.length === 0) return [];
  const shown = needed.slice(0, MAX_UPGRADES);
  const imagesOf = imagesOfUpgrades(report);
  const groups = Map.groupBy(shown, ({ origin }) => origin);
  const left = needed.length - shown.length;
  return [
    `<p>${lead(report, needed, remaining.length, after)}</p>`,
    ...([...ORIGINS, undefined] as const).flatMap((origin) => {
      const upgrades = groups.get(origin) ?? [];
      if (upgrades.length === 0) return [];
      const title = groups.size === 1 && origin === undefined ? [] : [groupTitle(origin, report)];
      return [...title, bullets(upgrades.map((upgrade) => upgradeItem(upgrade, imagesOf(upgrade))))];
    }),
    ...commands(shown),
    ...(left > 0 ? [`<p>See <code>report.json</code> for ${plural(left, 'more upgrade')}.</p>`] : []),
  ];
}

const ORIGINS: readonly Origin[] = ['base', 'application'];

/** Says that the image passes with the upgrades only if nothing else blocks it, and no data is missing. */
function lead(
  report: ImagesResult,
  needed: readonly Upgrade[],
  remaining: number,
  after: string | undefined,
): string {
  const which = needed.length === 1 ? 'this upgrade' : `these ${needed.length} upgrades`;
  const blocking = report.images.flatMap((image) => judgedWith(image, 'block'));
  const enough =
    report.verdict === 'block' && remaining === 0 && !limitsExceeded(report) && !blocking.some(lacksData);
  const begun = (text: string) =>
    after === undefined ? `${text.slice(0, 1).toUpperCase()}${text.slice(1)}` : `${after}, ${text}`;
  if (enough) {
    const certain = needed.every((upgrade) => upgrade.certain);
    const [what, passes] = report.images.length > 1 ? ['all images', 'pass'] : ['the image', 'passes'];
    const then =
      after !== undefined
        ? `${what} ${certain ? passes : 'should pass'} with ${which}`
        : `with ${which}, ${what} ${certain ? passes : 'should pass'}`;
    return `<b>${begun(then)}</b>, based on today’s findings:`;
  }
  const resolved = blocking.length - remaining;
  const of = resolved === blocking.length ? '' : `${resolved} of `;
  const verb = needed.length === 1 ? 'resolves' : 'resolve';
  const left = after !== undefined ? 'remaining blocking finding' : 'blocking finding';
  return `<b>${begun(`${which} ${verb} ${of}${of === '' ? '' : 'the '}${plural(blocking.length, left)}`)}</b>:`;
}

/** Whether a finding blocks because data that a rule requires is unavailable. */
function lacksData({ reason }: JudgedFinding): boolean {
  return reason.kind === 'rule' && reason.missing.length > 0;
}

function limitsExceeded({ images }: ImagesResult): boolean {
  return verdictsIn(images).some(({ exceededLimits }) => exceededLimits.length > 0);
}

/** How many blocking findings are in the base image; nothing if no layer is known. */
function whoseBlocks(report: ImagesResult): string[] {
  const blocking = report.images.flatMap((image) => judgedWith(image, 'block'));
  const count = (origin: Origin | undefined) =>
    blocking.filter((finding) => originOf(finding) === origin).length;
  const [base, own, unknown] = [count('base'), count('application'), count(undefined)];
  if (base + own === 0) return [];
  // An exceeded limit blocks as well, and counts findings of all layers.
  const alone = !limitsExceeded(report);
  if (alone && base === blocking.length) {
    return [`<p>All blocking findings are in the base image${baseNames(report)}.</p>`];
  }
  if (alone && own === blocking.length) {
    return ['<p>All blocking findings are in your own layers.</p>'];
  }
  const parts = [
    ...(base > 0 ? [`${base} in the base image${baseNames(report)}`] : []),
    ...(own > 0 ? [`${own} in your own layers`] : []),
    ...(unknown > 0 ? [`${unknown} in an unknown layer`] : []),
  ];
  return [
    `<p>${plural(blocking.length, 'blocking finding')}${alone ? '' : ' apart from the limits'}: ${parts.join(', ')}.</p>`,
  ];
}

/** The origin of the layers of all packages of a finding; undefined if it is unknown, or if they have both. */
function originOf({ finding: { packages } }: JudgedFinding): Origin | undefined {
  const [first, ...others] = new Set(packages.map(({ origin, statedOrigin }) => origin ?? statedOrigin));
  return others.length === 0 ? first : undefined;
}

function groupTitle(origin: Origin | undefined, report: ImagesResult): string {
  switch (origin) {
    case 'base': {
      // With advice, the lines above say whether there is a newer one.
      const newer = report.images.some(({ advice }) => advice !== undefined)
        ? ''
        : 'rebuild on a newer one, or ';
      return `<p>🧱 <b>Base image</b>${baseNames(report)}: ${newer}upgrade in your Dockerfile:</p>`;
    }
    case 'application':
      return '<p>🛠️ <b>Your own layers</b>:</p>';
    case undefined:
      return '<p><b>Unknown layer</b>:</p>';
  }
}

/** The names of the base images, and whether only the image itself says that the findings are in them. */
function baseNames(report: ImagesResult): string {
  const bases = new Set(report.images.flatMap(({ baseImages = [] }) => baseImages.map(({ name }) => name)));
  const names = [...bases].slice(0, 3).map((name) => code(shortReference(name), 300));
  const stated = report.images
    .flatMap((image) => judgedWith(image, 'block'))
    .filter((finding) => originOf(finding) === 'base')
    .some(({ finding }) => finding.packages.some(({ origin }) => origin === undefined));
  return `${names.length === 0 ? '' : ` ${names.join(', ')}`}${stated ? ' (according to the image)' : ''}`;
}

/** The images whose findings an upgrade resolves; none if the run has only one image. */
function imagesOfUpgrades({ images }: ImagesResult): (upgrade: Upgrade) => readonly ImageReport[] {
  if (images.length < 2) return () => [];
  const imageOf = new Map(
    images.flatMap((image) =>
      image.outcome.kind === 'judged' ? image.outcome.verdict.judged.map((one) => [one, image] as const) : [],
    ),
  );
  return (upgrade) => {
    const own = new Set(clearedBy(upgrade).map((finding) => imageOf.get(finding)));
    return images.filter((image) => own.has(image));
  };
}

/** `for team/api:1.4.2, team/worker:1.4.2 and 2 more images`. */
function forImages(images: readonly ImageReport[]): string[] {
  if (images.length === 0) return [];
  const names = images.slice(0, MAX_IMAGES).map((image) => code(shortName(image), 300));
  const left = images.length - names.length;
  return [`for ${left > 0 ? `${names.join(', ')} and ${plural(left, 'more image')}` : enumerate(names)}`];
}

/**
 * `openssl 3.0.1 → 3.0.2 (apt) resolves 4 findings, 1 critical`, and the instruction that added it.
 * @param images the images that the upgrade is for, to be named
 */
function upgradeItem(given: Upgrade, images: readonly ImageReport[]): string {
  const [first = '', ...others] = given.versions;
  const target =
    code(first, 60) +
    others
      .slice(0, 5)
      .map((version) => `, ${code(version, 60)}`)
      .join('');
  const newest = others.length > 0 ? ' (whichever is newest)' : '';
  const names = given.names.slice(0, MAX_NAMES).map((name) => `<b>${code(name)}</b>`);
  const unnamed = given.names.length > names.length ? ` and ${given.names.length - names.length} more` : '';
  const source = sourceName(given);
  const from = source === undefined ? '' : ` (${given.ecosystem === undefined ? code(source, 40) : source})`;
  const cleared = clearedBy(given);
  const together = given.clears.length === 0 ? ' together with the other upgrades for these findings' : '';
  const paths = given.filePaths.slice(0, 2).map((path) => code(path, 160));
  const places =
    given.filePaths.length > paths.length
      ? `${paths.join(', ')} and ${given.filePaths.length - paths.length} more`
      : paths.join(', ');
  return [
    `${names.join(', ')}${unnamed} ${code(given.installed, 60)} → ${target}${newest}${from} resolves ${clearedWords(cleared)}${together}`,
    ...forImages(images),
    // The instructions of the base image are in another Dockerfile.
    ...(given.origin === 'base' ? [] : given.instructions)
      .slice(0, 2)
      .map((instruction) => `added by ${code(instructionWords(instruction), 200)}`),
    ...(places === '' ? [] : [`in ${places}`]),
  ].join('<br>');
}

/** The commands that Inspector recommends for these upgrades, each once. */
function commands(upgrades: readonly Upgrade[]): string[] {
  const all = [...new Set(upgrades.flatMap(({ remediations }) => remediations))];
  if (all.length === 0) return [];
  return [
    `<p>Inspector recommends: ${all
      .slice(0, 3)
      .map((command) => code(command, 300))
      .join(', ')}</p>`,
  ];
}

/** `4 findings, 1 critical`; `2 critical findings` where all of them are. */
function clearedWords(findings: readonly JudgedFinding[]): string {
  const worst = findings[0]?.finding.severity;
  const word = worst === undefined ? undefined : severityWord(worst);
  const all = plural(findings.length, 'finding');
  if (word === undefined) return all;
  const count = findings.filter(({ finding }) => finding.severity === worst).length;
  return count === findings.length ? plural(count, `${word} finding`) : `${all}, ${count} ${word}`;
}

const OBSTACLES: Readonly<Record<Obstacle, string>> = {
  partly: 'only some of the affected packages have a fix',
  'no-version': 'the scanner reports no fixed version. See the advisory',
  'not-newer': 'the reported fixed version is not newer than the installed one. See the advisory',
  'no-fix':
    'there is no fix yet. Remove the package, change the base image, or add an exception with a reason and an expiry date',
};

function obstacleSteps({ remaining }: Remedies): string[] {
  return (['partly', 'no-version', 'not-newer', 'no-fix'] as const).flatMap((obstacle) => {
    const findings = remaining.filter((one) => one.obstacle === obstacle).map(({ finding }) => finding);
    if (findings.length === 0) return [];
    const byId = Map.groupBy(findings, ({ finding }) => finding.vulnerabilityId);
    const shown = [...byId].slice(0, MAX_NAMES).map(([id, all]) => {
      const advisory = vendorAdvisory(all[0]?.finding.sourceUrl);
      const packages = packageNames(all).slice(0, 3);
      const names = packages.length === 0 ? '' : ` in ${packages.map((name) => code(name)).join(', ')}`;
      const said = advisory === undefined ? '' : ` (${link(advisory.url, advisory.vendor)})`;
      return `${vulnerability(id)}${names}${said}`;
    });
    const left = byId.size - shown.length;
    return [`${shown.join('; ')}${left > 0 ? ` and ${left} more` : ''}: ${OBSTACLES[obstacle]}.`];
  });
}

/** The packages of all findings of one vulnerability. */
function packageNames(findings: readonly JudgedFinding[]): string[] {
  return [...new Set(findings.flatMap(({ finding }) => finding.packages.map(({ name }) => name)))];
}

/** How many findings are above a limit, and the upgrades that resolve most of those that count. */
function limitSteps({ images }: ImagesResult, { needed, further }: Remedies): string[] {
  return images.flatMap((image) => {
    if (image.outcome.kind !== 'judged') return [];
    const { judged, exceededLimits } = image.outcome.verdict;
    const name = images.length > 1 ? `${code(shortName(image), 300)}: ` : '';
    const own = new Set<JudgedFinding>(judged);
    return exceededLimits.map((limit) => {
      const counting = (upgrade: Upgrade) =>
        upgrade.clears.filter(
          (one) => own.has(one) && one.finding.severity.toLowerCase() === limit.severity && one.counts,
        ).length;
      const most = [...needed, ...further]
        .map((upgrade) => ({ upgrade, clears: counting(upgrade) }))
        .filter(({ clears }) => clears > 0)
        .sort((a, b) => b.clears - a.clears)
        .slice(0, 3)
        .map(({ upgrade, clears }) => `upgrading ${named(upgrade)} resolves ${clears}`);
      const how = most.length === 0 ? 'no upgrade resolves any of them' : most.join(', ');
      return `${name}${limitWords(limit)}. Fix at least ${limit.found - limit.allowed}: ${how}.`;
    });
  });
}

/** `openssl to 3.0.2`. */
function named({ names, versions }: Upgrade): string {
  return `${code(names[0] ?? '')} to ${code(versions[0] ?? '', 60)}`;
}

function otherSteps(report: ImagesResult): string[] {
  const blocking = report.images.flatMap((image) => judgedWith(image, 'block'));
  const unknown = blocking.some(({ reason }) => reason.kind === 'unknown-severity');
  const tolerated = toleratedWords(report);
  return [
    ...(unknown
      ? ['An unknown severity always blocks. Check whether a newer version of this action supports it.']
      : []),
    ...(tolerated === undefined
      ? []
      : [
          `${html(tolerated)}. The output <code>passed</code> is <code>false</code>: do not deploy an image that did not pass.`,
        ]),
  ];
}

// An ID or a name of another form could mean something else in YAML or in a glob.
const COPIED_ID = /^[A-Z]{2,10}-[A-Za-z0-9-]{1,60}$/;
const COPIED_PACKAGE = /^[A-Za-z0-9@][A-Za-z0-9@._/:+-]{0,99}$/;

/** A template of an exceptions file for the findings that no upgrade resolves; only the reasons are missing. */
function exceptionToCopy({ images, judgedAt, startedAt }: ImagesResult, { remaining }: Remedies): string[] {
  const blocked = images.some((image) => verdictOf(image) === 'block');
  const byId = Map.groupBy(
    remaining.filter(({ finding }) => COPIED_ID.test(finding.finding.vulnerabilityId)),
    ({ finding }) => finding.finding.vulnerabilityId,
  );
  const from = (judgedAt ?? startedAt).getTime() + OFFERED_MS;
  if (!blocked || byId.size === 0 || Number.isNaN(new Date(from).getTime())) return [];
  const expires = day(new Date(from));
  const yaml = [...byId].slice(0, MAX_EXCEPTIONS).flatMap(([id, all]) => {
    const [name, ...others] = packageNames(all.map(({ finding }) => finding));
    const only = name !== undefined && others.length === 0 && COPIED_PACKAGE.test(name);
    return [
      `  - id: ${id}`,
      ...(only ? [`    package: &#39;${name}&#39;`] : []),
      '    reason: &#39;TODO: why this risk is accepted&#39;',
      `    expires: ${expires}`,
      ...(all.every(({ obstacle }) => obstacle === 'no-fix') ? ['    until-fixed: true'] : []),
    ];
  });
  const text = ['version: 1', 'exceptions:', ...yaml].join('\n');
  return [
    details('📝 Template for an exceptions file', [
      `<pre><code>${text}</code></pre>`,
      '<p>Set the input <code>exceptions</code> to the path of the file. The policy can restrict exceptions.</p>',
    ]),
  ];
}

/** Upgrades that resolve warnings and no blocking finding. */
function furtherUpgrades(report: ImagesResult, { further }: Remedies): string[] {
  const useful = further.filter((upgrade) => upgrade.clears.some(({ effect }) => effect === 'warn'));
  if (useful.length === 0) return [];
  const shown = useful.slice(0, MAX_FURTHER);
  const imagesOf = imagesOfUpgrades(report);
  const left = useful.length - shown.length;
  return [
    details(`🔧 ${plural(useful.length, 'upgrade')} for warnings`, [
      bullets(shown.map((upgrade) => upgradeItem(upgrade, imagesOf(upgrade)))),
      ...commands(shown),
      ...(left > 0 ? [`<p>See <code>report.json</code> for ${left} more.</p>`] : []),
    ]),
  ];
}
