/**
 * Stands in for cosign in a search, so that thousands of runs need no process: it checks with Node's own cryptography what
 * is attached, and prints it as the program does. Its error texts are the program's own, which `foundBy` reads.
 */
import { readFileSync } from 'node:fs';
import type { Digest } from '../../src/results/registry.ts';
import { SIGNATURE_TYPE } from '../../src/signing/cosign/arguments.ts';
import type { Execution } from '../../src/signing/cosign/exec.ts';
import type { ServedImage } from '../../src/signing/cosign/loopback-registry.ts';
import { envelopeIn, signedBy } from '../../src/signing/evidence/envelope.ts';
import type { Attestation } from '../../src/signing/evidence/source.ts';
import { bundleOf, type Key, statementText } from '../signing/attached.ts';
import type { Json } from './mutate.ts';

const MOST_BYTES = 16 * 1024 * 1024;

/** An answer of the program, as a value that can be changed at every place. */
export interface Printed {
  readonly exitCode: number;
  /** Lines of JSON; the payload of an envelope is taken apart too. */
  readonly lines: readonly Json[];
  readonly stderr: string;
}

/** Where the program finds what is attached, and puts what it makes. */
export interface Attachments {
  /** The bytes of the bundles that refer to a digest. */
  bundles(digest: string): readonly Buffer[];
  attach(bundle: Buffer, digest: string): void;
}

export class FakeCosign {
  private readonly key: Key;
  private readonly attachments: Attachments;
  private readonly shown = new Map<string, ServedImage>();
  /** The types of what it signed. */
  readonly made: string[] = [];

  constructor(key: Key, attachments: Attachments) {
    this.key = key;
    this.attachments = attachments;
  }

  show(shown: ServedImage): { image: string; isRead(): boolean } {
    const image = `127.0.0.1:1/${this.shown.size}@${shown.digest}`;
    this.shown.set(image, shown);
    return { image, isRead: () => true };
  }

  answer(args: readonly string[]): Printed {
    const [command] = args;
    const image = args.at(-1) ?? '';
    const flag = (name: string) =>
      args.find((arg) => arg.startsWith(`--${name}=`))?.slice(`--${name}=`.length) ?? '';
    switch (command) {
      case 'version':
        return printed([{ gitVersion: 'v3.0.6' }]);
      case 'public-key':
        return printed([this.key.pem]);
      case 'sign':
        return this.make(image, SIGNATURE_TYPE, {});
      case 'attest':
        return this.make(image, flag('type'), JSON.parse(readFileSync(flag('predicate'), 'utf8')));
      case 'verify-attestation':
        return this.verify(image, flag('type'), flag('new-bundle-format') === 'true' ? 'bundle' : 'legacy');
      case 'download':
        return printed(this.attachments.bundles(digestOf(image)).map((bundle) => JSON.parse(`${bundle}`)));
      default:
        return failed('no signatures found');
    }
  }

  private make(image: string, type: string, predicate: unknown): Printed {
    const digest = digestOf(image);
    this.attachments.attach(bundleOf(statementText(type, predicate, digest), this.key), digest);
    this.made.push(type);
    return printed([]);
  }

  private verify(image: string, type: string, format: Attestation['format']): Printed {
    const shown = this.shown.get(image);
    const layers =
      shown === undefined
        ? this.attachments.bundles(digestOf(image))
        : (shown.attestations ?? []).filter((one) => one.format === format).map(({ layer }) => layer.bytes);
    const isSigned = signedBy(this.key.pem);
    const found = layers.flatMap((bytes) => {
      const envelope = envelopeIn(bytes, MOST_BYTES);
      const isOurs = envelope !== undefined && isSigned(envelope) && names(envelope.payload, image);
      return isOurs ? [{ bytes, type: envelope.statement.predicateType }] : [];
    });
    if (found.length === 0) return failed('no matching attestations: ');
    const right = found.filter((one) => one.type === type);
    if (right.length === 0) {
      const others = found.map((one) => one.type).join(',');
      return failed(`none of the attestations matched the predicate type: ${type}, found: ${others}`);
    }
    return printed(right.map(({ bytes }) => envelopeOfBundle(bytes)));
  }
}

/** cosign checks that the digest is among the subjects. */
function names(payload: Buffer, image: string): boolean {
  try {
    const { subject } = JSON.parse(payload.toString('utf8')) as { subject: { digest: { sha256: string } }[] };
    return subject.some(({ digest }) => `sha256:${digest.sha256}` === digestOf(image));
  } catch {
    return false;
  }
}

function envelopeOfBundle(bytes: Buffer): Json {
  const value = JSON.parse(bytes.toString('utf8')) as { dsseEnvelope?: Json };
  const envelope = (value.dsseEnvelope ?? value) as { payload: string };
  return { ...envelope, payload: JSON.parse(Buffer.from(envelope.payload, 'base64').toString('utf8')) };
}

function digestOf(image: string): Digest {
  return image.slice(image.indexOf('@') + 1) as Digest;
}

function printed(lines: readonly Json[]): Printed {
  return { exitCode: 0, lines, stderr: '' };
}

function failed(why: string): Printed {
  return { exitCode: 1, lines: [], stderr: `Error: ${why}\nerror during command execution: ${why}\n` };
}

/** What the adapter hands over, of a value that may have been changed to anything. */
export function executionOf(value: Json): Execution {
  const { exitCode, lines, stderr } = Object(value) as Record<string, unknown>;
  return {
    exitCode: typeof exitCode === 'number' ? exitCode : undefined,
    stdout: Array.isArray(lines) ? lines.map((line) => `${lineOf(line as Json)}\n`).join('') : String(lines),
    stderr: typeof stderr === 'string' ? stderr : '',
    timedOut: false,
  };
}

function lineOf(line: Json): string {
  if (typeof line === 'string') return line;
  const { payload, ...rest } = Object(line) as Record<string, unknown>;
  if (payload === undefined) return JSON.stringify(line);
  const text = typeof payload === 'string' ? payload : JSON.stringify(payload);
  return JSON.stringify({ ...rest, payload: Buffer.from(text).toString('base64') });
}
