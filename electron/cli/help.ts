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
