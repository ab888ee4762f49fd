/** What an issue is about. Two steps with different subjects keep different issues. */

export interface IssueSubject {
  readonly title: string;
  /** Identifies the subject among those of the same step, as JSON data. It must not change from run to run. */
  readonly identity: readonly unknown[];
}

const MAX_NAMED = 3;

/** @param registries as given in the inputs, like the globs over repositories */
export function auditSubject(registries: readonly string[], repositories: readonly string[]): IssueSubject {
  return {
    title: registries.length === 0 ? 'ECR audit' : `ECR audit of ${named(registries)}`,
    identity: ['audit', registries.toSorted(), repositories.toSorted()],
  };
}

/**
 * @param title the input `issue-title`: with it, the issue stays the same if the repositories change
 * @param images the images of the step
 */
export function verifySubject(
  title: string | undefined,
  images: readonly { readonly registry: { readonly host: string }; readonly repository: string }[],
): IssueSubject {
  if (title !== undefined) return { title, identity: ['verify', title] };
  const names = (of: (image: (typeof images)[number]) => string) => [...new Set(images.map(of))].sort();
  return {
    title: `ECR verify of ${named(names(({ repository }) => repository))}`,
    identity: ['verify', names(({ registry, repository }) => `${registry.host}/${repository}`)],
  };
}

function named(names: readonly string[]): string {
  const left = names.length - MAX_NAMED;
  return `${names.slice(0, MAX_NAMED).join(', ')}${left > 0 ? ` and ${left} more` : ''}`;
}
