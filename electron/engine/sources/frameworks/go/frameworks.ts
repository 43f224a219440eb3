import type { Framework } from '../framework.ts';
import { eino } from './eino.ts';
import { genkitGo } from './genkit.ts';
import { goPlatform } from './go-platform.ts';
import { googleAdkGo } from './google-adk.ts';
import { mcpServersGo } from './mcp-servers.ts';
import { modelLoopsGo } from './model-loops.ts';

/** Frameworks of Go, one line each. */
export const goFrameworks: readonly Framework[] = [googleAdkGo, eino, genkitGo, mcpServersGo, modelLoopsGo, goPlatform];
