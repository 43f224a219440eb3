import type { CapabilityClass } from '../../../../../shared/kinds.ts';
import type { Properties } from '../../../../../shared/model/facts.ts';
import type { Framework } from '../framework.ts';
import type { Capability } from './body-facts.ts';
import type { ToolFound } from './tools.ts';

/** A tool of the program that the agent runs on, named in a list of its own. */
export type BuiltInTool = { readonly tool: ToolFound; readonly classes: readonly CapabilityClass[] };

/** Parts the tools that are code or packages from those that the agent's program brings along. */
export function partTools(
  framework: Framework,
  tools: readonly ToolFound[],
): { readonly own: readonly ToolFound[]; readonly builtIn: readonly BuiltInTool[] } {
  const own: ToolFound[] = [];
  const builtIn: BuiltInTool[] = [];
  const seen = new Set<string>();
  for (const tool of tools) {
    const classes = tool.form === 'library' ? classesIn(framework, tool.library ?? tool.name) : null;
    if (classes === null) own.push(tool);
    // A name may stand in two lists: what is there, and what is approved.
    else if (!seen.has(tool.name)) {
      seen.add(tool.name);
      builtIn.push({ tool, classes });
    }
  }
  return { own, builtIn };
}

const classesIn = (framework: Framework, library: string): readonly CapabilityClass[] | null =>
  framework.builtInTools?.(library.includes('/') ? library : `${framework.id}/${library}`) ?? null;

export const builtInCapabilities = (tools: readonly BuiltInTool[]): readonly Capability[] =>
  tools.flatMap(({ tool, classes }) =>
    classes.map((one) => ({
      class: one,
      spot: tool.spot,
      because: `the built-in tool ${tool.name} does this`,
      confidence: 'high' as const,
    })),
  );

/** `builtInTools` of an agent: names, classes and the line of the list. */
export const builtInJson = (tools: readonly BuiltInTool[]): Properties =>
  tools.length === 0
    ? {}
    : {
        builtInTools: tools.map(({ tool, classes }) => ({
          name: tool.name,
          classes,
          place: tool.spot.place,
          line: tool.spot.line,
        })),
      };
