/** Texts behind the lists of flags: examples that work as they stand, and what scripts may rely on. */

export const exitCodeHelp = `
Exit codes:
  0  clean
  1  findings at or above the threshold
  2  wrong use of the command line
  3  a path could not be read or was only partly looked at (not with --allow-incomplete)
  4  internal error
`;

export const rootHelp = `
Examples:
  countersign demo
  countersign scan . --home ~
  countersign scan . --format json --output report.json
  countersign diff report.json report-of-today.json
  countersign open
${exitCodeHelp}
Nothing that is scanned is ever executed, resolved or fetched, and no value of a secret is kept.
`;

export const scanHelp = `
Examples:
  countersign scan . --home ~
  countersign scan ~/code ~/work --workspace team.countersign
  countersign scan /srv/app --home /home/dev --fs-root /mnt/disk-image
  countersign scan . --exclude 'fixtures/' --format json --output report.json

The report goes to stdout, progress to stderr when it is a terminal. Ctrl-C ends the scan, keeps what is stored
and exits with 3; a second Ctrl-C ends at once. The JSON form is published in resources/schemas/report-1.schema.json.
`;

export const findingsHelp = `
Examples:
  countersign findings . --home ~
  countersign findings --workspace team.countersign --fail-on critical
  countersign findings . --baseline report.json --format sarif --output findings.sarif
  countersign findings . --waivers waivers.yaml

A waiver names a finding (or a rule and a subject), a reason, an owner and the last day on which it counts:
  waivers:
    - { rule: sandbox-off, subject: Codex in app, reason: runs in a container, owner: maria, until: 2027-01-31 }
`;

export const diffHelp = `
Examples:
  countersign diff before.json after.json
  countersign diff team.countersign
  countersign diff team.countersign#3 team.countersign#7
  countersign diff approved.json team.countersign --exit-code
  countersign diff 3 7 --workspace team.countersign --format json

Agents, servers, tools, permission rules, models, instructions and everything else, with the lines on both sides. What
only moved within its file is no difference. The JSON form is published in resources/schemas/diff-1.schema.json.
`;

export const diffExitCodeHelp = `
Exit codes:
  0  compared, whether or not something is different
  1  something is different (only with --exit-code)
  2  wrong use of the command line
  3  a side could not be read or is not complete (not with --allow-incomplete)
  4  internal error
`;

export const importHelp = `
Examples:
  countersign import agents.yaml --workspace team.countersign
  countersign import data-classification.csv environments.yaml --workspace team.countersign
  countersign import saas-agents.csv --workspace team.countersign --by 'Maria Silva'
  countersign import tools.json --workspace team.countersign --server github

A file of the same name and kind takes the place of the earlier one. The forms are described in resources/lists.
`;

export const introspectHelp = `
Examples:
  countersign introspect github --workspace team.countersign
  countersign introspect github --workspace team.countersign --yes 3f0c6a52d1b94e7788a1c2d3e4f50617

Shows the exact program or address, the folder, and the names of all variables and headers, and asks. Without a terminal
nothing is started unless --yes names the digest of exactly that. Asks for initialize and tools/list, and counts prompts
and resources. A scan never does this.
`;

export const demoHelp = `
Examples:
  countersign demo
  countersign demo --format json
  countersign demo --workspace sample.countersign
`;

export const canHelp = `
Examples:
  countersign can claude-code 'run: git push --force' --cwd . --home ~
  countersign can ticket-reviewer 'mcp: zendesk/get_ticket' --workspace team.countersign
  countersign can codex 'run: rm -rf build' --cwd /home/dev/app --home /home/dev --fs-root /mnt/disk-image
  countersign can --calls questions.jsonl --fs-root /mnt/disk-image --home /home/dev
  countersign can --questions policy.jsonl --workspace team.countersign

Nothing is run: the answer is worked out from the files, in the host's own semantics. What it takes for granted is
said. Without --workspace the files are read afresh.
`;

export const serveHelp = `
Examples:
  countersign serve
  countersign serve --workspace team.countersign --port 7777 --no-open

Listens on 127.0.0.1 and ::1 only. The printed address works once, for one browser. Ctrl-C ends it.
`;

export const openHelp = `
Examples:
  countersign open
  countersign open team.countersign
`;
