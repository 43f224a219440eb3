import type { AssetKind, Confidence } from '../../../../shared/kinds.ts';
import type { JsonValue, Properties } from '../../../../shared/model/facts.ts';
import { projectOf, repositoriesOf, text } from '../host/fact-view.ts';
import type {
  AssetDraft,
  DraftEvidence,
  FactIndex,
  Linker,
  MergedAsset,
  PlacedStatement,
  RelationDraft,
} from '../source.ts';
import { type CodeOwnerRules, codeOwnerRules } from './code-owner-rules.ts';
import { type OwnerName, ownerNamed, ownerOfPerson, personDraft } from './owner-names.ts';

/** Things that somebody has to answer for. A tool or an instruction belongs to whoever owns its agent. */
export const ownedKinds: readonly AssetKind[] = [
  'agent',
  'mcp-server',
  'skill',
  'plugin',
  'workload',
  'identity',
  'data-store',
];
const maxEvidence = 20;

/**
 * Who owns what, from what files say: rules of CODEOWNERS, entries of a catalogue, labels, lists of an organisation and, as a
 * guess, the authors of the package that it lies in. Every relation says by which of these, and whether it is a guess.
 */
export const ownersLinker: Linker = {
  id: 'owners/link',
  version: 1,
  link(facts) {
    const people = new Map<string, AssetDraft>();
    const relations: RelationDraft[] = [];
    const finders = [labelOwners, listOwners(facts), codeOwnersOf(facts), nearestOwners(facts)];
    for (const kind of ownedKinds) {
      for (const asset of facts.assets(kind)) {
        for (const claim of finders.flatMap((find) => find(asset))) {
          const person = personDraft(claim.owner, claim.evidence);
          if (!people.has(person.key)) people.set(person.key, person);
          relations.push({
            kind: 'owned-by',
            from: { kind: asset.kind, key: asset.key },
            to: { kind: 'person', key: person.key },
            discriminator: claim.by,
            properties: { by: claim.by, guess: claim.guess, ...claim.more },
            confidence: claim.confidence,
            concludedFrom: claim.evidence,
          });
        }
      }
    }
    return { assets: [...people.values(), ...leftEmpty(facts)], relations };
  },
};

/** Agents that a list of the organisation names without an owner: somebody knows of the gap, nobody closed it. */
function leftEmpty(facts: FactIndex): AssetDraft[] {
  const listed = statementsByName(facts);
  if (listed === null) return [];
  return facts.assets('agent').flatMap((asset): AssetDraft[] => {
    const found = listed(asset);
    const empty = found.find(({ properties }) => text(properties, 'owner') === '');
    if (empty === undefined || found.some(({ properties }) => text(properties, 'owner') !== '')) return [];
    const { place, lines, subject } = empty;
    return [
      {
        kind: 'agent',
        key: asset.key,
        name: asset.name,
        properties: { ownerLeftEmpty: { listed: subject, place, line: lines.line } },
      },
    ];
  });
}

type Claim = {
  readonly owner: OwnerName;
  readonly by: 'label' | 'list' | 'codeowners' | 'catalog' | 'manifest';
  readonly guess: boolean;
  readonly confidence: Confidence;
  readonly evidence: readonly DraftEvidence[];
  readonly more: Properties;
};

const evidenceOf = ({ place, lines, source }: PlacedStatement): DraftEvidence => ({ place, ...lines, source });

/** Places of an asset in a project; a home's own files say nothing about who owns them. */
const projectPlaces = (asset: MergedAsset): readonly string[] => [
  ...new Set(
    asset.evidence
      .slice(0, maxEvidence)
      .map(({ place }) => place)
      .filter((place) => !place.startsWith('~/') && !place.startsWith('/')),
  ),
];

const isBelow = (place: string, anchor: string): boolean => place.startsWith(`${anchor}/`);

