/** Maps notation's error output to causes and next steps. Pure. */
import { clip } from '../../text.ts';
import { isTransient } from '../cosign/failures.ts';

export interface NotationFailure {
  readonly message: string;
  readonly nextStep: string | undefined;
  /** Whether another attempt may succeed. */
  readonly transient: boolean;
  /** Whether the image has no signature of Notation, so that no other metadata needs to be tried. */
  readonly isUnsigned: boolean;
}

const HINTS: readonly (readonly [RegExp, string])[] = [
  [
    /unable to find specified metadata in the signature/,
    'A signature by a trusted identity is not enough: it has to say that the gate passed the image, under the expected policy and with the expected annotations. ECR’s managed signing does not say that. Run the gate for this image again.',
  ],
  [
    /AccessDenied|is not authorized to perform/,
    'Allow signer:SignPayload (to sign) and signer:GetRevocationStatus (to verify) on the signing profile for the role of this job.',
  ],
  [
    /has no applicable trust policy/,
    'Add the repository to the registryScopes of the statement in notation-trust-policy.',
  ],
  [
    /is not present in the plugin directory|locating the verification plugin|plugin executable file/,
    `The trust policy names no signing profile of AWS Signer, so its plugin is not used. Name the profile in notation-trust-policy if its signatures count.`,
  ],
  [
    /response status code 40[13]\b/,
    'Allow ecr:BatchGetImage, ecr:GetDownloadUrlForLayer and ecr:ListImageReferrers on the repository. Signing also requires ecr:InitiateLayerUpload, ecr:UploadLayerPart, ecr:CompleteLayerUpload, ecr:BatchCheckLayerAvailability and ecr:PutImage.',
  ],
];

const UNSIGNED = /no signature is associated with /;
const MOST_REASONS = 3;
const MOST_CHARACTERS = 600;

/** What notation's error output means. It prints why each signature does not count, and last the error. */
export function explainFailure(stderr: string): NotationFailure {
  const lines = stderr.split(/\r?\n/).map((line) => line.slice(0, 8_000));
  const error = lines
    .findLast((line) => line.startsWith('Error: '))
    ?.slice('Error: '.length)
    .trim();
  const reasons = lines.flatMap((line) => {
    const reason = / failed verification with error: (.*?)"?$/.exec(line)?.[1];
    return line.includes('level=warning') && reason !== undefined ? [clip(reason, MOST_CHARACTERS)] : [];
  });
  const shown = [...new Set(reasons)].slice(0, MOST_REASONS);
  const message = clip(
    error ?? lines.findLast((line) => line.trim() !== '') ?? 'it printed nothing',
    MOST_CHARACTERS,
  );
  const text = [...reasons, message].join('\n');
  return {
    message: shown.length === 0 ? message : shown.join('; '),
    nextStep: HINTS.find(([pattern]) => pattern.test(text))?.[1],
    // The client of the registry words a status in another way than cosign's does.
    transient: isTransient(text) || /response status code (?:408|429|5\d\d)\b/.test(text),
    isUnsigned: error !== undefined && UNSIGNED.test(error),
  };
}
