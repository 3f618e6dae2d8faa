/**
 * What a broker may do to its clients, in Toxiproxy's words where it has one
 * (https://github.com/Shopify/toxiproxy#toxics). Those marked (network) need a proxy in the path.
 */
export type Fault =
  /** Its process is gone and connections are refused. It comes back empty, or with its data. */
  | { readonly kind: 'down'; readonly keepData?: boolean }
  /** Somebody accepts connections in its place, and never answers. It comes back empty. */
  | { readonly kind: 'silent' }
  /** Somebody closes each connection in its place, at the first request. It comes back empty. */
  | { readonly kind: 'drops' }
  /** Its process is stopped as by SIGSTOP: connections stand, and nothing is answered until it goes on. */
  | { readonly kind: 'frozen' }
  /** It has no memory left: `OOM command not allowed …`. `maxmemory` is in bytes; default 1. */
  | { readonly kind: 'oom'; readonly maxmemory?: number }
  /** It could not write its data to disk: `MISCONF …`. */
  | { readonly kind: 'misconf' }
  /** It has become a replica: `READONLY …`, and `UNBLOCKED …` for clients that block. */
  | { readonly kind: 'readonly' }
  /** It was started again and reads its data: `LOADING …`, until it is restored. Its data is kept. */
  | { readonly kind: 'loading' }
  /** It wants a password that nobody was told: `NOAUTH …`. Connections that stand are closed. */
  | { readonly kind: 'noauth' }
  /** Its password was changed: `WRONGPASS …`. Connections that stand are closed. It must have a password. */
  | { readonly kind: 'wrongpass' }
  /** It takes no more connections: `ERR max number of clients reached`. Those that stand are kept. */
  | { readonly kind: 'max-clients' }
  /** (network) Each answer comes that much later, in milliseconds, and up to `jitterMs` more. */
  | { readonly kind: 'latency'; readonly ms: number; readonly jitterMs?: number }
  /** (network) Connections are reset, those that stand and new ones, `afterMs` after they begin; default 0. */
  | { readonly kind: 'reset-peer'; readonly afterMs?: number }
  /** (network) Each connection ends after so many bytes of answers, closed or reset; default: closed. */
  | { readonly kind: 'limit-data'; readonly bytes: number; readonly by?: 'close' | 'reset' }
  /** (network) Half-open: nothing passes either way, and nobody is told. */
  | { readonly kind: 'timeout' }
  /** (network) Requests arrive, and their answers do not. */
  | { readonly kind: 'replies-lost' };

export type FaultKind = Fault['kind'];
