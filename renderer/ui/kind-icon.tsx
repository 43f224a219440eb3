import './kind-icon.css';
import {
  BookMarked,
  BookOpen,
  Bot,
  Brain,
  Container,
  Database,
  Fence,
  Globe,
  IdCard,
  KeyRound,
  type LucideIcon,
  Plug,
  Puzzle,
  ScrollText,
  Stamp,
  User,
  Webhook,
  Wrench,
} from 'lucide-react';
import type { AssetKind } from '../../shared/kinds.ts';

/** Hue of the icon tells the family, the icon tells the kind. */
export type KindFamily = 'agent' | 'mind' | 'tool' | 'data' | 'authority' | 'outside' | 'control';

const looks: { readonly [K in AssetKind]: { readonly icon: LucideIcon; readonly family: KindFamily } } = {
  agent: { icon: Bot, family: 'agent' },
  workload: { icon: Container, family: 'agent' },
  model: { icon: Brain, family: 'mind' },
  prompt: { icon: ScrollText, family: 'mind' },
  skill: { icon: BookOpen, family: 'mind' },
  tool: { icon: Wrench, family: 'tool' },
  'mcp-server': { icon: Plug, family: 'tool' },
  plugin: { icon: Puzzle, family: 'tool' },
  'data-store': { icon: Database, family: 'data' },
  repository: { icon: BookMarked, family: 'data' },
  identity: { icon: IdCard, family: 'authority' },
  credential: { icon: KeyRound, family: 'authority' },
  person: { icon: User, family: 'authority' },
  'external-service': { icon: Globe, family: 'outside' },
  hook: { icon: Webhook, family: 'control' },
  'approval-gate': { icon: Stamp, family: 'control' },
  guardrail: { icon: Fence, family: 'control' },
};

export const kindLook = (kind: AssetKind): { readonly icon: LucideIcon; readonly family: KindFamily } => looks[kind];

/** Decorative: the word for the kind always stands beside it or in the name of the control. */
export function KindIcon({ kind, size = 16 }: { readonly kind: AssetKind; readonly size?: number }) {
  const { icon: Icon, family } = looks[kind];
  return (
    <Icon
      aria-hidden
      className={`kind-icon--${family}`}
      style={size === 16 ? undefined : { width: size, height: size }}
    />
  );
}
