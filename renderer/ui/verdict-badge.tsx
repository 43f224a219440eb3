import './verdict-badge.css';
import {
  Ban,
  Brain,
  Check,
  CircleQuestionMark,
  EyeOff,
  Hand,
  type LucideIcon,
  Split,
  TriangleAlert,
} from 'lucide-react';
import { type Verdict, verdictExplanation, verdictWord } from './verdict-words.ts';

const icons: { readonly [V in Verdict]: LucideIcon } = {
  allow: Check,
  ask: Hand,
  classifier: Brain,
  deny: Ban,
  hidden: EyeOff,
  conditional: Split,
  unknown: CircleQuestionMark,
};

export const verdictIcon = (verdict: Verdict, alarm: boolean): LucideIcon => (alarm ? TriangleAlert : icons[verdict]);

/** Class that carries the colour; the alarm has one of its own. */
export const verdictLook = (verdict: Verdict, alarm: boolean): string => (alarm ? 'alarm' : verdict);

type VerdictBadgeProps = {
  readonly verdict: Verdict;
  /** Allowed silently and destructive or outgoing: the only filled badge. */
  readonly alarm?: boolean;
  readonly large?: boolean;
};

/** Colour, icon and word, always all three. */
export function VerdictBadge({ verdict, alarm = false, large = false }: VerdictBadgeProps) {
  const Icon = verdictIcon(verdict, alarm);
  return (
    <span
      className={`verdict-badge verdict-badge--${verdictLook(verdict, alarm)}${large ? ' verdict-badge--large' : ''}`}
      title={verdictExplanation(verdict)}
    >
      <span className="verdict-badge__icon">
        <Icon aria-hidden />
      </span>
      {verdictWord(verdict, alarm)}
    </span>
  );
}
