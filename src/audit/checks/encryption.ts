/** The keys that encrypt repositories. */
import { repositoryCheck } from '../checkers.ts';
import type { KeyFacts } from '../facts.ts';
import * as needs from '../needs.ts';
import { aws, dayOf, name } from '../words.ts';

/** States in which a key cannot decrypt (https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html). */
const UNUSABLE = ['Disabled', 'PendingDeletion', 'PendingReplicaDeletion', 'PendingImport', 'Unavailable'];

const TYPES = ['AES256', 'KMS', 'KMS_DSSE'];

export const key = repositoryCheck({
  id: 'encryption/key',
  title: 'The key that encrypts the repository can be used.',
  severities: ['high'],
  means: 'The KMS key of the repository is disabled, pending deletion, or otherwise unusable.',
  why: 'Images cannot be pulled without the key, and are lost when it is deleted.',
  fix: 'Enable the key, or cancel its deletion.',
  nearest:
    'Security Hub KMS.3 and Prowler `kms_cmk_not_deleted_unintentionally` find keys that are pending deletion. They do not check what the keys encrypt.',
  reference: 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/encryption-at-rest.html',
  needs: { encryption: needs.encryption, key: needs.key },
  judge(facts, { registry, repository }, report) {
    const { type } = facts.encryption;
    if (type === 'AES256') return report.doesNotApply();
    if (!TYPES.includes(type)) return report.unknown(`the encryption type ${name(type)} is unknown`);
    const { key: found } = facts;
    if (found === undefined) return report.unknown(`the key that encrypts ${name(repository.name)}`);
    if (found.state === 'Enabled') return;
    if (!UNUSABLE.includes(found.state))
      return report.unknown(`the state ${name(found.state)} of its key is unknown`);
    const id = facts.encryption.key ?? '';
    report.fail({
      what: `The KMS key of ${repository.name} is ${name(found.state)}${deletionOf(found)}: its images cannot be pulled.`,
      toDo: found.state.endsWith('Deletion')
        ? 'Cancel the deletion, and enable the key.'
        : 'Make the key usable again.',
      evidence: { key: id, state: found.state },
      command: aws(found.state.endsWith('Deletion') ? 'kms cancel-key-deletion' : 'kms enable-key', {
        'key-id': id,
        region: registry.region,
      }),
    });
  },
});

function deletionOf({ deletionDate }: KeyFacts): string {
  return deletionDate === undefined ? '' : ` and is deleted on ${dayOf(deletionDate)}`;
}

export const customerKey = repositoryCheck({
  id: 'encryption/customer-key',
  title: 'The repository is encrypted with a customer managed key.',
  severities: ['low'],
  means: 'The audit policy expects a customer managed key (`customer-key`), and the repository has none.',
  why: 'Only for a customer managed key can you limit the principals that use it, audit its use, and revoke it.',
  fix: 'Create a repository with the key and copy the images: the encryption of an existing repository cannot be changed.',
  nearest:
    'Security Hub ECR.5 (AWS Config `ecr-repository-cmk-encryption-enabled`), Prowler `ecr_repository_encrypted_with_cmk`, Checkov CKV_AWS_136 and Trivy AVD-AWS-0033 require it of every repository; Checkov accepts any KMS key.',
  reference: 'https://docs.aws.amazon.com/AmazonECR/latest/userguide/encryption-at-rest.html',
  needs: { encryption: needs.encryption, key: needs.key },
  applies: ({ expected }) => expected.customerKey,
  judge(facts, { registry, repository }, report) {
    const { type } = facts.encryption;
    if (!TYPES.includes(type)) return report.unknown(`the encryption type ${name(type)} is unknown`);
    const manager = type === 'AES256' ? 'none' : facts.key?.manager;
    if (manager === 'CUSTOMER') return;
    if (manager !== 'none' && manager !== 'AWS') return report.unknown('who manages its key');
    report.fail({
      what: `${repository.name} is encrypted with ${manager === 'AWS' ? 'a key that AWS manages' : 'AES256'}.`,
      toDo: 'Create a repository with the key, and copy the images: the encryption of an existing repository cannot be changed.',
      evidence: { type, key: facts.encryption.key ?? null },
      command: aws('ecr create-repository', {
        'repository-name': `${repository.name}-encrypted`,
        'encryption-configuration': 'encryptionType=KMS,kmsKey=KEY-ARN',
        region: registry.region,
      }),
    });
  },
});
