/** The documents of repository creation templates, which are checked like those of a repository. */
import { type CheckText, type Problem, Report } from '../check.ts';
import { templateCheck } from '../checkers.ts';
import * as needs from '../needs.ts';
import { commandsFor, type PolicyView } from '../policies.ts';
import { expectationsUnder, ROOT } from '../pushed-to.ts';
import { aws, name } from '../words.ts';
import type { TemplateCase } from '../world.ts';
import { LIFECYCLE_JUDGES } from './lifecycle/texts.ts';
import { POLICY_JUDGES } from './policy/index.ts';

const TEMPLATES = 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/repository-creation-templates.html';

/** Runs a check of a document, and adds its results under the name of the check. */
function take(
  { id, severities }: Pick<CheckText, 'id' | 'severities'>,
  judge: (report: Report) => void,
  into: Report,
  fix: Pick<Problem, 'command'>,
): void {
  const report = new Report(severities[0]);
  report.attempt(() => judge(report));
  for (const problem of report.problems) {
    into.fail({
      ...problem,
      severity: problem.severity ?? severities[0],
      what: `${id}: ${problem.what}`,
      evidence: { checks: [id], ...problem.evidence },
      items: (problem.items ?? ['']).map((item) => `${id} ${item}`),
      ...fix,
    });
  }
  for (const { gap, severity } of report.unknowns) {
    into.unknown(`${id}: ${gap.reason}`, { missing: gap.missing, severity });
  }
}

function calledOf({ template }: TemplateCase): string {
  return template.prefix === ROOT ? 'the default template' : `the template ${name(template.prefix)}`;
}

export const policy = templateCheck({
  id: 'template/policy',
  title: "The template's repository policy has no problem.",
  severities: ['critical', 'high', 'medium'],
  means:
    'The repository policy of a creation template fails a check of repository policies. The message names the check. The severity is that of the worst failure.',
  why: 'Each repository that is created from the template gets this policy.',
  fix: 'Fix the problem as for the check that the message names. Existing repositories keep their policies.',
  nearest: 'none',
  reference: TEMPLATES,
  needs: { directory: needs.directory },
  applies: ({ template }) => template.policy !== undefined,
  judge(facts, about, report) {
    const { world, registry, template } = about;
    const commands = commandsFor(registry, { template: template.prefix });
    const view: PolicyView = {
      kind: 'repository',
      called: `the repository policy of ${calledOf(about)}`,
      text: template.policy ?? '',
      world,
      registry,
      expected: undefined,
      repository: undefined,
      lookup: facts.directory,
      ...commands,
    };
    for (const { check, judge } of POLICY_JUDGES) {
      take(check, (own) => judge(view, own), report, { command: commands.put });
    }
  },
});

export const lifecycle = templateCheck({
  id: 'template/lifecycle',
  title: "The template's lifecycle policy has no problem.",
  severities: ['high', 'medium', 'low'],
  means:
    "The lifecycle policy of a creation template violates ECR's rules (`lifecycle/invalid`), or its patterns fail a check of lifecycle policies. The message names the check. The severity is that of the worst failure.",
  why: 'Each repository that is created from the template gets this policy.',
  fix: 'Fix the problem as for the check that the message names. Existing repositories keep their policies.',
  nearest: 'none',
  reference: TEMPLATES,
  needs: {},
  applies: ({ template }) => template.lifecyclePolicy !== undefined,
  judge(_, about, report) {
    const { world, registry, template } = about;
    const text = {
      called: `the lifecycle policy of ${calledOf(about)}`,
      text: template.lifecyclePolicy ?? '',
      expected: expectationsUnder(world, registry, template),
      now: world.facts.now,
    };
    const command = aws('ecr update-repository-creation-template', {
      prefix: template.prefix,
      'lifecycle-policy': 'file://lifecycle.json',
      region: registry.region,
    });
    for (const { check, judge } of LIFECYCLE_JUDGES) {
      take(check, (own) => judge(text, own), report, { command });
    }
  },
});