/** `owner` and the like among what the thing's own file says: tags of Terraform, labels and annotations of Kubernetes. */
function labelOwners(asset: MergedAsset): Claim[] {
  const named = new Map<string, string>();
  const note = (key: string, value: JsonValue | undefined): void => {
    if (typeof value !== 'string' || value.trim() === '' || value.length > 200) return;
    if (/^(?:.{1,100}\/)?(?:owner|owners|team|owned-by|owning-team)$/i.test(key)) named.set(value.trim(), key);
  };
  for (const [key, value] of Object.entries(asset.properties)) note(key, value);
  for (const bag of ['labels', 'annotations', 'tags']) {
    const value = asset.properties[bag];
    if (typeof value !== 'object' || value === null || Array.isArray(value)) continue;
    for (const [key, item] of Object.entries(value as Properties)) note(key, item);
  }
  return [...classOwner(asset), ...[...named].map(([name, label]) => labelClaim(asset, name, label))];
}

const labelClaim = (asset: MergedAsset, name: string, label: string): Claim => ({
  owner: ownerNamed(name),
  by: 'label',
  guess: false,
  confidence: asset.confidence,
  evidence: asset.evidence.slice(0, 1),
  more: { label },
});

/** The owner that a classification list gives a store; the linker of those lists ran before this one. */
function classOwner(asset: MergedAsset): Claim[] {
  const label = asset.properties['classification'];
  if (asset.kind !== 'data-store' || typeof label !== 'object' || label === null || Array.isArray(label)) return [];
  const { owner, place, line, guess } = label as Properties;
  if (typeof owner !== 'string' || owner === '' || typeof place !== 'string' || typeof line !== 'number') return [];
  return [
    {
      owner: ownerNamed(owner),
      by: 'list',
      guess: guess === true,
      confidence: guess === true ? 'medium' : 'high',
      evidence: [{ place, line, endLine: line, source: 'context-files/lists' }],
      more: {},
    },
  ];
}

/** What lists of an organisation say of an agent, by its name; its file or folder may carry that name as well. */
function statementsByName(facts: FactIndex): ((asset: MergedAsset) => readonly PlacedStatement[]) | null {
  const repositories = repositoriesOf(facts);
  const byName = new Map<string, PlacedStatement[]>();
  for (const statement of facts.statements('named-owner')) {
    const key = plain(statement.subject);
    const known = byName.get(key);
    if (known === undefined) byName.set(key, [statement]);
    else known.push(statement);
  }
  if (byName.size === 0) return null;
  return (asset) => {
    if (asset.kind !== 'agent') return [];
    const places = projectPlaces(asset);
    for (const name of [asset.name, ...places.slice(0, 1).flatMap(namesOfPlace)]) {
      const found = (byName.get(plain(name)) ?? []).filter(({ anchor }) =>
        places.some((place) => isBelow(place, projectOf(anchor, repositories))),
      );
      if (found.length > 0) return found;
    }
    return [];
  };
}

function listOwners(facts: FactIndex): (asset: MergedAsset) => Claim[] {
  const listed = statementsByName(facts);
  return (asset) =>
    (listed?.(asset) ?? []).flatMap((statement): Claim[] => {
      const owner = text(statement.properties, 'owner');
      if (owner === '') return [];
      const byItsName = plain(asset.name) === plain(statement.subject);
      return [
        {
          owner: ownerNamed(owner),
          by: 'list',
          guess: !byItsName,
          confidence: byItsName ? 'high' : 'medium',
          evidence: [evidenceOf(statement)],
          more: { listed: statement.subject },
        },
      ];
    });
}

function namesOfPlace(place: string): string[] {
  const segments = place.split('/');
  const file = (segments.pop() ?? '').replace(/\.[^.]{1,10}$/, '');
  return [file, segments.at(-1) ?? ''];
}

const plain = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');

