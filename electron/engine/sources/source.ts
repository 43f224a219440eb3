import type { AssetKind, Confidence, Origin, RelationKind, Scope } from '../../../shared/kinds.ts';
import type { Properties } from '../../../shared/model/facts.ts';

/**
 * The seam between what walks and what understands. The runner walks, opens, limits, caches and cancels; a source says
 * which places it wants and turns bytes into facts. A source is pure: the same file gives the same reading.
 */

/** Folder that a place is counted from. `project` places may stand at any depth below a scan root. */
export type Base = 'project' | 'home' | 'machine';
export type Platform = 'linux' | 'macos' | 'windows';

export type Location = {
  readonly scope: Scope;
  readonly base: Base;
  /**
   * Path below the base with forward slashes. A segment is literal or holds `*` (within a segment); `**` stands for any
   * number of segments and may only stand between two literal ends (`.claude/agents/**` + `/*.md`).
   * Machine places are absolute (`/etc/claude-code/managed-settings.json`).
   */
  readonly path: string;
  /** For home and machine places of one platform; absent = all three. */
  readonly platform?: Platform;
  /** Confidence of what this place is documented to be: high = documented, medium = excerpt, low = unverified. */
  readonly confidence?: Confidence;
};

/** A file as the runner hands it over: read once, within limits, decoded. */
export type FileInput = {
  /** Path inside the scanned file system, absolute, forward slashes. For messages only. */
  readonly path: string;
  /** Stable name of the place: `<root label>/<path in root>`, `~/...` for the home, `/etc/...` for the machine. Use in keys. */
  readonly place: string;
  /**
   * Place of the symbolic link that led here, where one did. `place` is that of the target, so that facts of one file come
   * together however it is reached; `anchor`, `scope` and `location` are those of the link, whose reader is linked.
   */
  readonly linkPlace?: string;
  /** Stable name of the folder that the location's path hangs on: the project folder, `~`, or '' for the machine. Use in keys. */
  readonly anchor: string;
  /** Last segment of the anchor, for names that people read ("Claude Code in acme-support"). */
  readonly anchorName: string;
  readonly scope: Scope;
  readonly location: Location;
  /** Decoded text: BOM removed, UTF-16 decoded, line feeds as in the file. */
  readonly text: string;
  /** Bytes that were not valid UTF-8 and became U+FFFD. */
  readonly replacements: number;
  readonly sha256: string;
  readonly bytes: number;
  /** Permission bits (0o777), owner uid; null where the platform has none. */
  readonly mode: number | null;
};

export type Lines = { readonly line: number; readonly endLine: number };

/** An asset as one file shows it. Drafts of the same kind and key, from whatever source, become one asset. */
export type AssetDraft = {
  readonly kind: AssetKind;
  /** Natural key, unique within the kind, free of absolute paths of this machine. Make it with `keys.ts`. */
  readonly key: string;
  readonly name: string;
  /**
   * Scalars: the first draft in the order of places wins. Lists are united (equal members once). Objects merge key by key.
   * Never a secret's value. `host` or `framework` names the product.
   */
  readonly properties?: Properties;
  readonly lines?: Lines | undefined;
  /** Only for what a linker adds, which has no file of its own: where it was concluded from. */
  readonly concludedFrom?: readonly DraftEvidence[];
  readonly confidence?: Confidence;
  readonly dynamic?: boolean;
  readonly origin?: Origin;
};

export type AssetRef = { readonly kind: AssetKind; readonly key: string };

export type RelationDraft = {
  readonly kind: RelationKind;
  readonly from: AssetRef;
  readonly to: AssetRef;
  /** Tells two relations of the same kind between the same two assets apart. */
  readonly discriminator?: string;
  readonly properties?: Properties;
  readonly lines?: Lines | undefined;
  /** Only for what a linker adds: the lines that it was concluded from. Absent = the first evidence of both ends. */
  readonly concludedFrom?: readonly DraftEvidence[];
  readonly confidence?: Confidence;
  readonly dynamic?: boolean;
  readonly origin?: Origin;
};

/**
 * What a file says about things that other files describe: who owns a path, what a store holds. No asset by itself; linkers
 * put it to use. `subject` belongs to the kind (a path pattern, the name of a store); `anchor` is the folder it speaks for.
 */
export type Statement = {
  readonly kind:
    | 'code-owner'
    | 'catalog-owner'
    | 'manifest-author'
    | 'checkout-head'
    | 'data-classification'
    | 'environment'
    | 'named-owner'
    | 'catalogue-entry'
    | 'action-call'
    | 'cached-tools';
  readonly anchor: string;
  readonly subject: string;
  readonly properties: Properties;
  readonly lines: Lines;
};
export type PlacedStatement = Statement & { readonly place: string; readonly source: string };

export type Issue = { readonly line: number | null; readonly message: string };

