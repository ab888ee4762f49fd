/** Who can reach which repositories, as a graph: Mermaid for the summary, DOT for Graphviz. */
import type { Ability } from '../../audit/access/abilities.ts';
import type { AuditResult } from '../../audit/result.ts';
import { clip } from '../../text.ts';
import { line } from '../kit/escape.ts';
import { type AccessGroup, accessGroups } from './access.ts';
import { many, type Names } from './words.ts';

export interface GraphNode {
  readonly id: string;
  readonly kind: 'source' | 'workload' | 'principal' | 'resources';
  readonly label: string;
}

export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  readonly label: string;
  readonly isUnexpected: boolean;
}

export interface Graph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

const MAX_LABEL = 80;
/** If more workloads run with a principal, or more identities can assume it, they are one node. */
const MAX_LEADING = 4;

/** What a principal can do with groups of repositories. */
interface Reach {
  readonly principal: string;
  readonly name: string;
  readonly edges: { readonly group: AccessGroup; readonly label: string; readonly isUnexpected: boolean }[];
}

/**
 * The graph of an access map: who can assume a principal, which workloads run with it, and what it can do with groups
 * of repositories. Principals with the same access are one node. The root users of the audited accounts and
 * service-linked roles are left out, because they can do everything that no policy denies.
 */
export function graphOf(audit: AuditResult, names: Names, groups = accessGroups(audit)): Graph {
  const nodes = new Map<string, GraphNode>();
  const edges: GraphEdge[] = [];
  const node = (kind: GraphNode['kind'], key: string, label: string): string => {
    const name = `${kind} ${key}`;
    const found = nodes.get(name) ?? { id: `n${nodes.size + 1}`, kind, label: clip(label, MAX_LABEL) };
    nodes.set(name, found);
    return found.id;
  };
  const entries = new Map(audit.principals.map((entry) => [entry.arn, entry]));
  for (const members of alike(reachesOf(groups, names), groups)) {
    const [first] = members;
    if (first === undefined) continue;
    const left = members.length - 1;
    const label = left === 0 ? first.name : `${first.name} and ${left} more`;
    const from = node('principal', first.principal, label);
    for (const { group, label: can, isUnexpected } of first.edges) {
      const to = node('resources', group.resources[0] ?? '', groupName(group, names));
      edges.push({ from, to, label: can, isUnexpected });
    }
    const known = members.flatMap(({ principal }) => entries.get(principal) ?? []);
    const lead = (kind: 'source' | 'workload', label: string, texts: readonly string[]) => {
      for (const text of fewOf(texts, kind === 'source' ? 'trusted identity' : 'workload')) {
        // A text that stands for several has a node for each principal.
        const key = texts.includes(text) ? text : `${text} of ${first.principal}`;
        edges.push({ from: node(kind, key, text), to: from, label, isUnexpected: false });
      }
    };
    lead('source', 'assumes', [...new Set(known.flatMap(({ assumedBy }) => assumedBy))]);
    lead('workload', 'runs with', [...new Set(known.flatMap(({ usedBy }) => usedBy))]);
  }
  return { nodes: [...nodes.values()], edges };
}

