import type { Properties } from '../../../../shared/model/facts.ts';
import { maskUrl } from '../parse/secrets.ts';
import type { Launch } from './launch.ts';
import type { RawServer } from './raw-server.ts';

const registryFlags = new Set([
  '--registry',
  '--index-url',
  '-i',
  '--extra-index-url',
  '--index',
  '--default-index',
  '--find-links',
]);
const registryVariables =
  /^(?:npm_config_registry|npm_config_[a-z0-9@:_-]*registry|uv_index_url|uv_extra_index_url|uv_index|uv_default_index|pip_index_url|pip_extra_index_url|goproxy|deno_registry_url)$/i;

/**
 * Where the program of a server comes from and what holds it to one content. `integrity.kind`: `digest` and `commit` name
 * the content itself; `version` is what the registry says it is today; `tag` can be moved; `none` floats. Nothing is
 * looked up: a digest is recorded so that another record of it (a catalogue, a lockfile) can be held against it.
 */
export function supplyChainOf(raw: RawServer, launch: Launch | null): Properties | null {
  const spec = launch?.package;
  if (launch === null || spec == null) return null;
  const digest = spec.pin === 'digest' || spec.pin === 'commit' ? spec.version : null;
  const registries = [
    ...flagged(raw.args),
    ...raw.env.flatMap(({ name, value }) => (isRegistry(name, value) ? [value] : [])),
  ];
  return {
    source: spec.registry,
    name: maskUrl(spec.name),
    version: spec.version,
    integrity: { kind: spec.pin, ...(digest === null ? {} : { value: digest }) },
    ...(registries.length === 0 ? {} : { registries: [...new Set(registries.map(maskUrl))].slice(0, 10) }),
    ...(installsEachTime(launch) ? { fetchedAtStart: true } : {}),
  };
}

const isRegistry = (name: string, value: string): boolean =>
  registryVariables.test(name) && /^https?:\/\//i.test(value);

const flagged = (args: readonly string[]): readonly string[] =>
  args.flatMap((word, index) => {
    const equals = /^(--[a-z-]+)=(https?:\/\/.+)$/i.exec(word);
    if (equals !== null) return registryFlags.has(equals[1] ?? '') ? [equals[2] ?? ''] : [];
    const next = args[index + 1] ?? '';
    return registryFlags.has(word) && /^https?:\/\//i.test(next) ? [next] : [];
  });

/** A runner asks the registry at every start, so that what floats can be another program tomorrow. */
const installsEachTime = (launch: Launch): boolean => launch.package !== null && launch.package.pin === 'none';
