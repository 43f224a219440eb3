import type { Properties } from '../../../../shared/model/facts.ts';
import { openObject } from '../host/json-file.ts';
import { confidenceOf } from '../host/location.ts';
import { booleanOf, entriesOf, entryOf, itemsOf, type MapNode, nodeOf, scalarText, textsOf } from '../parse/node.ts';
import { linesOf, ReadingBuilder } from '../parse/reading-builder.ts';
import { maskText, maskUrl } from '../parse/secrets.ts';
import { placedRef } from '../keys.ts';
import type { FileSource, Reading } from '../source.ts';

/** How an agent presents itself to others ("A2A protocol" 0.3 and 1.0, section AgentCard; unverified against a release). */
export const agentCards: FileSource = {
  kind: 'file',
  id: 'a2a/agent-cards',
  version: 1,
  title: 'A2A agent cards',
  product: 'a2a',
  productTitle: 'A2A',
  locations: [
    { scope: 'project', base: 'project', path: '.well-known/agent-card.json', confidence: 'high' },
    { scope: 'project', base: 'project', path: '.well-known/agent.json', confidence: 'medium' },
    { scope: 'project', base: 'project', path: 'agent-card.json', confidence: 'medium' },
    { scope: 'project', base: 'project', path: 'agent_card.json', confidence: 'medium' },
    { scope: 'project', base: 'project', path: '*.agent-card.json', confidence: 'medium' },
    { scope: 'project', base: 'project', path: 'agent.json', confidence: 'low' },
  ],
  emits: ['workload'],
  read: (file): Reading => {
    const builder = new ReadingBuilder(file);
    const opened = openObject(builder, 'lenient');
    if (opened === null) return builder.done();
    const { root } = opened;
    const name = scalarText(nodeOf(root, 'name'));
    if (name === undefined || name.trim() === '' || !isCard(root)) return builder.done();
    const urls = addresses(root);
    const schemes = entriesOf(nodeOf(root, 'securitySchemes'));
    const required = itemsOf(nodeOf(root, 'security') ?? nodeOf(root, 'securityRequirements'));
    builder.asset({
      ...placedRef('workload', file),
      name: maskText(name.slice(0, 200)),
      properties: {
        kind: 'agent-card',
        runs: 'agent',
        certain: true,
        runtimeName: maskText(name.slice(0, 200)),
        framework: 'a2a',
        host: 'a2a',
        location: 'service',
        ...(scalarText(nodeOf(root, 'description')) === undefined
          ? {}
          : { description: maskText((scalarText(nodeOf(root, 'description')) ?? '').slice(0, 500)) }),
        ...(scalarText(nodeOf(root, 'version')) === undefined
          ? {}
          : { version: maskText(scalarText(nodeOf(root, 'version')) ?? '') }),
        ...(scalarText(nodeOf(root, 'protocolVersion')) === undefined
          ? {}
          : { protocolVersion: maskText(scalarText(nodeOf(root, 'protocolVersion')) ?? '') }),
        addresses: urls,
        exposed: urls.length > 0,
        plainHttp: urls.some((url) => /^http:\/\/(?!localhost|127\.|\[::1\])/i.test(url)),
        capabilitiesOffered: Object.fromEntries(
          ['streaming', 'pushNotifications', 'stateTransitionHistory', 'extendedAgentCard'].flatMap((key) => {
            const value = booleanOf(nodeOf(root, 'capabilities', key));
            return value === undefined ? [] : [[key, value] as const];
          }),
        ),
        skills: itemsOf(nodeOf(root, 'skills')).slice(0, 200).map(skill),
        securitySchemes: schemes.slice(0, 50).map(
          (scheme): Properties => ({
            name: scheme.key,
            type: scalarText(nodeOf(scheme.node, 'type')) ?? entriesOf(scheme.node)[0]?.key ?? 'unknown',
            line: scheme.line,
          }),
        ),
        authenticationRequired: required.length > 0,
        signed: itemsOf(nodeOf(root, 'signatures')).length > 0,
        extendedCard: booleanOf(nodeOf(root, 'supportsAuthenticatedExtendedCard')) ?? false,
        inputModes: textsOf(nodeOf(root, 'defaultInputModes')),
        outputModes: textsOf(nodeOf(root, 'defaultOutputModes')),
      },
      lines: linesOf(entryOf(root, 'name') ?? root),
      confidence: confidenceOf(file),
    });
    return builder.done();
  },
};

/** Other files are called `agent.json` too: a card has skills and says what it can do or where it is. */
const isCard = (root: MapNode): boolean =>
  nodeOf(root, 'skills')?.kind === 'list' &&
  (nodeOf(root, 'capabilities')?.kind === 'map' ||
    nodeOf(root, 'supportedInterfaces') !== undefined ||
    nodeOf(root, 'protocolVersion') !== undefined);

const addresses = (root: MapNode): readonly string[] => {
  const own = scalarText(nodeOf(root, 'url'));
  const others = [
    ...itemsOf(nodeOf(root, 'supportedInterfaces')),
    ...itemsOf(nodeOf(root, 'additionalInterfaces')),
  ].flatMap((item) => scalarText(nodeOf(item, 'url')) ?? []);
  return [...new Set([...(own === undefined || own === '' ? [] : [own]), ...others])]
    .map((url) => maskUrl(url))
    .slice(0, 50);
};

const skill = (node: Parameters<typeof nodeOf>[0]): Properties => ({
  id: maskText(scalarText(nodeOf(node, 'id')) ?? ''),
  name: maskText(scalarText(nodeOf(node, 'name')) ?? ''),
  ...(scalarText(nodeOf(node, 'description')) === undefined
    ? {}
    : { description: maskText((scalarText(nodeOf(node, 'description')) ?? '').slice(0, 300)) }),
  line: node?.line ?? 1,
});
