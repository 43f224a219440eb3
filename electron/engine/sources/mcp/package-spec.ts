/** Where a launched program is fetched from, and how firmly its version is fixed. */
export type PackageSpec = {
  readonly registry: 'npm' | 'pypi' | 'oci' | 'jsr' | 'go' | 'nuget' | 'git' | 'url';
  readonly name: string;
  readonly version: string | null;
  /** True where the same text always fetches the same version (`tag`: unless somebody moves the tag). */
  readonly pinned: boolean;
  readonly pin: 'digest' | 'commit' | 'version' | 'tag' | 'none';
};

const exactVersion = /^v?\d+\.\d+\.\d+(?:[-+][0-9A-Za-z.+-]{1,100})?$/;
const exactPythonVersion = /^v?\d+(?:\.\d+)*(?:(?:a|b|rc|\.post|\.dev)\d+)*(?:\+[0-9A-Za-z.]{1,64})?$/;
const commit = /^[0-9a-f]{40}$/i;
/**
 * Tags that name one build and are by custom not moved: a whole version, a date, a commit. `1`, `1.2`, `latest`, `release`
 * and `bookworm-slim` move with every build.
 */
const releaseTag =
  /^(?:[A-Za-z]{1,20}-?)?v?\d{1,9}\.\d{1,9}\.\d{1,9}(?:[._+-][0-9A-Za-z.+_-]{1,100})?$|^\d{4}-?\d{2}-?\d{2}(?:[.T-].{1,60})?$|^(?:sha-|git-)?(?=[0-9a-f]*\d)(?=[0-9a-f]*[a-f])[0-9a-f]{7,40}$/;

const spec = (
  registry: PackageSpec['registry'],
  name: string,
  version: string | null,
  pin: PackageSpec['pin'],
): PackageSpec => ({
  registry,
  name,
  version: version === '' ? null : version,
  pinned: pin !== 'none',
  pin,
});

/** Null where the text names a file of this machine, not a package. */
export function npmSpec(text: string): PackageSpec | null {
  if (isPath(text) || text.startsWith('file:') || text.startsWith('link:') || text.startsWith('workspace:'))
    return null;
  if (
    /^(?:git\+|git:|github:|gitlab:|bitbucket:|gist:)/.test(text) ||
    /^[A-Za-z0-9-]+\/[A-Za-z0-9._-]+(?:#.*)?$/.test(text)
  )
    return gitSpec(text, '#');
  if (/^https?:\/\//.test(text)) return spec('url', text, null, 'none');
  const at = text.indexOf('@', 1);
  const name = at === -1 ? text : text.slice(0, at);
  const version = at === -1 ? null : text.slice(at + 1);
  if (!/^(?:@[A-Za-z0-9._~-]+\/)?[A-Za-z0-9._~-]+$/.test(name)) return null;
  if (version?.startsWith('npm:') === true) return npmSpec(version.slice(4));
  return spec('npm', name, version, version !== null && exactVersion.test(version) ? 'version' : 'none');
}

export function pythonSpec(text: string): PackageSpec | null {
  if (isPath(text) || text.endsWith('.py') || text.endsWith('.whl')) return null;
  const direct = /^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?\s*@\s*(\S+:\/\/\S+)$/.exec(text);
  if (direct !== null) return pythonSpec(direct[2] ?? '');
  if (/^git\+/.test(text)) return gitSpec(text, '@');
  if (/^https?:\/\//.test(text)) return spec('url', text, null, 'none');
  const match = /^([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^\]]{0,200}\])?\s*(@|===?|~=|>=?|<=?|!=)?\s*(.*)$/.exec(text);
  if (match === null) return null;
  const [, name = '', operator, rest = ''] = match;
  if (operator === undefined) return rest === '' ? spec('pypi', name, null, 'none') : null;
  const exact = (operator === '==' || operator === '===' || operator === '@') && exactPythonVersion.test(rest);
  const version = operator === '@' || operator.startsWith('==') ? rest : `${operator}${rest}`;
  return spec('pypi', name, version, exact ? 'version' : 'none');
}

/** `registry.host:5000/team/image:tag@sha256:...` */
export function imageSpec(text: string): PackageSpec | null {
  const digestAt = text.indexOf('@sha256:');
  const withoutDigest = digestAt === -1 ? text : text.slice(0, digestAt);
  const slash = withoutDigest.lastIndexOf('/');
  const colon = withoutDigest.indexOf(':', slash + 1);
  const name = colon === -1 ? withoutDigest : withoutDigest.slice(0, colon);
  const tag = colon === -1 ? null : withoutDigest.slice(colon + 1);
  if (name === '' || !/^[A-Za-z0-9._/:-]+$/.test(name)) return null;
  if (digestAt !== -1) return spec('oci', name, text.slice(digestAt + 1), 'digest');
  return spec('oci', name, tag, tag !== null && releaseTag.test(tag) ? 'tag' : 'none');
}

/** `npm:`, `jsr:` and remote modules of Deno. */
export function denoSpec(text: string): PackageSpec | null {
  if (text.startsWith('npm:')) return npmSpec(text.slice(4).replace(/^\//, ''));
  if (text.startsWith('jsr:')) {
    const match = /^jsr:\/?(@[^/@\s]+\/[^/@\s]+)(?:@([^/\s]+))?/.exec(text);
    const version = match?.[2] ?? null;
    if (match?.[1] === undefined) return null;
    return spec('jsr', match[1], version, version !== null && exactVersion.test(version) ? 'version' : 'none');
  }
  return /^https?:\/\//.test(text) ? spec('url', text, null, 'none') : null;
}

export function goSpec(text: string): PackageSpec | null {
  if (isPath(text) || !/^[a-z0-9.-]+\.[a-z]+\//i.test(text)) return null;
  const at = text.indexOf('@');
  const version = at === -1 ? null : text.slice(at + 1);
  return spec(
    'go',
    at === -1 ? text : text.slice(0, at),
    version,
    version !== null && exactVersion.test(version) ? 'version' : 'none',
  );
}

export function nugetSpec(text: string, version: string | null): PackageSpec | null {
  const [name = '', inline] = text.split('@');
  if (!/^[A-Za-z0-9._-]+$/.test(name)) return null;
  const found = inline ?? version;
  return spec(
    'nuget',
    name,
    found,
    found !== null && found !== undefined && exactVersion.test(found) ? 'version' : 'none',
  );
}

function gitSpec(text: string, mark: '#' | '@'): PackageSpec {
  const body = text.replace(/^git\+/, '');
  const slash = body.lastIndexOf('/');
  const at = body.indexOf(mark, slash);
  const name = at === -1 ? body : body.slice(0, at);
  const reference = at === -1 ? null : (body.slice(at + 1).split('#', 1)[0] ?? null);
  if (reference !== null && commit.test(reference)) return spec('git', name, reference, 'commit');
  return spec('git', name, reference, reference !== null && exactVersion.test(reference) ? 'tag' : 'none');
}

const isPath = (text: string): boolean => /^(?:\.{1,2}(?:[\\/]|$)|[\\/~]|[A-Za-z]:[\\/]|\$\{|\$[A-Z])/.test(text);
