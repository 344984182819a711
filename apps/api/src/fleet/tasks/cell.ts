/** A cell of the comparison: what one server looks at. Newest results are told apart by it. */
export interface Cell {
  serverId: string;
  check: string;
  /** Name of the target. */
  target: string;
}

export const cellKey = ({ serverId, check, target }: Cell): string => `${serverId} ${check} ${target}`;
