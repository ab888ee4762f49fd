/** Checks the inputs that only matter when the result is published, so that a mistake shows before the wait. */
import type { Context } from '../context.ts';
import { GateError, messageOf } from '../errors.ts';
import type { ImageInputs } from '../inputs/common.ts';
import { readDockerfile } from '../publish/workspace.ts';

/**
 * Checks the Dockerfile, and warns if no comment can be made.
 * @throws GateError `input` if the Dockerfile is not a file in the workspace
 */
export async function checkPublishingInputs(
  { comment, githubToken, dockerfile }: ImageInputs,
  { workspace, warn }: Pick<Context, 'workspace' | 'warn'>,
): Promise<void> {
  if (comment !== 'never' && githubToken === undefined) {
    warn(
      'Input github-token is empty, so no comment will be written on the pull request. Set github-token: ${{ github.token }}, or remove it to use the default.',
    );
  }
  if (dockerfile === undefined) return;
  try {
    await readDockerfile(dockerfile, workspace);
  } catch (error) {
    const isMissing = (error as NodeJS.ErrnoException).code === 'ENOENT';
    const what = isMissing
      ? `there is no file ${dockerfile} in the workspace`
      : `${dockerfile} cannot be read: ${messageOf(error)}`;
    throw new GateError('input', `Input dockerfile: ${what}.`, {
      nextStep:
        'Set dockerfile to the path of the file in the workspace, and run actions/checkout before this step.',
      cause: error,
    });
  }
}
