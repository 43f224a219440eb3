import type { Asset } from '../../../shared/model/facts.ts';
import { capabilitiesOf } from '../../facts/capabilities.ts';
import { CapabilityLines } from '../../facts/capability-line.tsx';
import { toolDefinitionOf } from '../../facts/tool-definition.ts';
import { ToolDefinitionView } from '../../facts/tool-definition-view.tsx';
import { Section } from './section.tsx';

/** What a tool does by its code, and what is said of it to the model. */
export function ToolSections({ asset, scan }: { readonly asset: Asset; readonly scan: number | null }) {
  const { properties } = asset;
  return (
    <>
      <Section title="What it does">
        <CapabilityLines
          capabilities={capabilitiesOf(properties)}
          isKnown={properties['capabilitiesKnown'] !== false}
          scan={scan}
        />
      </Section>
      <Section title="Definition">
        <ToolDefinitionView tool={toolDefinitionOf(properties)} />
      </Section>
    </>
  );
}
