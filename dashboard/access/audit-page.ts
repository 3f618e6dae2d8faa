/** Which entries of the audit log are asked for; each condition holds alone and together. */
export interface AuditQuery {
  /** As the log names them, whole. */
  readonly person?: string | undefined;
  readonly queue?: string | undefined;
  /** A part of the action, without regard to case. */
  readonly action?: string | undefined;
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
  /** Where the page before ended. */
  readonly before?: string | undefined;
  readonly limit: number;
}

/** One line of the log as it is shown. */
export type AuditRow =
  | {
      readonly kind: 'write';
      readonly at: string;
      readonly person: string;
      readonly peer?: string | undefined;
      readonly action: string;
      readonly queue?: string | undefined;
      readonly subject?: string | undefined;
      /** Undefined: it was asked for, and what came of it was not kept. */
      readonly status?: number | undefined;
    }
  | { readonly kind: 'damaged'; readonly text: string };

/** A part of the log, newest first. */
export interface AuditPage {
  readonly rows: readonly AuditRow[];
  /** How many bytes of the log were looked at for it. */
  readonly looked: number;
  /** What to ask for next; null at the beginning of the log. */
  readonly next: string | null;
}
