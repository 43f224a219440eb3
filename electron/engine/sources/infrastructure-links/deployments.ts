import type { Properties } from '../../../../shared/model/facts.ts';
import { text, textOrNull } from '../host/fact-view.ts';
import type { AssetDraft, AssetRef, FactIndex, Linker, MergedAsset, MergedRelation, RelationDraft } from '../source.ts';

/**
 * What is deployed and what is written are one agent, where a path, an image or a name says so. A deployment whose code is in
 * none of the scanned folders is an agent of its own, and so is a second deployment of the same code.
 */
export const deploymentsLinker: Linker = {
  id: 'infrastructure-links/deployments',
  version: 1,
  link(facts) {
    const links = new Deployments(facts);
    links.run();
    return { assets: links.assets, relations: links.relations };
  },
};

const codeFile = /\.(?:py|ipynb|ts|tsx|js|mjs|cjs|mts|cts|cs|java|kt|go)$/;

/** What an agent gets from the place that it runs in. */
const handedOn = ['runs-as', 'authenticates-with', 'uses', 'reads', 'writes', 'guarded-by'] as const;

const plain = (name: string): string => name.toLowerCase().replace(/[^a-z0-9]/g, '');
/** `currency-converter-agent` and `currency_converter` are one name. */
const bare = (name: string): string => plain(name).replace(/agent$/, '');
const isNear = (one: string, other: string): boolean =>
  one === other || one.startsWith(`${other}/`) || other.startsWith(`${one}/`);
const folderOf = (place: string): string => place.slice(0, Math.max(0, place.lastIndexOf('/')));
const refOf = (asset: MergedAsset): AssetRef => ({ kind: asset.kind, key: asset.key });

class Deployments {
  readonly assets: AssetDraft[] = [];
  readonly relations: RelationDraft[] = [];
  readonly #facts: FactIndex;
  readonly #agents: readonly MergedAsset[];
  readonly #delegated: ReadonlySet<string>;
  readonly #claimed = new Map<string, MergedAsset>();
  readonly #agentOf = new Map<string, MergedAsset | null>();
  readonly #bySource = new Map<string, MergedRelation[]>();

