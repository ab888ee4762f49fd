/** Reads a CloudFormation template and evaluates it: conditions, parameters and the functions that the template uses. */
import { type CollectionTag, parse, type ScalarTag } from 'yaml';

export interface Template {
  readonly Parameters: Record<
    string,
    { readonly Default?: string; readonly AllowedPattern?: string; readonly Type: string }
  >;
  readonly Conditions: Record<string, unknown>;
  readonly Resources: Record<
    string,
    {
      readonly Type: string;
      readonly Condition?: string;
      readonly DeletionPolicy?: string;
      readonly Properties: Record<string, unknown>;
    }
  >;
}

const FUNCTIONS = ['Sub', 'If', 'Equals', 'Not', 'Join', 'GetAtt'];

const long = (name: string) => (name === 'Ref' ? 'Ref' : `Fn::${name}`);

/** The short forms of functions, such as `!Sub`, as their long forms. */
const tags: (ScalarTag | CollectionTag)[] = [
  ...['Ref', ...FUNCTIONS].map(
    (name): ScalarTag => ({ tag: `!${name}`, resolve: (text) => ({ [long(name)]: text }) }),
  ),
  ...FUNCTIONS.map(
    (name): CollectionTag => ({
      tag: `!${name}`,
      collection: 'seq',
      resolve: (node) => ({ [long(name)]: JSON.parse(JSON.stringify(node)) as unknown }),
    }),
  ),
];

export function readTemplate(text: string): Template {
  return JSON.parse(JSON.stringify(parse(text, { customTags: tags }))) as Template;
}

const PSEUDO: Readonly<Record<string, string>> = {
  'AWS::Partition': 'aws',
  'AWS::AccountId': '123456789012',
  'AWS::Region': 'eu-central-1',
};

/** What AWS::NoValue stands for: the property is left out. */
const NO_VALUE = Symbol('AWS::NoValue');

/**
 * The resources that CloudFormation makes, with the values of their properties.
 * @throws Error for a parameter without a value, a value that its pattern refuses, and a function that is unknown
 */
export function evaluate(template: Template, given: Readonly<Record<string, string>>) {
  const parameters = Object.fromEntries(
    Object.entries(template.Parameters).map(([name, { Default, AllowedPattern, Type }]) => {
      const value = given[name] ?? Default;
      if (value === undefined) throw new Error(`the parameter ${name} has no value`);
      const parts = Type === 'CommaDelimitedList' ? value.split(',') : [value];
      for (const part of parts)
        if (AllowedPattern !== undefined && !new RegExp(`^(?:${AllowedPattern})$`).test(part))
          throw new Error(`the parameter ${name} cannot be ${part}`);
      return [name, Type === 'CommaDelimitedList' ? parts : value];
    }),
  );
  const arn = (resource: string) => {
    const type = template.Resources[resource]?.Type;
    if (type === 'AWS::IAM::Role') return `arn:aws:iam::123456789012:role/${resource}`;
    if (type === 'AWS::KMS::Key') return `arn:aws:kms:eu-central-1:123456789012:key/${resource}`;
    if (type === undefined) throw new Error(`there is no ${resource}`);
    return `arn:aws:${type.split('::')[1]?.toLowerCase()}:eu-central-1:123456789012:${resource}`;
  };
  const reference = (name: string): unknown => {
    if (name === 'AWS::NoValue') return NO_VALUE;
    if (name in PSEUDO) return PSEUDO[name];
    if (name in parameters) return parameters[name];
    if (name in template.Resources) return name;
    throw new Error(`there is no ${name}`);
  };
  const holds = (condition: string) => value(template.Conditions[condition]) === true;

  function value(node: unknown, variables: Readonly<Record<string, unknown>> = {}): unknown {
    if (Array.isArray(node)) return node.map((item) => value(item)).filter((item) => item !== NO_VALUE);
    if (typeof node !== 'object' || node === null) return node;
    const entries = Object.entries(node);
    const [[name, argument] = ['', undefined]] = entries;
    const list = Array.isArray(argument) ? argument : [];
    switch (entries.length === 1 ? name : '') {
      case 'Ref':
        return reference(String(argument));
      case 'Fn::GetAtt':
        return arn(String(argument).replace(/\.Arn$/, ''));
      case 'Fn::Equals':
        return value(list[0]) === value(list[1]);
      case 'Fn::Not':
        return value(list[0]) !== true;
      case 'Fn::If':
        return value(holds(String(list[0])) ? list[1] : list[2]);
      case 'Fn::Join':
        return (value(list[1]) as string[]).join(String(list[0]));
      case 'Fn::Sub': {
        const [text, map] = Array.isArray(argument) ? list : [argument, {}];
        return String(text).replace(/\$\{([^}]+)\}/g, (_, part: string) =>
          String(
            Object.hasOwn(Object(map), part)
              ? value((map as Record<string, unknown>)[part], variables)
              : part.endsWith('.Arn')
                ? arn(part.slice(0, -'.Arn'.length))
                : reference(part),
          ),
        );
      }
      default:
        if (name.startsWith('Fn::')) throw new Error(`${name} is unknown here`);
        return Object.fromEntries(
          entries.map(([key, item]) => [key, value(item)] as const).filter(([, item]) => item !== NO_VALUE),
        );
    }
  }

  return Object.fromEntries(
    Object.entries(template.Resources)
      .filter(([, { Condition }]) => Condition === undefined || holds(Condition))
      .map(([name, { Properties }]) => [name, value(Properties) as Record<string, never>]),
  );
}
