import type { Properties } from '../../../../shared/model/facts.ts';
import { line, text } from '../host/fact-view.ts';

/**
 * The mode a session starts in, as far as files decide it. Claude Code documentation: permission-modes (v2.1.240), and
 * what 2.1.328 was seen to do. Where a version asks its own default, the value is `built-in default`.
 */
export function startMode(modes: readonly Properties[]): Properties | null {
  const order = ['managed', 'local', 'project', 'user'];
  const declared = order.flatMap((scope) => modes.filter((mode) => mode['scope'] === scope).slice(0, 1))[0];
  if (declared === undefined) return null;
  const value = text(declared, 'value');
  const scope = text(declared, 'scope');
  const fromRepository = scope === 'project' || scope === 'local';
  const at = { declared: value, scope, place: text(declared, 'place'), line: line(declared) };
  const builtIn = { enterpriseOrApiKey: 'default', proMaxTeam: 'auto' };
  const masked = modes.find((mode) => mode['scope'] === 'user');
  const hides = masked === undefined ? '' : ` and masks the user ${text(masked, 'value')}`;
  if (fromRepository && value === 'auto') {
    return {
      ...at,
      value: 'built-in default',
      ...builtIn,
      why: `${scope} defaultMode auto does not take effect${hides}`,
    };
  }
  if (fromRepository && value === 'bypassPermissions') {
    return {
      ...at,
      value,
      versions: [
        { version: '2.1.240', value },
        { version: '2.1.328', value: 'built-in default', ...builtIn },
      ],
      why: `since 2.1.328 ${scope} defaultMode bypassPermissions has no effect${hides}`,
    };
  }
  return { ...at, value, why: `${scope} file is the highest that sets a mode` };
}
