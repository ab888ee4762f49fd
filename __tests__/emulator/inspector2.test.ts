import {
  BatchGetAccountStatusCommand,
  BatchGetFindingDetailsCommand,
  type CoverageFilterCriteria,
  type FilterCriteria,
  ListCoverageCommand,
  ListFindingsCommand,
  ListMembersCommand,
} from '@aws-sdk/client-inspector2';
import { describe, expect, test } from 'vitest';
import type { FaultKind, ImageSpec } from '../../emulator/scenario.ts';
import {
  ACCOUNT,
  ARN,
  image,
  REGION,
  SCANNED,
  scenario,
  stage,
  vulnerabilities,
  vulnerability,
  withFaults,
} from './stage.ts';

const equals = (value: string) => [{ comparison: 'EQUALS' as const, value }];
const other: ImageSpec = {
  kind: 'image',
  name: 'other',
  tag: 'other',
  platform: { os: 'linux', architecture: 'arm64' },
  timeline: [{ ...SCANNED, findings: [vulnerability('CVE-2024-0009', 'LOW')] }],
};

describe('ListCoverage', () => {
  test('finds an image by its resource id', async () => {
    const { inspector, emulator, digest } = await stage(scenario([image(SCANNED), other]));
    const resourceId = `${ARN}/app/${digest('app')}`;
    const filterCriteria = {
      resourceId: equals(resourceId),
      resourceType: equals('AWS_ECR_CONTAINER_IMAGE'),
    };
    const answer = await inspector.send(new ListCoverageCommand({ filterCriteria }));
    expect(answer.coveredResources).toEqual([
      {
        resourceType: 'AWS_ECR_CONTAINER_IMAGE',
        resourceId,
        accountId: ACCOUNT,
        scanType: 'PACKAGE',
        scanStatus: { statusCode: 'ACTIVE', reason: 'SUCCESSFUL' },
        resourceMetadata: {
          ecrRepository: { name: 'app', scanFrequency: 'CONTINUOUS_SCAN' },
          ecrImage: { tags: ['1.0'], inUseCount: 0 },
        },
        lastScannedAt: expect.any(Date),
      },
    ]);
    const scannedAt = answer.coveredResources?.[0]?.lastScannedAt?.getTime() ?? 0;
    expect(scannedAt).toBeLessThanOrEqual(emulator.now() - 30_000);
  });

  test('follows the timeline', async () => {
    const { inspector, emulator } = await stage(
      scenario([
        image(
          { at: 1_000_000, coverage: { statusCode: 'ACTIVE', reason: 'PENDING_INITIAL_SCAN' } },
          { at: 2_000_000, coverage: { statusCode: 'ACTIVE', reason: 'SUCCESSFUL', scannedAgoMs: 0 } },
          { at: 3_000_000, coverage: 'none' },
        ),
      ]),
    );
    const rows = async () => (await inspector.send(new ListCoverageCommand({}))).coveredResources;
    expect(await rows()).toEqual([]);
    emulator.advance(1_000_000);
    const [pending] = (await rows()) ?? [];
    expect(pending?.scanStatus?.reason).toBe('PENDING_INITIAL_SCAN');
    expect(pending?.lastScannedAt).toBeUndefined();
    emulator.advance(1_000_000);
    expect((await rows())?.[0]?.lastScannedAt).toBeInstanceOf(Date);
    emulator.advance(1_000_000);
    expect(await rows()).toEqual([]);
  });

  test('ORs the values of a field, ANDs the fields, and pages', async () => {
    const { inspector } = await stage(scenario([image(SCANNED), other]));
    const count = async (filterCriteria: CoverageFilterCriteria) =>
      (await inspector.send(new ListCoverageCommand({ filterCriteria }))).coveredResources?.length;
    expect(await count({ ecrImageTags: [...equals('1.0'), ...equals('other')] })).toBe(2);
    expect(await count({ ecrImageTags: equals('1.0'), scanStatusCode: equals('INACTIVE') })).toBe(0);
    expect(await count({ ecrImageTags: [{ comparison: 'NOT_EQUALS', value: '1.0' }] })).toBe(1);
    expect(await count({ lastScannedAt: [{ startInclusive: new Date() }] })).toBe(0);
    const first = await inspector.send(new ListCoverageCommand({ maxResults: 1 }));
    const second = await inspector.send(
      new ListCoverageCommand({ maxResults: 1, nextToken: first.nextToken }),
    );
    expect(second.coveredResources?.[0]?.resourceId).not.toBe(first.coveredResources?.[0]?.resourceId);
    expect(second.nextToken).toBeUndefined();
  });

  test.each([
    ['a page too large', { maxResults: 201 }],
    ['a filter by digest, which does not exist', { filterCriteria: { ecrImageHash: equals('x') } as object }],
    ['eleven values', { filterCriteria: { resourceId: Array(11).fill(equals('x')[0]) } }],
    [
      'an unknown comparison',
      { filterCriteria: { resourceId: [{ comparison: 'PREFIX' as 'EQUALS', value: 'x' }] } },
    ],
    ['an empty value', { filterCriteria: { resourceId: equals('') } }],
    ['a token of another query', { nextToken: 'x' }],
  ])('refuses %s', async (_, input) => {
    const { inspector } = await stage(scenario([image(SCANNED)]));
    // The request contains members that the SDK would omit, as another client could send them.
    const command = new ListCoverageCommand({});
    command.middlewareStack.add(
      (next) => (args) => {
        const request = args.request as { body: string; headers: Record<string, string> };
        request.body = JSON.stringify(input);
        request.headers['content-length'] = String(request.body.length);
        return next(args);
      },
      { step: 'build', priority: 'low' },
    );
    await expect(inspector.send(command)).rejects.toMatchObject({ name: 'ValidationException' });
  });
});

