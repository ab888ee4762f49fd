/** The environment variables that notation runs with. Pure. */
import { join } from 'node:path';
import { awsEnvironment, commonEnvironment } from '../cosign/environment.ts';

type Variables = Readonly<Record<string, string | undefined>>;

export interface NotationSettings {
  /** The private directory. */
  readonly home: string;
  readonly searchPath: string;
  /** User name and password of the registry. notation removes them from the environment of its plugins. */
  readonly login: { readonly user: string; readonly password: string };
  /** Undefined if no plugin is used, so that nothing sends requests to AWS. */
  readonly plugin: { readonly region: string | undefined } | undefined;
}

/**
 * The environment of notation: what it needs and nothing else. Configuration, cache, plugins and credentials come from the
 * private directory and from this environment, never from the user's own configuration.
 * Source: notation v1.3.2, cmd/notation/main.go, and notation-go v1.3.2, dir/path.go.
 */
export function notationEnvironment(
  parent: Variables,
  { home, searchPath, login, plugin }: NotationSettings,
): Record<string, string> {
  const config = join(home, 'config');
  const { region } = plugin ?? {};
  return {
    ...commonEnvironment(parent, searchPath),
    ...(plugin === undefined ? {} : awsEnvironment(parent)),
    ...(region === undefined ? {} : { AWS_REGION: region }),
    HOME: home,
    XDG_CONFIG_HOME: home,
    XDG_CACHE_HOME: home,
    DOCKER_CONFIG: home,
    NOTATION_CONFIG: config,
    NOTATION_LIBEXEC: config,
    NOTATION_CACHE: join(home, 'cache'),
    NOTATION_USERNAME: login.user,
    NOTATION_PASSWORD: login.password,
  };
}

/**
 * The directories in which the user's plugins of Notation are, in the order in which they are searched.
 * Source: as above, with os.UserConfigDir of Go.
 */
export function pluginDirectories(parent: Variables): string[] {
  const { NOTATION_LIBEXEC: libexec } = parent;
  const config = configurationDirectory(parent);
  return [libexec, config].flatMap((one) => (one ? [join(one, 'plugins')] : []));
}

/** The user's configuration directory of Notation; undefined if it is unknown. */
export function configurationDirectory(parent: Variables): string | undefined {
  if (parent.NOTATION_CONFIG) return parent.NOTATION_CONFIG;
  const home = parent.HOME || undefined;
  const base = {
    win32: parent.AppData ?? parent.APPDATA,
    darwin: home && join(home, 'Library', 'Application Support'),
  } as Readonly<Record<string, string | undefined>>;
  const directory = Object.hasOwn(base, process.platform)
    ? base[process.platform]
    : parent.XDG_CONFIG_HOME || (home && join(home, '.config'));
  return directory === undefined ? undefined : join(directory, 'notation');
}
