/** What to do, as blocks: the upgrades that make an image pass, whose they are, and what no upgrade mends. */

import { failuresIn } from '../../errors.ts';
import {
  clearedBy,
  type Obstacle,
  type Remedies,
  remedies,
  sourceName,
  type Upgrade,
} from '../../remedies/plan.ts';
import type { Origin } from '../../results/finding.ts';
import { type ImagesResult, verdictOf, verdictsIn } from '../../results/modes/images.ts';
import { severityWord } from '../../results/severity.ts';
import type { JudgedFinding } from '../../results/verdict.ts';
import { clip } from '../../text.ts';
import { DAY_MS, day } from '../../time.ts';
import { bullets, code, details, lines, link, vulnerability } from '../kit/blocks.ts';
import { vendorAdvisory } from '../kit/links.ts';
import { plural } from '../kit/words.ts';
import { instructionWords, judgedWith, limitWords, shortName, shortReference } from './words.ts';

const MAX_UPGRADES = 25;
const MAX_FURTHER = 25;
const MAX_NAMES = 10;
const MAX_ERRORS = 20;
const MAX_MESSAGE = 4_000;
const MAX_EXCEPTIONS = 10;
/** How long an exception that is offered for copying lasts. */
const OFFERED_MS = 30 * DAY_MS;

/** The next steps, the errors' own first; nothing where there is nothing to do. */
export function nextSteps(report: ImagesResult): string[] {
  const judged = verdictsIn(report.images).flatMap((verdict) => verdict.judged);
  const plan = remedies(judged, mattersIn(report));
  const errors = [...report.nextSteps.slice(0, MAX_ERRORS).map(stepWords), ...errorSteps(report)];
  const obstacles = obstacleSteps(plan);
  const notes = [...limitSteps(report, plan), ...otherSteps(report)];
  const blocks = [
    ...(errors.length > 0 ? [bullets(errors)] : []),
    ...whoseBlocks(report),
    ...upgradeBlocks(report, plan),
    ...(obstacles.length > 0 ? ['<p><b>No upgrade clears</b>:</p>', bullets(obstacles)] : []),
    ...(notes.length > 0 ? [bullets(notes)] : []),
    ...exceptionToCopy(report, plan),
  ];
  const further = furtherUpgrades(plan);
  if (blocks.length === 0) return further;
  return ['<h3>What to do</h3>', ...blocks, ...further];
}

/** What blocks and what warns, and what is one too many: of ten thousand findings that may pass nothing is to be done. */
function mattersIn({ images }: ImagesResult): (finding: JudgedFinding) => boolean {
  const limited = new Set(
    verdictsIn(images).flatMap(({ exceededLimits }) =>
      exceededLimits.map(({ severity }) => severity.toUpperCase()),
    ),
  );
  return ({ effect, finding }) => effect !== 'allow' || limited.has(finding.severity);
}

/** What the errors ask for, each once; of several images, with those that it is about. */
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

/** The upgrades without which something still blocks, by whose layers they are in. */
function upgradeBlocks(report: ImagesResult, { needed, remaining }: Remedies): string[] {
  if (needed.length === 0) return [];
  const shown = needed.slice(0, MAX_UPGRADES);
  const groups = Map.groupBy(shown, ({ origin }) => origin);
  const left = needed.length - shown.length;
  return [
    `<p>${lead(report, needed, remaining.length)}</p>`,
    ...([...ORIGINS, undefined] as const).flatMap((origin) => {
      const upgrades = groups.get(origin) ?? [];
      if (upgrades.length === 0) return [];
      const title = groups.size === 1 && origin === undefined ? [] : [groupTitle(origin, report)];
      return [...title, bullets(upgrades.map(upgradeItem))];
    }),
    ...commands(shown),
    ...(left > 0
      ? [`<p>${plural(left, 'more upgrade')}, as the tables and <code>report.json</code> say.</p>`]
      : []),
  ];
}

const ORIGINS: readonly Origin[] = ['base', 'application'];

/**
 * Says that the upgrades are enough only if nothing else prevents a pass. A finding that blocks for missing data may need none
 * of them, so nothing is said about the verdict then.
 */