describe('ListFindings', () => {
  test('lists the findings of a digest, with its account, ARN and layers', async () => {
    const findings = [
      vulnerability('CVE-2024-0001', 'CRITICAL', {
        remediation: { recommendation: { Url: 'https://example.com' } },
      }),
    ];
    const { inspector, digest } = await stage(scenario([image({ ...SCANNED, findings }), other]));
    const filterCriteria = { ecrImageHash: equals(digest('app')) };
    const answer = await inspector.send(new ListFindingsCommand({ filterCriteria }));
    expect(answer.findings).toMatchObject([
      {
        awsAccountId: ACCOUNT,
        findingArn: expect.stringMatching(
          new RegExp(`^arn:aws:inspector2:${REGION}:${ACCOUNT}:finding/[0-9a-f]{32}$`),
        ),
        severity: 'CRITICAL',
        status: 'ACTIVE',
        type: 'PACKAGE_VULNERABILITY',
        firstObservedAt: expect.any(Date),
        remediation: { recommendation: { Url: 'https://example.com' } },
        resources: [
          {
            type: 'AWS_ECR_CONTAINER_IMAGE',
            id: `${ARN}/app/${digest('app')}`,
            details: {
              awsEcrContainerImage: {
                imageHash: digest('app'),
                repositoryName: 'app',
                registry: ACCOUNT,
                architecture: 'amd64',
                pushedAt: expect.any(Date),
              },
            },
          },
        ],
      },
    ]);
  });

  test('sends a raw finding unchanged', async () => {
    const findings = [{ raw: true, severity: 'SEVERE', status: 'ODD' }];
    const { inspector, digest } = await stage(scenario([image({ ...SCANNED, findings })]));
    const filterCriteria = { ecrImageHash: equals(digest('app')) };
    const answer = await inspector.send(new ListFindingsCommand({ filterCriteria }));
    expect(answer.findings).toEqual([{ severity: 'SEVERE', status: 'ODD' }]);
  });

  test('returns recorded findings for an image', async () => {
    const recorded = {
      findingArn: `arn:aws:inspector2:us-east-1:012345678901:finding/${'0'.repeat(32)}`,
      awsAccountId: '012345678901',
      severity: 'HIGH',
      status: 'ACTIVE',
      firstObservedAt: '2024-02-02T16:30:33.045000+01:00',
      resources: [],
    };
    const { inspector, digest } = await stage(scenario([image(SCANNED)]), {}, { app: [recorded] });
    const filterCriteria = { ecrImageHash: equals(digest('app')) };
    const answer = await inspector.send(new ListFindingsCommand({ filterCriteria }));
    expect(answer.findings).toMatchObject([
      {
        findingArn: `arn:aws:inspector2:${REGION}:${ACCOUNT}:finding/${'0'.repeat(32)}`,
        awsAccountId: ACCOUNT,
        firstObservedAt: new Date('2024-02-02T15:30:33.045Z'),
        resources: [{ id: `${ARN}/app/${digest('app')}` }],
      },
    ]);
  });

  test('returns ten thousand findings in pages, each once', async () => {
    const { inspector, digest } = await stage(
      scenario([image({ ...SCANNED, findings: vulnerabilities(10_000) })]),
    );
    const filterCriteria = { ecrImageHash: equals(digest('app')), findingStatus: equals('ACTIVE') };
    const arns = new Set<string | undefined>();
    let pages = 0;
    let nextToken: string | undefined;
    do {
      const page = await inspector.send(
        new ListFindingsCommand({ filterCriteria, maxResults: 100, nextToken }),
      );
      for (const finding of page.findings ?? []) arns.add(finding.findingArn);
      nextToken = page.nextToken;
      pages++;
    } while (nextToken);
    expect(pages).toBe(100);
    expect(arns.size).toBe(10_000);
  });

  test.each<[string, FilterCriteria, number]>([
    ['one value', { severity: equals('HIGH') }, 1],
    ['either of two values', { severity: [...equals('HIGH'), ...equals('LOW')] }, 2],
    ['a value that is not', { severity: [{ comparison: 'NOT_EQUALS', value: 'HIGH' }] }, 2],
    ['neither of two values', { severity: [...not('HIGH'), ...not('LOW')] }, 1],
    ['a prefix', { vulnerabilityId: [{ comparison: 'PREFIX', value: 'CVE-2024-' }] }, 3],
    ['two fields', { severity: equals('HIGH'), findingStatus: equals('SUPPRESSED') }, 0],
    ['a status', { findingStatus: equals('SUPPRESSED') }, 1],
    ['a range', { inspectorScore: [{ lowerInclusive: 7, upperInclusive: 10 }] }, 1],
    ['a time', { firstObservedAt: [{ endInclusive: new Date(0) }] }, 0],
    ['the account', { awsAccountId: equals(ACCOUNT), ecrImageRegistry: equals(ACCOUNT) }, 3],
    ['another account', { awsAccountId: equals('999999999999') }, 0],
    [
      'a repository and architecture',
      { ecrImageRepositoryName: equals('app'), ecrImageArchitecture: equals('arm64') },
      1,
    ],
    ['an unknown digest', { ecrImageHash: equals(`sha256:${'0'.repeat(64)}`) }, 0],
    ['a tag', { ecrImageTags: equals('1.0') }, 2],
  ])('filters by %s', async (_, filterCriteria, count) => {
    const findings = [
      vulnerability('CVE-2024-0001', 'HIGH', { inspectorScore: 7.5 }),
      vulnerability('CVE-2024-0002', 'MEDIUM', { status: 'SUPPRESSED', inspectorScore: 5 }),
    ];
    const { inspector } = await stage(scenario([image({ ...SCANNED, findings }), other]));
    expect((await inspector.send(new ListFindingsCommand({ filterCriteria }))).findings).toHaveLength(count);
  });

  test('sorts', async () => {
    const findings = ['LOW', 'CRITICAL', 'MEDIUM'].map((severity) =>
      vulnerability('CVE-2024-0001', severity),
    );
    const { inspector } = await stage(scenario([image({ ...SCANNED, findings })]));
    const answer = await inspector.send(
      new ListFindingsCommand({
        filterCriteria: { ecrImageTags: equals('1.0') },
        sortCriteria: { field: 'SEVERITY', sortOrder: 'DESC' },
      }),
    );
    expect(answer.findings?.map(({ severity }) => severity)).toEqual(['CRITICAL', 'MEDIUM', 'LOW']);
  });

  test.each([
    ['no filter', {}],
    ['an empty filter', { filterCriteria: {} }],
    ['a page too large', { filterCriteria: { severity: equals('HIGH') }, maxResults: 101 }],
    ['a page of none', { filterCriteria: { severity: equals('HIGH') }, maxResults: 0 }],
    ['a filter that is not emulated', { filterCriteria: { networkProtocol: equals('TCP') } }],
    ['no values', { filterCriteria: { severity: [] } }],
    ['eleven values', { filterCriteria: { severity: Array(11).fill(equals('HIGH')[0]) } }],
    [
      'a value that is not text',
      { filterCriteria: { severity: [{ comparison: 'EQUALS' as const, value: undefined }] } },
    ],
    [
      'an unknown comparison',
      { filterCriteria: { severity: [{ comparison: 'LIKE' as 'EQUALS', value: 'H' }] } },
    ],
  ])('refuses %s', async (_, input) => {
    const { inspector } = await stage(scenario([image(SCANNED)]));
    await expect(inspector.send(new ListFindingsCommand(input))).rejects.toMatchObject({
      name: 'ValidationException',
    });
  });

  test('refuses the token of another query', async () => {
    const { inspector } = await stage(scenario([image({ ...SCANNED, findings: vulnerabilities(3) })]));
    const first = await inspector.send(
      new ListFindingsCommand({ filterCriteria: { severity: equals('HIGH') }, maxResults: 1 }),
    );
    const filterCriteria = { severity: equals('LOW') };
    const crossed = new ListFindingsCommand({ filterCriteria, maxResults: 1, nextToken: first.nextToken });
    await expect(inspector.send(crossed)).rejects.toMatchObject({ name: 'ValidationException' });
  });
});