  constructor(facts: FactIndex) {
    this.#facts = facts;
    this.#agents = facts.assets('agent').filter((agent) => agent.evidence.some(({ place }) => codeFile.test(place)));
    this.#delegated = new Set(
      [...facts.relations('delegates-to'), ...facts.relations('uses')].flatMap((relation) =>
        relation.to.kind === 'agent' ? [relation.to.key] : [],
      ),
    );
    for (const kind of handedOn)
      for (const relation of facts.relations(kind)) {
        const key = `${relation.from.kind}\0${relation.from.key}`;
        const list = this.#bySource.get(key);
        if (list === undefined) this.#bySource.set(key, [relation]);
        else list.push(relation);
      }
  }

  run(): void {
    const workloads = this.#facts.assets('workload').filter(runsAgent);
    // A deployment that names its file is surest; then what shares its account, its image or its name.
    const withCode = workloads.filter((workload) => textOrNull(workload.properties, 'code') !== null);
    const cards = workloads.filter((workload) => text(workload.properties, 'kind') === 'agent-card');
    const others = workloads.filter((workload) => !withCode.includes(workload) && !cards.includes(workload));
    for (const workload of withCode.toSorted((a, b) => Number(this.#named(b)) - Number(this.#named(a))))
      this.#link(workload, this.#byFile(workload));
    for (const workload of others) this.#link(workload, this.#byTwin(workload) ?? this.#byName(workload));
    for (const card of cards) this.#link(card, this.#ofCard(card));
  }

  /** Whether an agent of the deployment's file has its name. */
  #named(workload: MergedAsset): boolean {
    const wanted = plain(text(workload.properties, 'runtimeName'));
    return this.#inFile(workload).some((agent) => plain(agent.name) === wanted);
  }

  #inFile(workload: MergedAsset): readonly MergedAsset[] {
    const code = text(workload.properties, 'code');
    return this.#agents.filter((agent) => agent.evidence.some(({ place }) => place === code));
  }

  /** The agent of the file: by name, else the only one to whom nobody hands work. */
  #byFile(workload: MergedAsset): MergedAsset | null {
    const inFile = this.#inFile(workload);
    const wanted = plain(text(workload.properties, 'runtimeName'));
    const named = inFile.find((agent) => plain(agent.name) === wanted);
    if (named !== undefined) return named;
    const entry = inFile.filter((agent) => !this.#delegated.has(agent.key));
    return entry.length === 1 ? (entry[0] ?? null) : null;
  }

  /** Another description of the same deployment: one that acts as the same account and has found its code. */
  #byTwin(workload: MergedAsset): MergedAsset | null {
    const mine = this.#accounts(workload);
    for (const [key, agent] of this.#agentOf) {
      if (agent === null) continue;
      const other = this.#facts.asset({ kind: 'workload', key });
      if (other === undefined || text(other.properties, 'framework') !== text(workload.properties, 'framework'))
        continue;
      if (this.#accounts(other).some((account) => mine.includes(account))) return agent;
    }
    return null;
  }

  #accounts(workload: MergedAsset): readonly string[] {
    return (this.#bySource.get(`workload\0${workload.key}`) ?? []).flatMap((relation) =>
      relation.kind === 'runs-as' && !relation.dynamic ? [relation.to.key] : [],
    );
  }

  /** By the name of the image, of the folder that the image is built from, or of the deployment. */
  #byName(workload: MergedAsset): MergedAsset | null {
    const { properties } = workload;
    const image =
      (textOrNull(properties, 'imageName') ?? textOrNull(properties, 'image') ?? '')
        .split('/')
        .at(-1)
        ?.split(/[:@]/)[0] ?? '';
    const names = [image, text(properties, 'runtimeName'), workload.name].map(plain).filter((name) => name.length > 3);
    const root = rootOf(workload);
    // An image that is built in a folder of that name, and whose start has been found in the code.
    for (const [key, agent] of this.#agentOf) {
      const other = this.#facts.asset({ kind: 'workload', key });
      if (agent === null || other === undefined || rootOf(other) !== root) continue;
      if (text(other.properties, 'kind') === 'image' && names.includes(plain(text(other.properties, 'runtimeName'))))
        return agent;
    }
    const near = this.#agents.filter((agent) => rootOf(agent) === root);
    const named = near.filter(
      (agent) =>
        names.includes(plain(agent.name)) ||
        names.includes(
          plain(
            folderOf(agent.evidence[0]?.place ?? '')
              .split('/')
              .at(-1) ?? '',
          ),
        ),
    );
    const free = named.filter((agent) => !this.#delegated.has(agent.key));
    if (free.length === 1) return free[0] ?? null;
    const folder = textOrNull(properties, 'codeFolder');
    if (folder === null) return null;
    const product = plain(text(properties, 'product'));
    const within = near.filter(
      (agent) => (agent.evidence[0]?.place ?? '').startsWith(`${folder}/`) && !this.#delegated.has(agent.key),
    );
    const fitting =
      product === ''
        ? within
        : within.filter(
            (agent) =>
              product.startsWith(plain(text(agent.properties, 'framework'))) &&
              text(agent.properties, 'framework') !== '',
          );
    return fitting.length === 1 ? (fitting[0] ?? null) : null;
  }

  /** A card presents an agent that is known already, where name or folder say so: of code, or of another deployment. */
  #ofCard(card: MergedAsset): MergedAsset | null {
    const name = bare(card.name);
    const folder = folderOf(card.evidence[0]?.place ?? '').replace(/\/\.well-known$/, '');
    const near = this.#agents.filter((agent) => isNear(folderOf(agent.evidence[0]?.place ?? ''), folder));
    const named = near.filter((agent) => bare(agent.name) === name);
    if (named.length === 1) return named[0] ?? null;
    for (const [key, agent] of this.#agentOf) {
      const other = this.#facts.asset({ kind: 'workload', key });
      if (
        agent !== null &&
        other !== undefined &&
        bare(other.name) === name &&
        isNear(folderOf(other.evidence[0]?.place ?? ''), folder)
      )
        return agent;
    }
    const free = near.filter(
      (agent) => !this.#delegated.has(agent.key) && folderOf(agent.evidence[0]?.place ?? '') === folder,
    );
    return free.length === 1 ? (free[0] ?? null) : null;
  }

  #link(workload: MergedAsset, found: MergedAsset | null): void {
    this.#agentOf.set(workload.key, found);
    const evidence = workload.evidence.slice(0, 1);
    const second =
      found !== null &&
      this.#claimed.get(found.key) !== undefined &&
      isDeploymentOf(workload, this.#claimed.get(found.key));
    if (found !== null && !second) {
      if (!this.#claimed.has(found.key)) this.#claimed.set(found.key, workload);
      this.relations.push({
        kind: 'exposes',
        from: refOf(workload),
        to: refOf(found),
        properties: { why: 'deploys the agent' },
        concludedFrom: evidence,
      });
      this.#handOn(workload, refOf(found));
      return;
    }
    if (found === null && !makesAgent(workload)) return;
    const ref: AssetRef = { kind: 'agent', key: workload.key };
    this.assets.push({
      ...ref,
      name: workload.name,
      properties: {
        framework: text(workload.properties, 'framework') || text(workload.properties, 'product') || 'container',
        location: text(workload.properties, 'runsIn') || 'cloud',
        deployment: workload.key,
        ...(found === null ? { code: 'not in the scanned folders' } : { sameCodeAs: found.key }),
      },
      concludedFrom: evidence,
      origin: 'declared',
      confidence: workload.confidence,
      dynamic: workload.dynamic,
    });
    this.relations.push({
      kind: 'exposes',
      from: refOf(workload),
      to: ref,
      properties: { why: 'deploys the agent' },
      concludedFrom: evidence,
    });
    if (found === null) this.#agentOf.set(workload.key, { ...workload, kind: 'agent' });
    this.#handOn(workload, ref);
    if (found !== null) this.#copy(found, ref);
  }

  #handOn(workload: MergedAsset, to: AssetRef): void {
    for (const relation of this.#bySource.get(`workload\0${workload.key}`) ?? [])
      this.relations.push({
        kind: relation.kind,
        from: to,
        to: relation.to,
        discriminator: relation.discriminator,
        properties: { ...relation.properties, through: workload.key },
        concludedFrom: relation.evidence,
        // Said, so that the place of a second deployment joins that of the first.
        origin: 'derived',
        confidence: relation.confidence,
        dynamic: relation.dynamic,
      });
  }

  /** The second deployment has the tools of the code, and an account of its own. */
  #copy(from: MergedAsset, to: AssetRef): void {
    for (const kind of [
      'uses',
      'reads',
      'writes',
      'delegates-to',
      'executes',
      'gated-by',
      'ingests',
      'egresses-to',
    ] as const)
      for (const relation of this.#facts.relations(kind))
        if (relation.from.kind === 'agent' && relation.from.key === from.key)
          this.relations.push({
            kind,
            from: to,
            to: relation.to,
            discriminator: relation.discriminator,
            properties: { ...relation.properties, why: 'same code' },
            concludedFrom: relation.evidence,
            confidence: relation.confidence,
            dynamic: relation.dynamic,
          });
  }
}

const rootOf = (asset: MergedAsset): string => (asset.evidence[0]?.place ?? '').split('/')[0] ?? '';

function runsAgent(workload: MergedAsset): boolean {
  const runs = text(workload.properties, 'runs');
  if (text(workload.properties, 'kind') === 'agent-runtime') return text(workload.properties, 'protocol') !== 'MCP';
  return runs === 'agent' || (runs === 'agent-host' && text(workload.properties, 'because').startsWith('starts '));
}

/** Whether a deployment is an agent where no code of it is known. What is only built, or only guessed, is none. */
function makesAgent(workload: MergedAsset): boolean {
  const { properties }: { readonly properties: Properties } = workload;
  if (text(properties, 'kind') === 'agent-runtime' || text(properties, 'kind') === 'agent-card') return true;
  return properties['certain'] === true && text(properties, 'kind') === 'container';
}

/** Two entries of one file are two deployments; the same one in two languages is not. */
const isDeploymentOf = (workload: MergedAsset, first: MergedAsset | undefined): boolean =>
  first !== undefined &&
  workload.evidence[0]?.place === first.evidence[0]?.place &&
  text(workload.properties, 'kind') === 'agent-runtime';
