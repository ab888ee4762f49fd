/**
 * Plays one run of an action inside this process: AWS, cosign, GitHub and files by a clock that jumps, and every answer
 * and document handed to whoever wants to change it first.
 */
import './backstage.ts';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { answerGitHub, type GitHubRepository } from '../../emulator/github.ts';
import { type DatedAnswer, type InProcessAws, playInProcess } from '../../emulator/in-process.ts';
import type { Scenario } from '../../emulator/scenario.ts';
import type { ActionName } from '../../src/action.ts';
import { DownloadFailed } from '../../src/aws/download.ts';
import type { Context } from '../../src/context.ts';
import { startDeadline } from '../../src/deadline.ts';
import { type GateError, toGateError } from '../../src/errors.ts';
import { commentFromActions, stepOf } from '../../src/github/comment.ts';
import { commentKey, parseMarker } from '../../src/github/comment-plan.ts';
import * as gate from '../../src/modes/gate.ts';
import type { Run } from '../../src/modes/mode.ts';
import * as verify from '../../src/modes/verify.ts';
import type { Publication } from '../../src/publish/publish.ts';
import { readDockerfile } from '../../src/publish/workspace.ts';
import { type CheckoutFile, NO_FILES } from '../../src/report/report.ts';
// Loaded here, so that no run has to wait for them.
import '../../src/modes/load.ts';
import '../../src/policy/attestations.ts';
import '../../src/signing/attestations.ts';
import '../../src/signing/revocations.ts';
import {
  bundleOf,
  envelopeOf,
  type Key,
  MANIFEST_TYPE,
  newKey,
  referrerManifest,
} from '../signing/attached.ts';
import { behind } from './backstage.ts';
import { executionOf, FakeCosign } from './fake-cosign.ts';
import type { Json } from './mutate.ts';
import { PatientClock } from './patient-clock.ts';
import { answerPullRequest, stepEnvironment, type Written } from './pull-request.ts';

export const EPOCH = Date.parse('2026-06-01T12:00:00Z');
/** How long every call takes by the run's clock: a loop without a pause ends by the deadline too. */
const CALL_MS = 20;
const MOST_CALLS = 50_000;

/** The key that signs, and one that somebody else has. */
export const KEY = newKey();
export const OTHER_KEY = newKey();
export const KEY_INPUT = 'awskms:///arn:aws:kms:eu-central-1:123456789012:alias/release';

/**
 * Changes an answer or a document before it is sent.
 * @param where what it is: `ecr:DescribeImages`, `file policy.yml`, `cosign verify-attestation`, …
 * @param index its number among those of the same kind in this run, from 0
 */
export type Alter = (where: string, index: number, value: Json) => Json;

export const unaltered: Alter = (_, __, value) => value;

export interface Play {
  readonly action: Exclude<ActionName, 'audit'>;
  readonly scenario: Scenario;
  readonly inputs?: Readonly<Record<string, string>>;
  /** Documents of the workspace; each may be changed. What is not JSON by its name is a list of lines, or of such lists. */
  readonly documents?: Readonly<Record<string, Json>>;
  /** The event of the workflow; with it, the run comments on its pull request. */
  readonly event?: Json;
  readonly github?: readonly GitHubRepository[];
  /** How many items a page of AWS's answers has at most. */
  readonly mostOnPage?: number;
  /** Pushes what is attached to the image before the run begins. */
  readonly prepare?: (stage: Stage) => void;
}

/** What a run came to. */
export interface Outcome {
  readonly verdict: string;
  /** By which of its results the run lets the image through; empty: by none. */
  readonly allowedBy: readonly string[];
  readonly errors: readonly GateError[];
  /** What could not be rendered. */
  readonly unpublished: readonly string[];
  /** The comments on pull requests. */
  readonly written: readonly Written[];
  /** How long it took by its own clock, and how long it might have taken. */
  readonly tookMs: number;
  readonly timeoutMs: number;
  readonly calls: number;
}

/** A registry with the scenario's images, and what is attached to them. */
export class Stage {
  readonly aws: InProcessAws;
  readonly clock: PatientClock;
  private readonly alter: Alter;
  private readonly counts = new Map<string, number>();

  constructor(scenario: Scenario, clock: PatientClock, alter: Alter, mostOnPage?: number) {
    this.clock = clock;
    this.alter = alter;
    this.aws = playInProcess(
      scenario,
      () => EPOCH + clock.now(),
      ({ service, api, answer }) => this.alteredAnswer(`${service}:${api}`, answer),
      mostOnPage,
    );
  }

  get digest(): string {
    return this.aws.world.digests.get('app') ?? '';
  }

