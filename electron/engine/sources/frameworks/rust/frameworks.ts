import type { Framework } from '../framework.ts';
import { mcpServersRust } from './mcp-servers.ts';
import { rig } from './rig.ts';
import { rustPlatform } from './rust-platform.ts';

/** Frameworks of Rust, one line each. */
export const rustFrameworks: readonly Framework[] = [rig, mcpServersRust, rustPlatform];