function lead(report: ImagesResult, needed: readonly Upgrade[], remaining: number): string {
  const [subject, verb] =
    needed.length === 1 ? ['This upgrade', 's'] : [`These ${needed.length} upgrades`, ''];
  const blocking = report.images.flatMap((image) => judgedWith(image, 'block')).length;
  const uncertain = report.images.flatMap((image) => judgedWith(image, 'block')).some(isForMissingData);
  const enough = report.verdict === 'block' && remaining === 0 && !limitsExceeded(report) && !uncertain;
  if (enough) {
    const certain = needed.every((upgrade) => upgrade.certain);
    const what = report.images.length > 1 ? 'every image pass' : 'it pass';
    return `<b>${subject} ${certain ? `make${verb}` : 'should make'} ${what}</b>, by today’s findings:`;
  }
  const cleared = blocking - remaining;
  const of =
    cleared === blocking ? plural(blocking, 'finding') : `${cleared} of the ${plural(blocking, 'finding')}`;
  return `<b>${subject} clear${verb} ${of}</b> that block${blocking === 1 ? 's' : ''}:`;
}

function isForMissingData({ reason }: JudgedFinding): boolean {
  return reason.kind === 'rule' && reason.missing.length > 0;
}

function limitsExceeded({ images }: ImagesResult): boolean {
  return verdictsIn(images).some(({ exceededLimits }) => exceededLimits.length > 0);
}

/** How much of what blocks is the base image's; nothing where it is not known of any. */
function whoseBlocks(report: ImagesResult): string[] {
  const blocking = report.images.flatMap((image) => judgedWith(image, 'block'));
  const count = (origin: Origin | undefined) =>
    blocking.filter((finding) => originOf(finding) === origin).length;
  const [base, own, unknown] = [count('base'), count('application'), count(undefined)];
  if (base + own === 0) return [];
  // A limit that is exceeded blocks as well, and is about findings of anybody.
  const alone = !limitsExceeded(report);
  if (alone && base === blocking.length) {
    return [
      `<p>What blocks comes with the base image${baseNames(report)}, none of it with your own layers.</p>`,
    ];
  }
  if (alone && own === blocking.length) {
    return ['<p>What blocks comes with your own layers, none of it with the base image.</p>'];
  }
  const parts = [
    ...(base > 0 ? [`${base} come${base === 1 ? 's' : ''} with the base image${baseNames(report)}`] : []),
    ...(own > 0 ? [`${own} with your own layers`] : []),
    ...(unknown > 0 ? [`of ${unknown} nobody can tell`] : []),
  ];
  const which = blocking.length === 1 ? 'one finding that blocks' : `${blocking.length} findings that block`;
  return [`<p>Of the ${which}${alone ? '' : ' by themselves'}, ${parts.join(', ')}.</p>`];
}

/** Whose layer all packages of a finding lie in; undefined where that is not known, or they are of both. */
function originOf({ finding: { packages } }: JudgedFinding): Origin | undefined {
  const [first, ...others] = new Set(packages.map(({ origin, statedOrigin }) => origin ?? statedOrigin));
  return others.length === 0 ? first : undefined;
}

function groupTitle(origin: Origin | undefined, report: ImagesResult): string {
  switch (origin) {
    case 'base':
      return `<p>🧱 <b>The base image</b>${baseNames(report)}: rebuild on a newer one, or upgrade in your Dockerfile:</p>`;
    case 'application':
      return '<p>🛠️ <b>Your own layers</b>:</p>';
    case undefined:
      return '<p>Layers that nobody can tell:</p>';
  }
}

/** The names of the base images, and whether it is only the images' own word that the findings come with them. */
function baseNames(report: ImagesResult): string {
  const bases = new Set(report.images.flatMap(({ baseImages = [] }) => baseImages.map(({ name }) => name)));
  const names = [...bases].slice(0, 3).map((name) => code(shortReference(name), 300));
  const stated = report.images
    .flatMap((image) => judgedWith(image, 'block'))
    .filter((finding) => originOf(finding) === 'base')
    .some(({ finding }) => finding.packages.some(({ origin }) => origin === undefined));
  return `${names.length === 0 ? '' : ` ${names.join(', ')}`}${stated ? ' (as the image says)' : ''}`;
}