  private get repository() {
    const [repository] = this.aws.world.store.repositories.values();
    if (repository === undefined) throw new Error('the scenario has no repository');
    return repository;
  }

  /** A value as it is sent in this run. */
  altered(where: string, value: Json): Json {
    const index = this.counts.get(where) ?? 0;
    this.counts.set(where, index + 1);
    return this.alter(where, index, value);
  }

  private alteredAnswer(where: string, { status, date, errorType, body }: DatedAnswer): DatedAnswer {
    const value = typeof body === 'string' ? (JSON.parse(body) as Json) : body;
    const sent: Json = { status, date: date ?? null, errorType: errorType ?? null, body: value };
    const changed = Object(this.altered(where, sent)) as Partial<Record<keyof DatedAnswer, Json>>;
    return {
      status: typeof changed.status === 'number' ? changed.status : 502,
      date: typeof changed.date === 'string' ? changed.date : undefined,
      ...(typeof changed.errorType === 'string' ? { errorType: changed.errorType } : {}),
      body: changed.body ?? '',
    };
  }

  /**
   * Lets whoever builds the image write its manifest, its config or its index otherwise: what the registry holds is then
   * that image, and what scanning shows of the old one it shows of it.
   */
  rebuild(what: 'manifest' | 'config'): void {
    const { world } = this.aws;
    const { manifests, blobs, tags } = this.repository;
    const old = manifests.get(this.digest);
    if (old === undefined) throw new Error('there is no image');
    let manifest = JSON.parse(`${old.bytes}`) as { [name: string]: Json } & {
      config: { digest: string; size?: number };
    };
    if (what === 'config') {
      const config = JSON.parse(`${blobs.get(manifest.config.digest)}`) as Json;
      const bytes = Buffer.from(JSON.stringify(this.altered('image config', config)));
      const digest = world.store.putBlob(this.repository, bytes);
      manifest = { ...manifest, config: { ...manifest.config, digest, size: bytes.length } };
    }
    const written = what === 'manifest' ? this.altered('image manifest', manifest) : manifest;
    const bytes = Buffer.from(JSON.stringify(written));
    const { digest } = world.store.putManifest(this.repository, old.mediaType, bytes);
    for (const [tag, target] of tags) if (target === this.digest) tags.set(tag, digest);
    for (const image of world.images.filter((one) => one.digest === this.digest)) {
      if (digest !== image.digest) world.images.push({ ...image, digest });
    }
    manifests.set(digest, { ...(manifests.get(digest) ?? old), pushedAt: old.pushedAt });
    world.digests.set('app', digest);
  }

  /**
   * Attaches a bundle to the image.
   * @param name the repository; default the first one
   */
  attach(bundle: Buffer, digest = this.digest, name = this.repository.name): string {
    const { store } = this.aws.world;
    const repository = store.create(name);
    store.putBlob(repository, bundle);
    store.putBlob(repository, Buffer.from('{}'));
    const manifest = Buffer.from(referrerManifest(digest, bundle));
    return store.putManifest(repository, MANIFEST_TYPE, manifest).digest;
  }

  /** Attaches a statement that a key has signed; the statement may be changed before that. */
  attest(where: string, statement: Json, key: Key = KEY, name?: string): string {
    return this.attach(bundleOf(JSON.stringify(this.altered(where, statement)), key), this.digest, name);
  }

  /** The same in legacy format: a layer behind a tag. */
  attestLegacy(where: string, statement: Json, key: Key = KEY): void {
    const { store } = this.aws.world;
    const text = JSON.stringify(this.altered(where, statement));
    const layer = Buffer.from(JSON.stringify(envelopeOf(text, key)));
    const digest = store.putBlob(this.repository, layer);
    const layers = [{ mediaType: 'application/vnd.dsse.envelope.v1+json', digest, size: layer.length }];
    const manifest = { schemaVersion: 2, mediaType: MANIFEST_TYPE, layers };
    const bytes = Buffer.from(JSON.stringify(manifest));
    store.putManifest(this.repository, MANIFEST_TYPE, bytes, `${this.digest.replace(':', '-')}.att`);
  }

  bundles(digest: string): Buffer[] {
    const { manifests, blobs } = this.repository;
    return [...manifests.values()]
      .filter(({ subject }) => subject === digest)
      .flatMap(({ bytes }) => {
        const { layers } = JSON.parse(`${bytes}`) as { layers: { digest: string }[] };
        return layers.flatMap((layer) => blobs.get(layer.digest) ?? []);
      });
  }
}

// The SDK takes them from the process.
Object.assign(process.env, {
  AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
});

// A directory that is trusted on PATH, with a file that is taken for cosign: what it answers comes from the play.
const place = mkdtempSync(join(tmpdir(), 'gate-search-'));
writeFileSync(join(place, 'cosign'), '#!/bin/sh\n', { mode: 0o755 });
process.on('exit', () => rmSync(place, { recursive: true, force: true }));

