/** All services of all accounts and regions of a scenario, and the faults in their responses. */
import { type Answer, Pager } from './answer.ts';
import type { ApiRequest } from './asked.ts';
import { createEcr, type Ecr } from './ecr/index.ts';
import { isSharedWith } from './ecr/sharing.ts';
import { createEcs } from './ecs.ts';
import { createEks } from './eks.ts';
import { alter, error, FaultBook, refusal, type Service, withoutMadeUpToken } from './faults.ts';
import { createIam } from './iam.ts';
import { createInspector2 } from './inspector2.ts';
import { createKms, type Kms } from './kms.ts';
import { createLambda } from './lambda.ts';
import type { Handler } from './operation.ts';
import { createOrganizations } from './organizations.ts';
import type { FaultSpec, Scenario } from './scenario.ts';
import { isStructure } from './shapes.ts';
import type { Credential } from './signature.ts';
import { accountOfSession, createSts } from './sts.ts';
import { type RecordedFindings, World } from './world.ts';

// The pair that AWS's documentation uses as its example.
export const ACCESS_KEY_ID = 'AKIAIOSFODNN7EXAMPLE';
export const SECRET_ACCESS_KEY = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';

/** Services that have one endpoint for all regions, whose requests are signed for this one. */
const GLOBAL_REGION = 'us-east-1';
const GLOBAL: ReadonlySet<Service> = new Set(['iam', 'organizations', 'sts']);

/** A request to one of the AWS APIs. */
export interface Call {
  readonly service: Service;
  /** `ListFindings`, `DescribeImages`, … */
  readonly api: string;
  /** The input as received. */
  readonly body: string;
  /** AWS's clock, milliseconds since the epoch. */
  readonly at: number;
  /** The HTTP status of the response; 0 until there is one. */
  readonly status: number;
}

/** The result of a request. */
export interface Outcome {
  /** What happens to the connection instead of a response, or in the middle of one. */
  readonly connection?: 'hang' | 'reset' | 'stall' | undefined;
  /** How long the response takes, in milliseconds. */
  readonly delayMs: number;
  /** Returns the response after that time. */
  answer(): Answer;
}

export interface Aws {
  /** The region that the scenario is about. */
  readonly world: World;
  readonly ecr: Ecr;
  readonly kms: Kms;
  readonly faults: FaultBook;
  readonly regions: readonly { readonly account: string; readonly region: string; readonly world: World }[];
  /** Starts the scenario now. */
  begin(): void;
  /** Moves the tags whose time has come. */
  moveTags(): void;
  /** Moves the scenario forward by some milliseconds. */
  advance(milliseconds: number): void;
  /** Why a request is refused for how it is signed; undefined if it is not. */
  unsigned(service: Service, credential: Credential | undefined): Answer | undefined;
  /** @param text the text in which faults search for their `match` */
  take(asked: ApiRequest, credential: Credential, text: string): Outcome;
}

const DEFAULT_SLOWNESS_MS = 1000;

interface Region {
  readonly account: string;
  readonly region: string;
  readonly world: World;
  readonly kms: Kms;
  readonly ecr: Ecr;
  readonly services: Readonly<Record<Exclude<Service, 'iam' | 'organizations' | 'sts'>, Handler>>;
}

/**
 * @param endpoint the endpoint for downloading layers, without a path
 * @param mostOnPage the most items of a page; default: the limit of the service
 */