describe('BatchGetFindingDetails', () => {
  test('returns details of existing findings, and errors for the others', async () => {
    const cisaData = { dateAdded: 1_700_000_000, dateDue: 1_701_000_000, action: 'Apply the update.' };
    const findings = [
      vulnerability('CVE-2024-0001', 'HIGH', { epss: { score: 0.9 }, details: { cisaData } }),
    ];
    const { inspector } = await stage(scenario([image({ ...SCANNED, findings })]));
    const listed = await inspector.send(
      new ListFindingsCommand({ filterCriteria: { severity: equals('HIGH') } }),
    );
    expect(listed.findings?.[0]).not.toHaveProperty('details');
    const known = listed.findings?.[0]?.findingArn ?? '';
    const unknown = `arn:aws:inspector2:${REGION}:${ACCOUNT}:finding/${'0'.repeat(32)}`;
    const answer = await inspector.send(new BatchGetFindingDetailsCommand({ findingArns: [known, unknown] }));
    expect(answer.findingDetails).toMatchObject([
      { findingArn: known, epssScore: 0.9, cisaData: { dateAdded: new Date(1_700_000_000_000) } },
    ]);
    expect(answer.errors).toMatchObject([{ findingArn: unknown, errorCode: 'FINDING_DETAILS_NOT_FOUND' }]);
    const tooMany = new BatchGetFindingDetailsCommand({ findingArns: Array(11).fill(known) });
    await expect(inspector.send(tooMany)).rejects.toMatchObject({ name: 'ValidationException' });
  });
});

