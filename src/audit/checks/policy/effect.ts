/** Statements that have no effect, and statements that take effect when a missing role is created. */

import { rolesToCreate, whyNever } from '../../access/never.ts';
import {
  attachmentOf,
  directoryOf,
  documentOf,
  shown,
  sidsOf,
  statementsOf,
  without,
} from '../../policies.ts';
import { capital, list, name, some } from '../../words.ts';
import { itemsOf, policyJudge } from './judge.ts';

const IAM = 'https://docs.aws.amazon.com/IAM/latest/UserGuide';

export const recreatable = policyJudge({
  id: 'policy/recreatable',
  title: 'No principal gets push access by creating a role.',
  severities: ['high'],
  means: 'A condition on aws:PrincipalArn grants push to a role of an audited account that does not exist.',
  why: 'Anyone who creates a role with that name can push. A Principal element stops matching when its role is deleted; a condition does not.',
  fix: 'Name existing roles in the Principal element.',
  nearest: 'none',
  reference: `${IAM}/reference_policies_elements_principal.html`,
  looksUp: true,
  judge(view, report) {
    for (const placed of statementsOf(view, report)) {
      report.attempt(() => {
        const roles = rolesToCreate(placed.statement, directoryOf(view, report.read));
        if (roles.length === 0) return;
        report.fail({
          what: `${capital(view.called)} lets ${list(roles)} push, in statement ${sidsOf([placed])}, and no such role exists.`,
          toDo: 'Remove the role from the condition, or name an existing role in the Principal element.',
          evidence: { roles: some(roles), statements: [shown(placed)] },
          ...without(view, [placed]),
          items: roles,
        });
      });
    }
  },
});

export const neverMatches = policyJudge({
  id: 'policy/never-matches',
  title: 'Each statement can take effect.',
  severities: ['medium'],
  means:
    'A statement cannot take effect, for one of these reasons: it names only principals that do not exist in an audited account or that were deleted (`AIDA…`, `AROA…`); a value of StringEquals or StringEqualsIgnoreCase contains `*` or `?`; it compares aws:PrincipalArn with the ARN of an assumed-role session; its conditions contradict each other; its resources are in another registry.',
  why: 'A Deny that never applies protects nothing, although it seems to. An Allow that never applies does not give the intended principals access.',
  fix: 'Correct the statement, or remove it.',
  nearest:
    "IAM Access Analyzer's policy validation finds some of these problems in a single document. It does not check which principals exist.",
  reference: `${IAM}/reference_policies_elements_condition_operators.html`,
  looksUp: true,
  judge(view, report) {
    const document = documentOf(view);
    if (!document.readable) {
      statementsOf(view, report);
      return;
    }
    for (const placed of statementsOf(view, report)) {
      report.attempt(() => {
        const directory = directoryOf(view, report.read);
        const why = whyNever(placed.statement, document, attachmentOf(view), directory);
        if (why === undefined) return;
        report.fail({
          what: `Statement ${sidsOf([placed])} of ${view.called} cannot take effect: ${name(why)}.`,
          toDo: 'Correct the statement, or remove it.',
          evidence: { statements: [shown(placed)] },
          ...without(view, [placed]),
          items: itemsOf([placed]),
        });
      });
    }
  },
});
