import type { LucideIcon } from 'lucide-react';

/** Where an action stands in the key sheet and the palette. */
export type ActionGroup = 'Go to' | 'Workspace' | 'Scan' | 'Table' | 'Graph' | 'Selection' | 'Window';

/** One definition serves palette, menu, key and button. */
export type Action = {
  /** Stable, for "recent first". */
  readonly id: string;
  readonly title: string;
  readonly group: ActionGroup;
  /** Chords that run it; the first one is printed. */
  readonly keys?: readonly string[];
  readonly icon?: LucideIcon;
  /** Further words to find it by. */
  readonly words?: string;
  /** Absent where it makes no sense now; a disabled one would have to say why. */
  readonly enabled?: boolean;
  run(): void;
};