function reachesOf(groups: readonly AccessGroup[], names: Names): readonly Reach[] {
  const found = new Map<string, Reach>();
  for (const group of groups) {
    for (const { entry, unexpected } of group.rows) {
      const { principal, kind } = entry;
      if (kind === 'root' || /:role\/aws-service-role\//.test(principal)) continue;
      const label = abilityWords(entry);
      if (label === '') continue;
      const reach = found.get(principal) ?? { principal, name: names.principal(principal, kind), edges: [] };
      reach.edges.push({ group, label, isUnexpected: unexpected.length > 0 });
      found.set(principal, reach);
    }
  }
  return [...found.values()];
}

/** Principals with the same edges. */
function alike(reaches: readonly Reach[], groups: readonly AccessGroup[]): readonly (readonly Reach[])[] {
  const place = new Map(groups.map((group, at) => [group, at]));
  const key = ({ edges }: Reach) =>
    edges.map(({ group, label, isUnexpected }) => `${place.get(group)} ${label} ${isUnexpected}`).join('\n');
  return [...Map.groupBy(reaches, key).values()];
}

/** The texts, or their number if there are many. */
function fewOf(texts: readonly string[], one: string): readonly string[] {
  return texts.length > MAX_LEADING ? [many(texts.length, one)] : texts;
}

/** `team/app and 2 more repositories`. */
export function groupName({ resources }: AccessGroup, names: Names): string {
  const [first = '', ...others] = resources.map((resource) => names.resource(resource));
  return others.length === 0 ? first : `${first} and ${many(others.length, 'more repository')}`;
}

const WORDS: readonly (readonly [Ability, string])[] = [
  ['pull', 'pull'],
  ['push', 'push'],
  ['retag', 'retag'],
  ['delete', 'delete'],
  ['administer', 'administer'],
];

/** What a row allows: `pull, push?`. A question mark stands for conditional or unknown. */
function abilityWords(entry: Readonly<Partial<Record<Ability, string | undefined>>>): string {
  return WORDS.flatMap(([ability, word]) => {
    const verdict = entry[ability];
    if (verdict === undefined || verdict === 'denied') return [];
    // A principal that can push can also retag. It is shown only if retagging is certain and pushing is not, or the reverse.
    const isCertain = verdict === 'allowed';
    if (ability === 'retag' && entry.push !== 'denied' && isCertain === (entry.push === 'allowed')) return [];
    return [isCertain ? word : `${word}?`];
  }).join(', ');
}

/** Text without a meaning for Mermaid, in a quoted label. */
function mermaidText(text: string): string {
  return text.replace(/[^A-Za-z0-9 _./:@*,()?+=-]/gu, '_');
}

const SHAPES: Readonly<Record<GraphNode['kind'], readonly [string, string]>> = {
  source: ['([', '])'],
  workload: ['[[', ']]'],
  principal: ['[', ']'],
  resources: ['[(', ')]'],
};

/** The graph as a flowchart of Mermaid. */
export function mermaid({ nodes, edges }: Graph): string {
  const unexpected = edges.flatMap(({ isUnexpected }, index) => (isUnexpected ? [index] : []));
  return [
    'flowchart LR',
    ...nodes.map(({ id, kind, label }) => {
      const [open, close] = SHAPES[kind];
      return `  ${id}${open}"${mermaidText(label)}"${close}`;
    }),
    ...edges.map(({ from, to, label }) => `  ${from} -->|"${mermaidText(label)}"| ${to}`),
    ...(unexpected.length === 0 ? [] : [`  linkStyle ${unexpected.join()} stroke:#d1242f,stroke-width:2px`]),
  ].join('\n');
}

const DOT_SHAPES: Readonly<Record<GraphNode['kind'], string>> = {
  source: 'ellipse',
  workload: 'component',
  principal: 'box',
  resources: 'cylinder',
};

/**
 * Text for a quoted id of DOT, in which only quotation marks and backslashes have a meaning. If the file is printed in
 * a log, the text is not a workflow command.
 */
function dotText(text: string): string {
  return line(text).replace(/["\\]/g, '_');
}

/** The graph in the language of Graphviz, line by line. */
export function* dot({ nodes, edges }: Graph): Generator<string> {
  yield 'digraph access {\n  rankdir=LR;\n  node [fontname="sans-serif", fontsize=11];\n';
  yield '  edge [fontname="sans-serif", fontsize=9];\n';
  for (const { id, kind, label } of nodes) {
    yield `  ${id} [shape=${DOT_SHAPES[kind]}, label="${dotText(label)}"];\n`;
  }
  for (const { from, to, label, isUnexpected } of edges) {
    const color = isUnexpected ? ', color="#d1242f", fontcolor="#d1242f", penwidth=2' : '';
    yield `  ${from} -> ${to} [label="${dotText(label)}"${color}];\n`;
  }
  yield '}\n';
}
