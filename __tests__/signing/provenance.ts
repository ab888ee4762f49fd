/** Provenance documents in the form in which GitHub and BuildKit write them. */

export const PROVENANCE_V1 = 'https://slsa.dev/provenance/v1';
export const PROVENANCE_V02 = 'https://slsa.dev/provenance/v0.2';
export const BUILDKIT_MANIFEST = 'application/vnd.docker.attestation.manifest.v1+json';

/** As actions/attest-build-provenance writes it. Source: actions/toolkit, packages/attest/src/provenance.ts. */
export function githubProvenance({
  repository = 'https://github.com/team/app',
  builder = 'https://github.com/team/app/.github/workflows/build.yml@refs/heads/main',
} = {}) {
  return {
    buildDefinition: {
      buildType: 'https://actions.github.io/buildtypes/workflow/v1',
      externalParameters: {
        workflow: { ref: 'refs/heads/main', repository, path: '.github/workflows/build.yml' },
      },
      internalParameters: {
        github: {
          event_name: 'push',
          repository_id: '1001',
          repository_owner_id: '2002',
          runner_environment: 'github-hosted',
        },
      },
      resolvedDependencies: [
        { uri: `git+${repository}@refs/heads/main`, digest: { gitCommit: '0f3c1e2'.padEnd(40, '0') } },
      ],
    },
    runDetails: {
      builder: { id: builder },
      metadata: { invocationId: 'https://github.com/team/app/actions/runs/42/attempts/1' },
    },
  };
}

const SOURCE = 'https://github.com/team/app.git#refs/heads/main';
const RUN = 'https://github.com/team/app/actions/runs/42/attempts/1';

/** As BuildKit writes it with `version=v1`. Source: BuildKit, docs/attestations/slsa-definitions.md. */
export function buildKitV1(uri: unknown = SOURCE) {
  return {
    buildDefinition: {
      buildType: 'https://github.com/moby/buildkit/blob/master/docs/attestations/slsa-definitions.md',
      externalParameters: {
        configSource: { uri, digest: { sha1: '0f3c1e2'.padEnd(40, '0') }, path: 'Dockerfile' },
        request: { frontend: 'gateway.v0', args: { source: 'docker/dockerfile:1' } },
      },
      internalParameters: { builderPlatform: 'linux/amd64' },
      resolvedDependencies: [
        {
          uri: 'pkg:docker/alpine@3.17?platform=linux%2Famd64',
          digest: { sha256: '8914eb54f968791faf6a8638949e480fef81e697984fba772b3976835194c6d4' },
        },
      ],
    },
    runDetails: {
      builder: { id: RUN },
      metadata: {
        invocationID: 'yirbp1aosi1vqjmi3z6bc75nb',
        startedOn: '2026-11-25T11:56:03.417Z',
        finishedOn: '2026-11-25T11:56:07.901Z',
        buildkit_reproducible: false,
        buildkit_completeness: { request: true, resolvedDependencies: false },
      },
    },
  };
}

/** The same with `version=v0.2`. */
export function buildKitV02(uri: unknown = SOURCE) {
  return {
    builder: { id: RUN },
    buildType: 'https://mobyproject.org/buildkit@v1',
    materials: [
      {
        uri: 'pkg:docker/alpine@3.17?platform=linux%2Famd64',
        digest: { sha256: '8914eb54f968791faf6a8638949e480fef81e697984fba772b3976835194c6d4' },
      },
    ],
    invocation: {
      configSource: { uri, digest: { sha1: '0f3c1e2'.padEnd(40, '0') }, entryPoint: 'Dockerfile' },
      parameters: { frontend: 'gateway.v0', args: { source: 'docker/dockerfile:1' } },
      environment: { platform: 'linux/amd64' },
    },
    metadata: {
      buildInvocationID: 'yirbp1aosi1vqjmi3z6bc75nb',
      buildStartedOn: '2026-11-25T11:56:03.417Z',
      buildFinishedOn: '2026-11-25T11:56:07.901Z',
      reproducible: false,
      completeness: { parameters: true, environment: true, materials: false },
    },
  };
}