let runs = 0;

/** Plays a run to its end. It never rejects: what is thrown in it is part of its outcome. */
export async function play(
  { action, scenario, inputs = {}, documents = {}, event, github = [], mostOnPage, prepare }: Play,
  alter: Alter,
): Promise<Outcome> {
  const clock = new PatientClock();
  const stage = new Stage(scenario, clock, alter, mostOnPage);
  prepare?.(stage);
  const cosign = new FakeCosign(KEY, stage);
  const forever = new AbortController().signal;
  let calls = 0;
  const call = async <T>(work: () => T): Promise<T> => {
    calls += 1;
    if (calls > MOST_CALLS) throw new Error('the run makes calls without end');
    await clock.sleep(CALL_MS, forever);
    return work();
  };
  runs += 1;
  const workspace = join(place, `workspace-${runs % 8}`);
  await mkdir(workspace, { recursive: true });
  for (const [path, value] of Object.entries(documents)) {
    await mkdir(dirname(join(workspace, path)), { recursive: true });
    const altered = stage.altered(`file ${path}`, value);
    await writeFile(
      join(workspace, path),
      path.endsWith('.json') ? JSON.stringify(altered) : linesOf(altered).join('\n'),
    );
  }
  const eventPath = join(place, `event-${runs % 8}.json`);
  if (event !== undefined) await writeFile(eventPath, JSON.stringify(stage.altered('file event', event)));
  const step = event === undefined ? {} : stepEnvironment(eventPath);
  const written: Written[] = [];
  const given: Readonly<Record<string, string>> = {
    image: stage.aws.images.join('\n'),
    ...scenario.inputs,
    ...inputs,
  };
  const run: Run = { gate, verify }[action].newRun(new Date(EPOCH));
  let error: GateError | undefined;
  let timeoutMs = 0;
  const inBackstage = {
    execute: (args: readonly string[]) =>
      call(() =>
        executionOf(stage.altered(`cosign ${args[0]}`, { ...cosign.answer(args) } as unknown as Json)),
      ),
    download: (url: string, maxBytes: number) =>
      call(() => {
        // As the adapter does, whatever ECR has given for a URL.
        const blob = URL.parse(url) === null ? undefined : stage.aws.download(String(url));
        if (blob === undefined) throw new DownloadFailed('the answer was HTTP 403', false);
        if (blob.length > maxBytes) throw new DownloadFailed(`it is larger than ${maxBytes} bytes`, false);
        return bytesOf(stage.altered('download', textOf(blob)), blob);
      }),
    show: cosign.show.bind(cosign),
    github: {
      get: (path: string) =>
        call(() => {
          const { status, body } = answerGitHub(github, path);
          const where = `github ${path.replace(/\?.*/, '').split('/').slice(4, 5)}`;
          const changed = stage.altered(where, { status, body: body as Json });
          const answer = Object(changed) as { status?: unknown; body?: unknown };
          return {
            status: typeof answer.status === 'number' ? answer.status : 502,
            headers: {},
            body: Buffer.from(JSON.stringify(answer.body) ?? ''),
          };
        }),
    },
    fetch: async (url: string, { method = 'GET', body }: RequestInit) => {
      const { pathname: path } = new URL(url);
      const { where, answer } = answerPullRequest(method, path, ownKey);
      if (method !== 'GET' && path !== '/graphql')
        written.push({ path, body: (JSON.parse(String(body)) as { body: string }).body });
      const changed = Object(stage.altered(where, answer)) as { status?: unknown; body?: Json };
      const { status } = changed;
      // A Response has no other ones.
      const isStatus =
        typeof status === 'number' && Number.isInteger(status) && status >= 200 && status < 600;
      const headers = { 'content-type': 'application/json; charset=utf-8' };
      return new Response(JSON.stringify(changed.body ?? null), { status: isStatus ? status : 502, headers });
    },
  };
  let ownKey = '';
  let published: Publication | undefined;
  let dockerfile: CheckoutFile | undefined;
  await behind(inBackstage, async () => {
    try {
      ({ timeoutMs } = run.readInputs((name) => given[name] ?? ''));
      const deadline = startDeadline(timeoutMs, clock, forever);
      const context: Context = {
        environment: { PATH: place, HOME: place, RUNNER_TEMP: place, ...step },
        workspace,
        clock,
        deadline,
        random: () => 0.5,
        log: () => {},
        warn: () => {},
        mask: () => {},
        awsHandler: {
          handle: (request: Parameters<typeof stage.aws.requestHandler.handle>[0]) =>
            call(() => stage.aws.requestHandler.handle(request)),
        } as unknown as Context['awsHandler'],
      };
      await run.work(context).finally(() => deadline.clear());
    } catch (thrown) {
      error = toGateError(thrown);
    }
    published = await run.publication(error);
    const { report, options } = published;
    if (options?.dockerfile !== undefined) {
      dockerfile = await readDockerfile(options.dockerfile, workspace).catch(() => undefined);
    }
    if (event === undefined || options === undefined || options.comment === 'never') return;
    const { comment: mode, githubToken: token = '', images, dockerfile: named } = options;
    const repositories = images.map(({ registry, repository }) => `${registry.host}/${repository}`);
    ownKey = commentKey({ repositories, dockerfile: named, ...stepOf(step).identity });
    // As when it is published: what goes wrong is a warning.
    await commentFromActions(report.comment, { mode, token, repositories, dockerfile: named }, step).catch(
      () => {},
    );
  });
  if (published === undefined) throw new Error('nothing was published');
  const measured = { tookMs: clock.now(), timeoutMs, calls };
  return outcomeOf(published, { ...measured, made: cosign.made, written, dockerfile });
}