/** What a file says. `malformed` files keep the facts that could still be read. */
export type Reading = {
  readonly status: 'read' | 'malformed' | 'not-supported';
  /** Why, when the status is not `read`; what was left aside of a file that was read. */
  readonly detail?: string;
  readonly assets: readonly AssetDraft[];
  readonly relations: readonly RelationDraft[];
  readonly statements?: readonly Statement[];
  readonly issues: readonly Issue[];
};

type Described = {
  /** Stable, `<product>/<thing>`; stored with every fact, shown in coverage. */
  readonly id: string;
  /** Raise when the same input would now give different facts: cached readings of older versions are then dropped. */
  readonly version: number;
  readonly title: string;
  readonly product: string;
  readonly productTitle: string;
};

/** Understands configuration files one by one. */
export type FileSource = Described & {
  readonly kind: 'file';
  readonly locations: readonly Location[];
  /**
   * `mcp-server` stands for its bridges (`workload`), network proxies (`external-service`) and cloud profiles (`identity`)
   * as well.
   */
  readonly emits: readonly AssetKind[];
  read(file: FileInput): Reading;
};

/** Facts of a linked module that stand in a certain file. */
export type PlacedReading = { readonly place: string; readonly reading: Reading };

/**
 * Understands source code. Files are searched for the keywords first (bytes, no parse); the ones that hold one are
 * parsed to a summary, in a worker. Linking sees all summaries of one scan root and may ask for further files of the
 * same root (imported modules without a keyword); the runner reads those and links again.
 */
export type CodeSource = Described & {
  readonly kind: 'code';
  /** File name endings, with the dot: `.py`. */
  readonly extensions: readonly string[];
  /** Byte strings of which at least one stands in every file that can matter by itself. */
  readonly keywords: readonly string[];
  readonly emits: readonly AssetKind[];
  /** JSON-safe summary of one file: what is imported, defined, called; with lines. Runs in a worker. */
  summarise(file: FileInput): Promise<ModuleSummary>;
  link(modules: readonly ModuleSummary[], context: LinkContext): Linked;
};

/** `place` and `sha256` name the file; `content` belongs to the source; `issues` are shown to the user. */
export type ModuleSummary = {
  readonly place: string;
  readonly sha256: string;
  readonly status: 'read' | 'malformed';
  readonly content: unknown;
  readonly issues: readonly Issue[];
};

export type LinkContext = {
  /** Label of the scan root; places of its files start with it and a slash. */
  readonly rootLabel: string;
  /**
   * Reads and summarises a further file at once, instead of asking for it by `wanted`; null = not there, or not to be read.
   * Whoever uses it is called again with everything that it gave, until it gives nothing new: what counts is the last time.
   */
  readonly read?: (place: string) => ModuleSummary | null;
};

export type Linked = {
  readonly readings: readonly PlacedReading[];
  /** Places that linking would like to see (candidates; the ones that do not exist are dropped). */
  readonly wanted: readonly string[];
};

/**
 * Looks at the merged facts of one scan and adds what only several files together say: which definition of a server
 * wins, which file switches it off, who inherits from whom. Adds drafts (they merge like any other) and says what is the
 * same thing under two keys; never removes.
 */
export type Linker = {
  readonly id: string;
  readonly version: number;
  link(facts: FactIndex): {
    readonly assets: readonly AssetDraft[];
    readonly relations: readonly RelationDraft[];
    readonly same?: readonly SameThing[];
  };
};

/**
 * Two assets of one kind that turn out to be one thing. `from` goes into `into`, which keeps its name; facts, evidence and
 * relations of both are then those of the one.
 */
export type SameThing = { readonly from: AssetRef; readonly into: AssetRef };

/** Merged facts as linkers see them. */
export type FactIndex = {
  assets(kind: AssetKind): readonly MergedAsset[];
  asset(ref: AssetRef): MergedAsset | undefined;
  relations(kind: RelationKind): readonly MergedRelation[];
  /** In the order of places. */
  statements(kind: Statement['kind']): readonly PlacedStatement[];
};

export type DraftEvidence = {
  readonly place: string;
  readonly line: number;
  readonly endLine: number;
  readonly source: string;
};

export type MergedAsset = Required<Pick<AssetDraft, 'kind' | 'key' | 'name' | 'properties'>> & {
  readonly origin: Origin;
  readonly confidence: Confidence;
  readonly dynamic: boolean;
  readonly evidence: readonly DraftEvidence[];
};

export type MergedRelation = Required<Pick<RelationDraft, 'kind' | 'from' | 'to' | 'properties'>> & {
  readonly discriminator: string;
  readonly origin: Origin;
  readonly confidence: Confidence;
  readonly dynamic: boolean;
  readonly evidence: readonly DraftEvidence[];
};

export type Source = FileSource | CodeSource;
