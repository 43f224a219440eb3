import type { PermissionMatrix } from '../../../shared/contract/permissions.ts';
import { launchContextNames } from '../../../shared/model/permissions.ts';
import { changeSearch, useSearchParameter } from '../../actions/navigation.ts';
import { useCall } from '../../client/use-client.tsx';
import type { Answer } from '../../client/query-cache.ts';
import type { LaunchContext } from './ask-address.ts';

/** Context that the matrix and its lists are asked in, from the address; "all" of the question has no matrix. */
export function useMatrixContext(): readonly [LaunchContext, (context: LaunchContext) => void] {
  const parameter = useSearchParameter('context');
  const context = launchContextNames.find((name) => name === parameter) ?? 'interactive';
  return [context, (next) => changeSearch({ context: next === 'interactive' ? null : next })];
}

export const useMatrix = (context: LaunchContext): Answer<PermissionMatrix> =>
  useCall('permissions.matrix', { scan: null, context });
