/** A Redis or Valkey that the harness may start and stop at will, always at the same address. */
export interface RedisServer extends AsyncDisposable {
  readonly how: 'container' | 'native';
  readonly host: string;
  readonly port: number;
  readonly urlInside: string | undefined;
  /** Resolves when it accepts connections; it is empty then. */
  start(): Promise<void>;
  /** Resolves when nothing listens at its address any more. */
  stop(): Promise<void>;
}