export function createAws(
  scenario: Scenario,
  recorded: RecordedFindings,
  clock: () => number,
  endpoint: () => string,
  mostOnPage?: number,
): Aws {
  const pager = new Pager(mostOnPage);
  const digests = new Map<string, string>();

  const play = (played: Scenario, findings: RecordedFindings): Region => {
    const world = new World(played, findings, clock, digests);
    const { account, region } = played;
    const ecr = createEcr(world, pager, endpoint);
    const kms = createKms(played.keys ?? [], { account, region, now: () => world.now() });
    const services = {
      ecr,
      ecs: createEcs(world, pager),
      eks: createEks(world, pager),
      inspector2: createInspector2(world, pager),
      kms,
      lambda: createLambda(world, pager),
    };
    return { account, region, world, kms, ecr, services };
  };

  const { registry: _, inspector: __, workloads: ___, caller: ____, ...common } = scenario;
  const main = play(scenario, recorded);
  const regions = [main, ...(scenario.others ?? []).map((other) => play({ ...common, ...other }, {}))];
  const { world } = main;

  const iams = new Map<string, Handler>();
  const organizations = createOrganizations(scenario.organization);
  const faults = new FaultBook(scenario.faults);
  const limit = requestLimit(scenario.requestsPerSecond);

  const accountOf = (key: string) => (key === ACCESS_KEY_ID ? world.caller() : accountOfSession(key));

  function regionOf(account: string, region: string): Region | undefined {
    // A role of another account sends requests to the region of the images.
    if (account === world.caller() && region === main.region) return main;
    return regions.find((one) => one.account === account && one.region === region);
  }

  /** The region of another account than the caller's whose registry a request is about. */
  function foreignRegistry(service: Service, input: unknown, account: string, region: string) {
    if (service !== 'ecr' || !isStructure(input) || input.registryId === account) return undefined;
    return regions.find((one) => one !== main && one.account === input.registryId && one.region === region);
  }

  function handlerFor(service: Service, account: string, region: string): Handler {
    switch (service) {
      case 'iam': {
        const iam = iams.get(account) ?? createIam(account, scenario.iam?.[account] ?? {}, pager);
        iams.set(account, iam);
        return iam;
      }
      case 'organizations':
        return organizations;
      case 'sts':
        return createSts({ account, assumable: scenario.assumable ?? [], now: () => world.now() });
      default: {
        const found = regionOf(account, region);
        if (found === undefined) throw new Error(`The scenario has no region ${region} of ${account}`);
        return found.services[service];
      }
    }
  }

  return {
    world,
    ecr: {
      ...main.ecr,
      blob: (path) => regions.map(({ ecr }) => ecr.blob(path)).find((blob) => blob !== undefined),
    },
    kms: main.kms,
    faults,
    regions,
    begin: () => {
      for (const region of regions) region.world.begin();
    },
    moveTags: () => {
      for (const region of regions) region.world.moveTags();
    },
    advance: (milliseconds) => {
      for (const region of regions) region.world.advance(milliseconds);
    },

    unsigned: (service, credential) => {
      if (credential === undefined) {
        return error(403, 'MissingAuthenticationTokenException', 'Request is missing Authentication Token');
      }
      const account = accountOf(credential.key);
      if (account === undefined) {
        return error(
          403,
          'UnrecognizedClientException',
          'The security token included in the request is invalid.',
        );
      }
      const isGlobal = GLOBAL.has(service) && credential.region === GLOBAL_REGION;
      // In the region of a repository, ECR shows its images to other accounts that its policy allows.
      const isOfAnother = service === 'ecr' && regions.some(({ region }) => region === credential.region);
      const regional = isGlobal || isOfAnother || regionOf(account, credential.region) !== undefined;
      if (credential.service === service && regional) return undefined;
      return error(
        403,
        'InvalidSignatureException',
        `Credential should be scoped to a valid region and service: '${main.region}/${service}', not '${credential.region}/${credential.service}'`,
      );
    },

    take: (asked, credential, text) => {
      const { service, api, input } = asked;
      const account = accountOf(credential.key) ?? scenario.account;
      const place = { account, region: credential.region };
      const at = (answer: Answer): Outcome => ({ delayMs: 0, answer: () => answer });
      const fault: FaultSpec | undefined = faults.strike(service, api, text);
      if (fault === undefined && !limit()) {
        const throttled = refusal('throttle', service, api, input, place);
        if (throttled !== undefined) return at(throttled);
      }
      const refused = fault && refusal(fault.kind, service, api, input, place);
      if (refused !== undefined) return at(refused);
      return {
        connection: fault && CONNECTION[fault.kind],
        delayMs: fault?.kind === 'slow' ? (fault.ms ?? DEFAULT_SLOWNESS_MS) : 0,
        answer: () => {
          const foreign = foreignRegistry(service, input, account, credential.region);
          const refused = foreign && notShared(api, input, account, foreign.world);
          if (refused !== undefined) return refused;
          const handler = foreign?.services.ecr ?? handlerFor(service, account, credential.region);
          const right = handler.handle(api, withoutMadeUpToken(service, input));
          return fault === undefined ? right : alter(fault.kind, service, api, right, input, account);
        },
      };
    },
  };
}

/** How ECR refuses a repository to another account; undefined if its policy allows the operation, and if there is none. */
function notShared(api: string, input: unknown, account: string, world: World): Answer | undefined {
  const name = isStructure(input) ? String(input.repositoryName) : '';
  const spec = world.repositorySpec(name);
  if (spec === undefined || isSharedWith(account, api, spec)) return undefined;
  const { account: owner, region } = world.scenario;
  return error(
    400,
    'AccessDeniedException',
    `User: arn:aws:sts::${account}:assumed-role/deployment-gate/job is not authorized to perform: ecr:${api} on resource: arn:aws:ecr:${region}:${owner}:repository/${name} because no resource-based policy allows the ecr:${api} action`,
  );
}

const CONNECTION: Readonly<Record<string, 'hang' | 'reset' | 'stall'>> = {
  hang: 'hang',
  reset: 'reset',
  stall: 'stall',
};

/** A token bucket with the requests of one second, refilled at that rate. */
function requestLimit(perSecond: number | undefined): () => boolean {
  if (perSecond === undefined) return () => true;
  let allowed = perSecond;
  let filledAt = performance.now();
  return () => {
    const now = performance.now();
    allowed = Math.min(perSecond, allowed + ((now - filledAt) / 1000) * perSecond);
    filledAt = now;
    if (allowed < 1) return false;
    allowed -= 1;
    return true;
  };
}
