/** Answers as the services write them: JSON, or XML where the protocol is the query protocol. */
import type { Answer } from './answer.ts';
import type { Service } from './faults.ts';
import type { Json } from './scenario.ts';
import { isStructure } from './shapes.ts';

export interface Encoded {
  readonly contentType: string;
  readonly text: string;
}

const CONTENT_TYPES: Readonly<Record<Service, string>> = {
  ecr: 'application/x-amz-json-1.1',
  ecs: 'application/x-amz-json-1.1',
  eks: 'application/json',
  iam: 'text/xml',
  inspector2: 'application/json',
  kms: 'application/x-amz-json-1.1',
  lambda: 'application/json',
  organizations: 'application/x-amz-json-1.1',
  sts: 'text/xml',
};

/** The namespaces of services with the query protocol. */
const NAMESPACES: Partial<Readonly<Record<Service, string>>> = {
  iam: 'https://iam.amazonaws.com/doc/2010-05-08/',
  sts: 'https://sts.amazonaws.com/doc/2011-06-15/',
};

/** The body of an answer; a text is sent as it is. */
export function encode(service: Service, api: string, { body, errorType }: Answer): Encoded {
  const contentType = CONTENT_TYPES[service];
  if (typeof body === 'string') return { contentType, text: body };
  const namespace = NAMESPACES[service];
  if (namespace === undefined) return { contentType, text: JSON.stringify(body) };
  if (errorType !== undefined) {
    const message = isStructure(body) ? String(body.message) : errorType;
    const error = { Error: { Type: 'Sender', Code: errorType, Message: message } };
    return { contentType, text: `<ErrorResponse xmlns="${namespace}">${xml(error)}</ErrorResponse>` };
  }
  const answer = `<${api}Result>${xml(body)}</${api}Result>`;
  const metadata = '<ResponseMetadata><RequestId>emulated</RequestId></ResponseMetadata>';
  return {
    contentType,
    text: `<${api}Response xmlns="${namespace}">${answer}${metadata}</${api}Response>`,
  };
}

/** A value as the query protocol has it: the elements of a list are its members. */
function xml(value: Json): string {
  if (Array.isArray(value)) return value.map((item) => `<member>${xml(item)}</member>`).join('');
  if (isStructure(value)) {
    return Object.entries(value as Record<string, Json>)
      .map(([name, member]) => (member === null ? '' : `<${name}>${xml(member)}</${name}>`))
      .join('');
  }
  return String(value).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