/** `openssl 3.0.1 → 3.0.2 (apt) clears 4 findings, 1 critical`, and what brought it in. */
function upgradeItem(given: Upgrade): string {
  const [first = '', ...others] = given.versions;
  const target =
    code(first, 60) +
    others
      .slice(0, 5)
      .map((version) => `, ${code(version, 60)}`)
      .join('');
  const newest = others.length > 0 ? ' (the newest of them)' : '';
  const names = given.names.slice(0, MAX_NAMES).map((name) => `<b>${code(name)}</b>`);
  const unnamed = given.names.length > names.length ? ` and ${given.names.length - names.length} more` : '';
  const source = sourceName(given);
  const from = source === undefined ? '' : ` (${given.ecosystem === undefined ? code(source, 40) : source})`;
  const cleared = clearedBy(given);
  const together = given.clears.length === 0 ? ', together with the other upgrades of these findings' : '';
  const paths = given.filePaths.slice(0, 2).map((path) => code(path, 160));
  const places =
    given.filePaths.length > paths.length
      ? `${paths.join(', ')} and ${given.filePaths.length - paths.length} more`
      : paths.join(', ');
  return [
    `${names.join(', ')}${unnamed} ${code(given.installed, 60)} → ${target}${newest}${from} clears ${clearedWords(cleared)}${together}`,
    // The base image's own instructions are for whoever builds it.
    ...(given.origin === 'base' ? [] : given.instructions)
      .slice(0, 2)
      .map((instruction) => `brought in by ${code(instructionWords(instruction), 200)}`),
    ...(places === '' ? [] : [`in ${places}`]),
  ].join('<br>');
}

/** The commands that the scanner recommends for these upgrades, each once. */
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
  partly: 'only some of the packages have a fix',
  'no-version': 'the scanner names no version that fixes it; look at the advisory',
  'not-newer': 'the version that is said to fix it is not newer than the one installed; look at the advisory',
  'no-fix': 'no fix yet. Remove the package, change the base image, or except it with a reason and an end',
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

/** A limit is not about any one finding: which upgrades clear most of those that count. */
function limitSteps({ images }: ImagesResult, { needed, further }: Remedies): string[] {
  return verdictsIn(images).flatMap(({ judged, exceededLimits }) => {
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
        .map(({ upgrade, clears }) => `${named(upgrade)} clears ${clears}`);
      const how = most.length === 0 ? 'no upgrade clears any of them' : most.join(', ');
      return `${limitWords(limit)}. Mend ${limit.found - limit.allowed} of them: ${how}.`;
    });
  });
}

/** `openssl → 3.0.2`. */
function named({ names, versions }: Upgrade): string {
  return `${code(names[0] ?? '')} → ${code(versions[0] ?? '', 60)}`;
}

function otherSteps(report: ImagesResult): string[] {
  const blocking = report.images.flatMap((image) => judgedWith(image, 'block'));
  const unknown = blocking.some(({ reason }) => reason.kind === 'unknown-severity');
  return [
    ...(unknown
      ? ['A severity this version does not know always blocks: look for a newer version of this action.']
      : []),
    ...(report.verdict === 'block' && !report.enforced
      ? ['<code>enforce</code> is false: the step stays green, but the image is not signed.']
      : []),
  ];
}

// An id or a name of any other form means something else in YAML or in a glob, and is not for copying.
const COPIED_ID = /^[A-Z]{2,10}-[A-Za-z0-9-]{1,60}$/;
const COPIED_PACKAGE = /^[A-Za-z0-9@][A-Za-z0-9@._/:+-]{0,99}$/;

/** Exceptions for what no upgrade mends, ready for an exceptions file but for the reason. */
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
      '    reason: SAY WHY IT MAY PASS',
      `    expires: ${expires}`,
      ...(all.every(({ obstacle }) => obstacle === 'no-fix') ? ['    until-fixed: true'] : []),
    ];
  });
  const text = ['version: 1', 'exceptions:', ...yaml].join('\n');
  return [
    details('📝 An exceptions file to start from', [
      `<pre><code>${text}</code></pre>`,
      '<p>Name the file in the input <code>exceptions</code>. Whoever owns the policy may allow less.</p>',
    ]),
  ];
}

/** Upgrades that change nothing about a block, but clear what warns. */
function furtherUpgrades({ further }: Remedies): string[] {
  const useful = further.filter((upgrade) => upgrade.clears.some(({ effect }) => effect === 'warn'));
  if (useful.length === 0) return [];
  const shown = useful.slice(0, MAX_FURTHER);
  const left = useful.length - shown.length;
  return [
    details(
      `🔧 ${plural(useful.length, 'upgrade')} would clear ${useful.length === 1 ? 'a warning' : 'warnings'}`,
      [
        bullets(shown.map(upgradeItem)),
        ...commands(shown),
        ...(left > 0 ? [`<p>${left} more, as <code>report.json</code> says.</p>`] : []),
      ],
    ),
  ];
}