/** Renders everything that is published of a run. */
function outcomeOf(
  { result, report }: Publication,
  {
    made,
    written,
    dockerfile,
    ...measured
  }: Pick<Outcome, 'tookMs' | 'timeoutMs' | 'calls' | 'written'> & {
    readonly made: readonly string[];
    readonly dockerfile: CheckoutFile | undefined;
  },
): Outcome {
  const unpublished: string[] = [];
  const rendered = <T>(what: string, render: () => T): T | undefined => {
    try {
      return render();
    } catch (thrown) {
      unpublished.push(`${what}: ${thrown instanceof Error ? thrown.stack : thrown}`);
      return undefined;
    }
  };
  rendered('log', () => report.log());
  const lines = dockerfile?.text.split('\n').length ?? 0;
  for (const { file, startLine = 1 } of rendered('annotations', () => report.annotations(dockerfile)) ?? []) {
    if (file === dockerfile?.path && file !== undefined && !(startLine >= 1 && startLine <= lines))
      unpublished.push(`an annotation is at line ${startLine} of ${lines}`);
  }
  rendered('comment', () => report.comment.render({ url: undefined, commit: undefined }, 65_000));
  rendered('issue', () => report.issue?.render({ url: undefined, commit: undefined }, 65_000));
  rendered('news', () => report.issue?.news({ url: undefined, commit: undefined }, 65_000));
  const summary = rendered('summary', () => report.summary(1024 * 1024)) ?? '';
  if (summary === '') unpublished.push('the summary is empty');
  let verdictInReport: unknown;
  for (const { kind, render } of report.files(dockerfile)) {
    const file = rendered(kind, render);
    const text =
      file && rendered(kind, () => (typeof file.text === 'string' ? file.text : [...file.text].join('')));
    const value = text && rendered(kind, () => JSON.parse(text) as { verdict?: unknown });
    if (kind === 'report' && value) verdictInReport = value.verdict;
  }
  const outputs = rendered('outputs', () => report.outputs(NO_FILES)) ?? {};
  const isAllowing = (verdict: unknown) => verdict === 'pass' || verdict === 'warn';
  const allowedBy = [
    ...(isAllowing(result.verdict) ? ['the verdict'] : []),
    ...(isAllowing(verdictInReport) ? ['report.json'] : []),
    ...(isAllowing(outputs.verdict) || outputs.passed === 'true' ? ['the outputs'] : []),
    ...(made.length > 0 ? [`what was signed (${made.join(', ')})`] : []),
    ...(written.some(({ body }) => parseMarker(body)?.state !== 'failing') ? ['the comment'] : []),
  ];
  return {
    verdict: result.verdict,
    allowedBy,
    errors: [...report.errors()],
    unpublished,
    written,
    ...measured,
  };
}

/** A text as its lines: a list of them, of lists of them, or whatever a change has made of it. */
function linesOf(value: Json): string[] {
  if (Array.isArray(value)) return value.flatMap((item: Json) => linesOf(item));
  return [typeof value === 'string' ? value : JSON.stringify(value)];
}

/** Text and JSON can be changed at every place; other bytes as a whole. */
function textOf(bytes: Buffer): Json {
  try {
    return JSON.parse(bytes.toString('utf8')) as Json;
  } catch {
    return bytes.toString('latin1');
  }
}

function bytesOf(value: Json, original: Buffer): Buffer {
  if (JSON.stringify(value) === JSON.stringify(textOf(original))) return original;
  return typeof value === 'string' ? Buffer.from(value, 'latin1') : Buffer.from(JSON.stringify(value));
}