function codeOwnersOf(facts: FactIndex): (asset: MergedAsset) => Claim[] {
  const repositories = new Set(repositoriesOf(facts));
  const statements = ofTheRepository(facts.statements('code-owner'), repositories);
  const anchors = new Set(statements.map(({ anchor }) => anchor));
  const rules = new Map<string, CodeOwnerRules>();
  return (asset) =>
    anchors.size === 0
      ? []
      : projectPlaces(asset).flatMap((place) => {
          // A file of that name below the root of a checkout is only a file of that name.
          const checkout = above(place, (folder) => repositories.has(folder));
          const anchor = checkout ?? above(place, (folder) => anchors.has(folder));
          if (anchor === null || !anchors.has(anchor)) return [];
          let known = rules.get(anchor);
          if (known === undefined) {
            known = codeOwnerRules(statements, anchor);
            rules.set(anchor, known);
          }
          return known.ownersOf(place.slice(anchor.length + 1)).flatMap(({ owners, rule }) =>
            owners.map(
              (owner): Claim => ({
                owner: ownerNamed(owner),
                by: 'codeowners',
                guess: false,
                confidence: 'high',
                evidence: [evidenceOf(rule)],
                more: {
                  pattern: rule.subject,
                  ...(text(rule.properties, 'section') === '' ? {} : { section: text(rule.properties, 'section') }),
                },
              }),
            ),
          );
        });
}

/**
 * `docs/CODEOWNERS` is found as the file of the folder above and as the one of `docs` itself: it speaks for the checkout, and
 * for the folder above where neither is known to be one.
 */
function ofTheRepository(
  statements: readonly PlacedStatement[],
  repositories: ReadonlySet<string>,
): readonly PlacedStatement[] {
  const anchors = new Map<string, string>();
  for (const { place, anchor } of statements) {
    const known = anchors.get(place);
    const isSurer =
      known === undefined ||
      (repositories.has(anchor) === repositories.has(known) ? anchor.length < known.length : repositories.has(anchor));
    if (isSurer) anchors.set(place, anchor);
  }
  return statements.filter(({ place, anchor }) => anchors.get(place) === anchor);
}

/** The catalogue entry and the manifest of the nearest folder above. A manifest names authors: that is a guess. */
function nearestOwners(facts: FactIndex): (asset: MergedAsset) => Claim[] {
  const catalog = byAnchor(facts.statements('catalog-owner'));
  const manifests = byAnchor(facts.statements('manifest-author'));
  const repositories = new Set(repositoriesOf(facts));
  const nearest = (
    place: string,
    statements: ReadonlyMap<string, readonly PlacedStatement[]>,
  ): readonly PlacedStatement[] => {
    const anchor = above(place, (folder) => statements.has(folder) || repositories.has(folder));
    return anchor === null ? [] : (statements.get(anchor) ?? []);
  };
  return (asset) =>
    projectPlaces(asset).flatMap((place) => {
      const entries = nearest(place, catalog);
      const own = entries.filter(({ subject }) => plain(subject) === plain(asset.name));
      const fitting = own.length > 0 ? own : new Set(entries.map(catalogOwner)).size === 1 ? entries : [];
      const claims: Claim[] = fitting.slice(0, 1).map((statement) => ({
        owner: ownerNamed(catalogOwner(statement)),
        by: 'catalog',
        guess: false,
        confidence: 'high',
        evidence: [evidenceOf(statement)],
        more: { entity: statement.subject },
      }));
      const authors = nearest(place, manifests);
      const maintainers = authors.filter(({ properties }) => text(properties, 'role') === 'maintainer');
      for (const statement of maintainers.length > 0 ? maintainers : authors) {
        claims.push({
          owner: ownerOfPerson(statement.subject, text(statement.properties, 'email')),
          by: 'manifest',
          guess: true,
          confidence: 'low',
          evidence: [evidenceOf(statement)],
          more: { role: text(statement.properties, 'role') },
        });
      }
      return claims;
    });
}

const catalogOwner = ({ properties }: PlacedStatement): string => text(properties, 'owner');

function byAnchor(statements: readonly PlacedStatement[]): Map<string, PlacedStatement[]> {
  const found = new Map<string, PlacedStatement[]>();
  for (const statement of statements) {
    const list = found.get(statement.anchor);
    if (list === undefined) found.set(statement.anchor, [statement]);
    else list.push(statement);
  }
  return found;
}

/** The nearest folder above a place for which this holds. */
function above(place: string, holds: (folder: string) => boolean): string | null {
  for (let end = place.lastIndexOf('/'); end > 0; end = place.lastIndexOf('/', end - 1)) {
    const folder = place.slice(0, end);
    if (holds(folder)) return folder;
  }
  return null;
}
