/**
 * GitHub's artifact metadata of one organization: storage and deployment records. Sources: GitHub Docs, "REST API endpoints
 * for artifact metadata"; fields and limits from GitHub's OpenAPI description of api.github.com. It lists the statuses 200, 403
 * and 404 for these paths. Invalid values get 422, as GitHub Docs ("Troubleshooting the REST API") describe for all paths.
 */

type Fields = Readonly<Record<string, unknown>>;

export interface StoredRecord {
  readonly kind: 'storage' | 'deployment';
  /** The request, with an `id`. */
  readonly fields: Fields;
}

interface Rule {
  readonly most: number;
  readonly least?: number;
  readonly pattern?: RegExp;
  readonly required?: boolean;
}

const DIGEST: Rule = { least: 71, most: 71, pattern: /^sha256:[a-f0-9]{64}$/, required: true };
const NAME: Rule = { least: 1, most: 256, required: true };
const GITHUB_REPOSITORY: Rule = { least: 1, most: 100, pattern: /^[A-Za-z0-9.\-_]+$/ };

const RULES: Readonly<Record<StoredRecord['kind'], Readonly<Record<string, Rule>>>> = {
  storage: {
    name: NAME,
    digest: DIGEST,
    registry_url: { least: 1, most: 256, pattern: /^https:\/\//, required: true },
    artifact_url: { most: 152, pattern: /^https:\/\// },
    repository: { most: 128 },
    status: { most: 7, pattern: /^(active|eol|deleted)$/ },
    github_repository: GITHUB_REPOSITORY,
  },
  deployment: {
    name: NAME,
    digest: DIGEST,
    status: { most: 14, pattern: /^(deployed|decommissioned)$/, required: true },
    logical_environment: { least: 1, most: 128, required: true },
    physical_environment: { most: 128 },
    cluster: { most: 128 },
    deployment_name: { most: 256, required: true },
    github_repository: GITHUB_REPOSITORY,
  },
};

/** The fields that a later record must share with an earlier one to replace it. */
const IDENTITY = ['logical_environment', 'physical_environment', 'cluster', 'deployment_name'];

/** The kind of record that a path below `/orgs/{org}/artifacts/metadata/` writes. */
export function recordKind(path: string): StoredRecord['kind'] | undefined {
  const kind = /^(storage|deployment)-record$/.exec(path)?.[1];
  return kind === 'storage' || kind === 'deployment' ? kind : undefined;
}

/** The message for the first field that breaks a rule; `not modelled` for a field that is unknown here. */
export function problemOf(kind: StoredRecord['kind'], input: unknown): string | undefined {
  if (typeof input !== 'object' || input === null) return 'Invalid request';
  const fields = input as Fields;
  const rules = RULES[kind];
  if (Object.keys(fields).some((name) => rules[name] === undefined)) return 'not modelled';
  for (const [name, { least = 0, most, pattern, required }] of Object.entries(rules)) {
    const value = fields[name];
    if (value === undefined && required !== true) continue;
    if (typeof value !== 'string') return `Invalid request. "${name}" wasn't supplied.`;
    const { length } = [...value];
    if (length < least || length > most || pattern?.test(value) === false) {
      return `Invalid request. "${name}" is not valid.`;
    }
  }
  return undefined;
}

/** The records with one more, which replaces the earlier record of the same deployment. */
export function withRecord(
  records: readonly StoredRecord[],
  kind: StoredRecord['kind'],
  input: unknown,
): { readonly records: readonly StoredRecord[]; readonly answer: Fields } {
  const fields = input as Fields;
  const isSame = (one: StoredRecord) =>
    kind === 'deployment' && one.kind === kind && IDENTITY.every((name) => one.fields[name] === fields[name]);
  const earlier = records.find(isSame);
  const made: StoredRecord = { kind, fields: { ...fields, id: earlier?.fields.id ?? records.length + 1 } };
  return {
    records:
      earlier === undefined ? [...records, made] : records.map((one) => (one === earlier ? made : one)),
    answer: { total_count: 1, [`${kind}_records`]: [made.fields] },
  };
}