describe('BatchGetAccountStatus', () => {
  test('returns whether images are scanned', async () => {
    const on = await stage(scenario([]));
    const answer = await on.inspector.send(
      new BatchGetAccountStatusCommand({ accountIds: [ACCOUNT, '999999999999'] }),
    );
    expect(answer.accounts).toMatchObject([
      { accountId: ACCOUNT, resourceState: { ecr: { status: 'ENABLED' } } },
    ]);
    expect(answer.failedAccounts).toMatchObject([{ accountId: '999999999999' }]);
    const off = await stage(scenario([], { inspectorStatus: 'SUSPENDED' }));
    const own = await off.inspector.send(new BatchGetAccountStatusCommand({}));
    expect(own.accounts?.[0]?.resourceState?.ecr?.status).toBe('SUSPENDED');
  });
});

test('operations that are not emulated are refused', async () => {
  const { inspector } = await stage(scenario([]));
  await expect(inspector.send(new ListMembersCommand({}))).rejects.toMatchObject({
    name: 'UnknownOperationException',
  });
});

describe('faults', () => {
  const filterCriteria = { severity: equals('HIGH') };
  const list = new ListFindingsCommand({ filterCriteria, maxResults: 2 });
  const findings = vulnerabilities(3);
  const struck = (kind: FaultKind, from?: number) =>
    stage(
      scenario(
        [image({ ...SCANNED, findings })],
        withFaults({ api: 'ListFindings', kind, ...(from === undefined ? {} : { from }) }),
      ),
    );

  test.each([
    ['throttle', 'ThrottlingException', 429],
    ['500', 'InternalServerException', 500],
    ['503', 'ServiceUnavailableException', 503],
    ['deny', 'AccessDeniedException', 403],
    ['expired-token', 'ExpiredTokenException', 403],
  ] as const)('%s', async (kind, name, httpStatusCode) => {
    const { inspector } = await struck(kind);
    await expect(inspector.send(list)).rejects.toMatchObject({ name, $metadata: { httpStatusCode } });
  });

  test('a denial names the action', async () => {
    const { inspector } = await struck('deny');
    await expect(inspector.send(list)).rejects.toThrow(
      'is not authorized to perform: inspector2:ListFindings on resource',
    );
  });

  test('empty and missing-member', async () => {
    for (const kind of ['empty', 'missing-member'] as const) {
      const { inspector } = await struck(kind);
      expect((await inspector.send(list)).findings).toBeUndefined();
    }
  });

  test('repeat-token returns the same page every time', async () => {
    const { inspector } = await struck('repeat-token');
    const first = await inspector.send(list);
    const { nextToken } = first;
    const second = await inspector.send(
      new ListFindingsCommand({ filterCriteria, maxResults: 2, nextToken }),
    );
    expect(second.nextToken).toBe(nextToken);
    expect(second.findings).toEqual(first.findings);
  });

  test('repeat-token on a later page returns the token of the request', async () => {
    const { inspector } = await struck('repeat-token', 2);
    const { nextToken } = await inspector.send(list);
    const second = await inspector.send(
      new ListFindingsCommand({ filterCriteria, maxResults: 2, nextToken }),
    );
    expect(second.nextToken).toBe(nextToken);
  });

  test('other-digest and other-account', async () => {
    const digest = await struck('other-digest');
    const [elsewhere] = (await digest.inspector.send(list)).findings ?? [];
    expect(elsewhere?.resources?.[0]?.id).toMatch(/sha256:[0-9a-f]{64}$/);
    expect(elsewhere?.resources?.[0]?.id).not.toContain(digest.digest('app'));
    const account = await struck('other-account');
    const [foreign] = (await account.inspector.send(list)).findings ?? [];
    expect(foreign?.awsAccountId).toBe('999999999999');
  });

  test('no-date', async () => {
    const { inspector } = await stage(
      scenario([image(SCANNED)], withFaults({ api: 'ListCoverage', kind: 'no-date' })),
    );
    const [row] = (await inspector.send(new ListCoverageCommand({}))).coveredResources ?? [];
    expect(row?.scanStatus?.reason).toBe('SUCCESSFUL');
    expect(row?.lastScannedAt).toBeUndefined();
  });
});

function not(value: string) {
  return [{ comparison: 'NOT_EQUALS' as const, value }];
}
