/** What `--broker` may say beside a URL: how brokers are had. */
export const rungs = ['auto', 'container', 'native', 'fetched', 'embedded'] as const;
