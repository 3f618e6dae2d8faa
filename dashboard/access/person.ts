/** What somebody may do: each role may do what those before it may. */
const roles = ['viewer', 'operator', 'admin'] as const;
export type Role = (typeof roles)[number];

/** Somebody who sends requests. */
export interface Person {
  /** As the audit log names them. */
  readonly name: string;
  readonly role: Role;
  /** Whether they may know of a queue; one that they may not see is answered as if it were not there. */
  readonly sees: (queue: string) => boolean;
}

/** Whether a role includes another: an operator may do whatever a viewer may. */
export function includes(role: Role, wanted: Role): boolean {
  return roles.indexOf(role) >= roles.indexOf(wanted);
}
