/** What somebody may do: each role may do what those before it may. */
export const roles = ['viewer', 'operator', 'admin'] as const;
export type Role = (typeof roles)[number];

/** Somebody who sends requests. */
export interface Person {
  /** As the audit log names them. */
  readonly name: string;
  readonly role: Role;
  /** Whether they may know of a queue; one that they may not see is answered as if it were not there. */
  readonly sees: (queue: string) => boolean;
  /** Whether they logged in here, and so can log out. */
  readonly hasSession?: true;
}

/** Whether a role includes another: an operator may do whatever a viewer may. */
export function includes(role: Role, wanted: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(wanted);
}

/**
 * Whether a queue is one of those that patterns name: `billing`, `billing*`; `*` stands for any text.
 * @param patterns compared with the whole id of a queue, by case.
 */
export function seesQueues(patterns: readonly string[]): Person['sees'] {
  const expressions = patterns.map((pattern) => {
    const parts = pattern.split('*').map((part) => RegExp.escape(part));
    return new RegExp(`^${parts.join('.*')}$`, 'su');
  });
  return (queue) => expressions.some((expression) => expression.test(queue));
}
