import { attestationSubjects } from './attestation-subjects.ts';
import { searchEach } from './extent.ts';

searchEach(
  'whatever one answer or document says, no image passes without what the policy requires',
  attestationSubjects,
);
