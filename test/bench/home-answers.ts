import { compileLocations } from '../../electron/engine/scan/location-matcher.ts';
import { matchesOf } from '../../electron/engine/scan/gather-root.ts';
import { sources } from '../../electron/engine/sources/registry.ts';
import { connect } from '../../electron/engine/store/driver.ts';
import { readSnapshot } from '../../electron/engine/store/repos/facts-reader.ts';
import { getScan, latestCompleteScan, readCoverage } from '../../electron/engine/store/repos/scans.ts';
import { generated, type Generated } from './generate/generated-folder.ts';
import { generateHome, type HomeSize, homeVersion, type HomeTruth } from './generate/home.ts';
import type { BenchContext } from './bench-row.ts';

export const smallHome: HomeSize = { files: 200_000, folders: 20_000, configs: 2_000 };
export const largeHome: HomeSize = { files: 1_000_000, folders: 100_000, configs: 10_000 };
const seed = 12_345;

export const homeOf = (context: BenchContext, size: HomeSize): Generated<HomeTruth> =>
  generated(
    context.cache,
    `home-v${homeVersion}-${size.files}-${seed}`,
    (folder) => generateHome(folder, size, seed),
    context.say,
  );

/** What is wrong in the newest scan of a workspace: nothing wanted may be missing, no count may differ from the truth. */
export function wrongAnswers(workspace: string, { folder, truth }: Generated<HomeTruth>): string[] {
  const connection = connect(workspace, 'reader');
  try {
    const number = latestCompleteScan(connection);
    if (number === null) return ['there is no complete scan'];
    const wrong: string[] = [];
    const expect = (what: string, found: number | string, truly: number | string): void => {
      if (found !== truly) wrong.push(`${what}: found ${found}, there are ${truly}`);
    };

    const read = new Set(
      readCoverage(connection, number).flatMap((entry) => (entry.status === 'read' ? [entry.path] : [])),
    );
    const wants = sources.flatMap((source, index) =>
      source.kind === 'file'
        ? source.locations.filter(({ base }) => base === 'project').map((location) => ({ source: index, location }))
        : [],
    );
    const start = compileLocations(wants, (location) => location.path);
    const wanted = Object.values(truth.configs)
      .flat()
      .filter((path) => matchesOf(start, path).length > 0);
    const missing = wanted.filter((path) => !read.has(`${folder}/${path}`));
    if (wanted.length === 0) wrong.push('no source wants any of the generated files');
    if (missing.length > 0)
      wrong.push(
        `${missing.length} of ${wanted.length} wanted files are not in the coverage as read, first ${missing[0]}`,
      );

    const facts = readSnapshot(connection, number);
    const named = (kind: string, name: string): number =>
      facts.assets.filter((asset) => asset.kind === kind && asset.name === name).length;
    expect('sub-agents called reviewer', named('agent', 'reviewer'), truth.configs.agent.length);
    expect('skills called deploy', named('skill', 'deploy'), truth.configs.skill.length);
    const servers = new Set(facts.assets.flatMap((asset) => (asset.kind === 'mcp-server' ? [asset.name] : [])));
    expect('names of MCP servers', [...servers].sort().join(' '), truth.servers.join(' '));

    const summary = getScan(connection, number);
    expect('assets of the summary', summary?.assets ?? -1, facts.assets.length);
    expect('relations of the summary', summary?.relations ?? -1, facts.relations.length);
    const ids = new Set(facts.assets.map((asset) => asset.id));
    const loose = facts.relations.filter((relation) => !ids.has(relation.from) || !ids.has(relation.to)).length;
    expect('relations without an end', loose, 0);
    const touched = new Set(facts.relations.flatMap((relation) => [relation.from, relation.to]));
    expect(
      'reviewers that nothing relates to',
      facts.assets.filter((asset) => asset.name === 'reviewer' && !touched.has(asset.id)).length,
      0,
    );
    return wrong;
  } finally {
    connection.close();
  }
}
