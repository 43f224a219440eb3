import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

// No test may see the real home: whatever asks for one gets an empty folder that is gone afterwards.
const home = mkdtempSync(join(tmpdir(), 'countersign-test-home-'));
process.env['HOME'] = home;
process.env['USERPROFILE'] = home;
process.env['XDG_CONFIG_HOME'] = join(home, '.config');
process.env['XDG_DATA_HOME'] = join(home, '.local', 'share');
delete process.env['CLAUDE_CONFIG_DIR'];
delete process.env['CODEX_HOME'];

afterAll(() => rmSync(home, { recursive: true, force: true }));
