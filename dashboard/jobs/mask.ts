/**
 * Hides what somebody may not see of a part of a job. It is asked before the part is compared with
 * anything: what is hidden can then not be searched for either.
 */
export type Mask = (part: 'data', value: unknown) => unknown;
