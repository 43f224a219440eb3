import type { Framework } from '../framework.ts';
import { agentFrameworkNet } from './agent-framework.ts';
import { dotnetPlatform } from './dotnet-platform.ts';
import { mcpServersNet } from './mcp-servers.ts';
import { semanticKernelNet } from './semantic-kernel.ts';

/** Frameworks of C#, one line each. */
export const csharpFrameworks: readonly Framework[] = [
  agentFrameworkNet,
  semanticKernelNet,
  mcpServersNet,
  dotnetPlatform,
];
